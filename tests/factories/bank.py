"""Money that comes to the bank account, as the tests of it need it."""

import datetime as dt
import itertools

from apps.kernel.clock import now
from apps.kernel.money import dong
from apps.ledger.books import AccountKind
from apps.ledger.selectors import balance
from apps.payments.models import BankTransfer
from apps.payments.services import transfers
from apps.shop.order.models import Order
from tests.factories.payments import SYSTEM

_numbers = itertools.count(1)


def said(order: Order) -> str:
    """What a bank makes of what the shopper of an order wrote."""
    return f"MBVCB.7012.sv{order.number[:3].lower()} {order.number[3:]}.CT tu 0071 toi 1133 CHO SAN VAT"


def come(amount: int, content: str = "", *, reference: str = "", when: dt.datetime | None = None) -> BankTransfer:
    """Money arrives and its job has run."""
    transfer, _ = transfers.arrive(
        reference=reference or f"FT{next(_numbers):08d}",
        amount=dong(amount),
        content=content,
        happened_at=when or now(),
        source="notice",
        actor=SYSTEM,
    )
    return transfers.match(transfer_id=transfer.pk, actor=SYSTEM)


def unaccounted() -> int:
    """Dong by which the account of unmatched money differs from the transfers that have no order yet or go back."""
    waiting = BankTransfer.objects.exclude(state="returned")
    return -balance(AccountKind.UNMATCHED).amount - sum(row.amount - row.used for row in waiting)
