"""What vendors earn: booked when a part is delivered and paid, due once the days for returns are over."""

from django.db import transaction

from apps.kernel.money import dong
from apps.ledger.books import AccountKind, EntryKind, credit, debit
from apps.ledger.models import Entry
from apps.ledger.selectors import balance_of_part
from apps.ledger.services import NewEntry, book
from apps.ordering.models import VendorOrder
from apps.ordering.states import VendorOrderState
from apps.payments.earned import held_on
from apps.payments.models import Dispute, Share
from apps.payments.services.refunds import returned_of
from apps.payments.split import split_of
from apps.payments.states import CashHolder, DisputeState

_ARRIVED = (VendorOrderState.DELIVERED, VendorOrderState.COMPLETED)


@transaction.atomic
def follow(*, share: Share) -> None:
    """Book what a part has earned, and release it, as soon as each may be; the caller holds the share's lock."""
    part = share.vendor_order
    if part.state not in _ARRIVED or share.captured < share.authorised:
        return
    if held_on(part) is None:
        book(_earned(share))
    if part.state == VendorOrderState.COMPLETED and _money_is_here(share):
        release(part=part)


def release(*, part: VendorOrder) -> None:
    """Make what is held for a part due, in the caller's transaction; what the vendor keeps in cash is set off."""
    if held_on(part) is not AccountKind.PENDING:
        return
    held = -balance_of_part(AccountKind.PENDING, part.number)
    entries = [
        NewEntry(
            f"released:{part.pk}:{_times(part)}",
            EntryKind.RELEASED,
            [
                debit(AccountKind.PENDING, held, part.vendor_id),
                credit(AccountKind.PAYABLE, held, part.vendor_id),
            ],
            **_numbers(part),
        )
    ]
    if kept := balance_of_part(AccountKind.VENDOR_CASH, part.number):
        lines = [
            debit(AccountKind.PAYABLE, kept, part.vendor_id),
            credit(AccountKind.VENDOR_CASH, kept, part.vendor_id),
        ]
        entries.append(NewEntry(f"cash_kept:{part.pk}", EntryKind.CASH_KEPT, lines, **_numbers(part)))
    book(*entries)


def hold(*, part: VendorOrder) -> None:
    """Take what is due for a part back under the hold, in the caller's transaction: somebody disputes its payment."""
    if held_on(part) is not AccountKind.PAYABLE:
        return
    due = -balance_of_part(AccountKind.PAYABLE, part.number)
    lines = [debit(AccountKind.PAYABLE, due, part.vendor_id), credit(AccountKind.PENDING, due, part.vendor_id)]
    book(NewEntry(f"held:{part.pk}:{_times(part)}", EntryKind.HELD, lines, **_numbers(part)))


def _earned(share: Share) -> NewEntry:
    part = share.vendor_order
    split = split_of(part, list(part.lines.order_by("pk")), returned_of(share))
    lines = split.lines(vendor_id=part.vendor_id, held=AccountKind.PENDING)
    lines.append(debit(AccountKind.SHOPPERS, dong(split.paid)))
    return NewEntry(f"earned:{part.pk}", EntryKind.EARNED, lines, **_numbers(part))


def _money_is_here(share: Share) -> bool:
    """Nothing is due while a carrier still has the cash or a cardholder disputes the payment."""
    if share.cash_holder == CashHolder.CARRIER:
        return False
    return not Dispute.objects.filter(payment_id=share.payment_id, state=DisputeState.OPEN).exists()


def _times(part: VendorOrder) -> int:
    """How often the earning has changed hands: each move has a key of its own, the same one when it is tried again."""
    moves = (EntryKind.RELEASED, EntryKind.HELD)
    return Entry.objects.filter(part_number=part.number, kind__in=moves).count()


def _numbers(part: VendorOrder) -> dict[str, str]:
    return {"order_number": part.order.number, "part_number": part.number}
