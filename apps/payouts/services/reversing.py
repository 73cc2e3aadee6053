"""Transfers that were taken back at Stripe: their money is due to the vendor again."""

from collections.abc import Mapping

from django.db import transaction

from apps.kernel.money import dong
from apps.ledger.books import AccountKind, EntryKind, credit, debit
from apps.ledger.services import NewEntry, book
from apps.payouts.models import Payout

# Entries are called `reversal:<Stripe's number>:booked`.
KIND, WHAT = "reversal", "booked"


@transaction.atomic
def take_back(*, payout: Payout, reversals: Mapping[str, int]) -> None:
    """Book the reversals of a paid payout's transfer, in dong by Stripe's number; each once.

    The payout stays paid: it was, and its statement says so. What came back is in the next one.
    """
    book(
        *(
            NewEntry(
                f"{KIND}:{number}:{WHAT}",
                EntryKind.TRANSFER_REVERSED,
                [
                    debit(AccountKind.STRIPE, dong(amount)),
                    credit(AccountKind.PAYABLE, dong(amount), payout.vendor_id),
                ],
                memo=payout.number,
            )
            for number, amount in reversals.items()
        )
    )
