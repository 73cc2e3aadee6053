"""What a vendor's money consists of, out of the ledger: per payout, per month, per order; on screen and on paper."""
