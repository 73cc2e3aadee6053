"""Writes of payouts: bank accounts, runs, and what happens to the money of each payout."""
