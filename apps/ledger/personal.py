"""The ledger holds no personal data."""

from apps.accounts.personal_data import exempt
from apps.ledger.models import Account, Entry, Posting

exempt("sums of money; a vendor's account names the vendor only", Account)
exempt("what moved money, by numbers of orders and rows; it names nobody", Entry)
exempt("sums of money; no more than its entry", Posting)
