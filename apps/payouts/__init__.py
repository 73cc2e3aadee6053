"""Payouts to vendors by four eyes, their bank accounts, statements and withheld taxes."""
