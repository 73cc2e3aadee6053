"""Money goes back: claimed under the share's lock before any provider is asked, line by line, and never twice."""

from collections.abc import Mapping
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from apps.jobs.services import enqueue, record
from apps.jobs.transitions import transition
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.errors import DomainError
from apps.kernel.money import Money, dong
from apps.ledger.books import AccountKind, EntryKind, Line, credit, debit
from apps.ledger.services import NewEntry, book
from apps.payments.earned import held_on
from apps.payments.models import Refund, RefundLine, Share
from apps.payments.providers import provider_of
from apps.payments.providers.port import SentBack
from apps.payments.split import paid_of, split_of
from apps.payments.states import REFUND_TRANSITIONS, RefundState


class TooMuch(DomainError):
    """More than what is left of the payment, or of one line."""

    default_message = _("That is more than what was paid and not given back yet.")


class NothingToRefund(DomainError):
    """No amount."""

    default_message = _("Choose what is to be given back.")


@transaction.atomic
def refund(*, share: Share, amounts: Mapping[int | None, Money], reason: str, actor: Actor) -> Refund:
    """Claim money for the shopper by line of the vendor order (None: its delivery); a job sends it.

    The vendor's earning, the commission and the taxes of exactly these lines are taken back in the same transaction.
    Raises TooMuch or NothingToRefund.
    """
    made = _claim(share, amounts, reason, AccountKind.REFUNDING)
    record(actor=actor, verb="refund.decided", obj=made, after={"amount": made.amount})
    enqueue("refund.send", {"refund_id": made.pk})
    return made


@transaction.atomic
def lose(*, share: Share, amount: Money, reference: str, reason: str, actor: Actor) -> Refund:
    """A cardholder's bank has given this money back already: as a refund, but nobody has to send it.

    Raises TooMuch or NothingToRefund.
    """
    made = _claim(share, _spread(share, amount), reason, AccountKind.DISPUTED)
    _move(made)
    return transition(
        made, RefundState.PAID, table=REFUND_TRANSITIONS, actor=actor, reference=reference, ended_at=now()
    )


@transaction.atomic
def refund_amount(*, share: Share, amount: Money, reason: str, actor: Actor) -> Refund:
    """Claim an amount, spread over what is left of the lines and the delivery. Raises TooMuch or NothingToRefund."""
    return refund(share=share, amounts=_spread(share, amount), reason=reason, actor=actor)


def _spread(share: Share, amount: Money) -> dict[int | None, Money]:
    left = left_of(_locked(share.pk))
    if amount.amount > sum(left.values()):
        raise TooMuch
    if amount.amount <= 0:
        raise NothingToRefund
    return dict(zip(left, amount.allocate(list(left.values())), strict=True))


def _claim(share: Share, amounts: Mapping[int | None, Money], reason: str, to: AccountKind) -> Refund:
    """Take the money from the vendor, fees and taxes, under the lock of the share."""
    share = _locked(share.pk)
    wanted = {key: money.amount for key, money in amounts.items() if money}
    if not wanted or min(wanted.values()) < 0:
        raise NothingToRefund
    left = left_of(share)
    if any(amount > left.get(key, 0) for key, amount in wanted.items()):
        raise TooMuch
    amount = sum(wanted.values())
    # The condition is the last line of defence; the lock above lets only one come here at a time.
    claimed = Share.objects.filter(pk=share.pk, captured__gte=F("refunding") + F("refunded") + amount)
    if not claimed.update(refunding=F("refunding") + amount):
        raise TooMuch
    entry = _taken_back(share, wanted, returned_of(share), to)
    made = Refund.objects.create(share=share, amount=amount, reason=reason)
    RefundLine.objects.bulk_create(RefundLine(refund=made, line_id=key, amount=each) for key, each in wanted.items())
    book(replace(entry, key=f"refund:{made.pk}:claimed"))
    return made


@transaction.atomic
def claim_rest(*, share: Share, reason: str, actor: Actor) -> Refund | None:
    """Claim whatever is left of a share; None when nothing is."""
    share = _locked(share.pk)
    if not share.left:
        return None
    amounts = {key: dong(amount) for key, amount in left_of(share).items()}
    return refund(share=share, amounts=amounts, reason=reason, actor=actor)


def send(*, refund_id: int, actor: Actor) -> Refund:
    """Have the provider send a claimed refund, with a key of the refund's own. Raises ProviderAway; run again then."""
    made = Refund.objects.select_related("share__payment").get(pk=refund_id)
    if made.state != RefundState.CLAIMED:
        return made
    answer = provider_of(made.share.payment.provider).send_back(made)
    if answer.reference and answer.reference != made.reference:
        Refund.objects.filter(pk=made.pk).update(reference=answer.reference)
    if answer.what is SentBack.DONE:
        return confirm(refund_id=made.pk, reference=answer.reference, actor=actor)
    if answer.what is SentBack.REFUSED:
        return fail(refund_id=made.pk, actor=actor)
    return made


@transaction.atomic
def confirm(*, refund_id: int, reference: str, actor: Actor) -> Refund:
    """The money is back with the shopper; a refund that has ended stays as it is."""
    made = _locked_refund(refund_id)
    if made.state != RefundState.CLAIMED:
        return made
    made = transition(
        made, RefundState.PAID, table=REFUND_TRANSITIONS, actor=actor, reference=reference, ended_at=now()
    )
    _move(made)
    provider = provider_of(made.share.payment.provider)
    lines = [
        debit(AccountKind.REFUNDING, dong(made.amount)),
        credit(provider.refund_account, dong(made.amount)),
    ]
    book(NewEntry(f"refund:{made.pk}:paid", EntryKind.REFUND_PAID, lines, **_numbers(made.share)))
    enqueue("refund.paid", {"refund_id": made.pk})
    return made


@transaction.atomic
def fail(*, refund_id: int, actor: Actor) -> Refund:
    """The provider will not send it: the money goes back to where it would be without it, and somebody has to find
    another way."""
    made = _locked_refund(refund_id)
    if made.state != RefundState.CLAIMED:
        return made
    made = transition(made, RefundState.FAILED, table=REFUND_TRANSITIONS, actor=actor, ended_at=now())
    Share.objects.filter(pk=made.share_id).update(refunding=F("refunding") - made.amount)
    wanted: dict[int | None, int] = {row.line_id: row.amount for row in made.lines.all()}
    # Not the claim reversed: the part may have earned, or been released, since.
    taken = _taken_back(made.share, wanted, returned_of(made.share), AccountKind.REFUNDING)
    given = [replace(line, amount=-line.amount) for line in taken.lines]
    book(replace(taken, key=f"refund:{made.pk}:failed", kind=EntryKind.REFUND_FAILED, lines=given))
    return made


def returned_of(share: Share) -> dict[int | None, int]:
    """What was claimed or given back already, by line."""
    ended = RefundLine.objects.filter(refund__share=share).exclude(refund__state=RefundState.FAILED)
    return dict(ended.order_by().values_list("line_id").annotate(total=Sum("amount")))


def left_of(share: Share) -> dict[int | None, int]:
    """What of each line, and of the delivery, was paid and can still be given back, in dong; nothing before capture."""
    if not share.captured:
        return {}
    part = share.vendor_order
    returned = returned_of(share)
    paid = paid_of(part, list(part.lines.order_by("pk")))
    return {key: amount - returned.get(key, 0) for key, amount in paid.items()}


def _move(made: Refund) -> None:
    """What was claimed is back now."""
    Share.objects.filter(pk=made.share_id).update(
        refunding=F("refunding") - made.amount, refunded=F("refunded") + made.amount
    )


def _taken_back(
    share: Share, wanted: Mapping[int | None, int], returned: Mapping[int | None, int], to: AccountKind
) -> NewEntry:
    """From the vendor, fees and taxes once the part has earned, else from what the shopper has paid ahead."""
    part, amount = share.vendor_order, dong(sum(wanted.values()))
    held = held_on(part)
    if held is None:
        lines: list[Line] = [debit(AccountKind.SHOPPERS, amount)]
    else:
        sold = list(part.lines.order_by("pk"))
        after = {key: returned.get(key, 0) + wanted.get(key, 0) for key in {*returned, *wanted}}
        gone = split_of(part, sold, returned) - split_of(part, sold, after)
        if settings.COMMISSION_KEPT_ON_REFUND:
            gone = replace(gone, commission=0, commission_vat=0)
        lines = [replace(line, amount=-line.amount) for line in gone.lines(vendor_id=part.vendor_id, held=held)]
    lines.append(credit(to, amount))
    return NewEntry("", EntryKind.REFUND_CLAIMED, lines, **_numbers(share))


def _numbers(share: Share) -> dict[str, str]:
    return {"order_number": share.payment.order.number, "part_number": share.vendor_order.number}


def _locked(share_id: int) -> Share:
    # Only the share's own row: whoever moves an order on must not wait for its money.
    rows = Share.objects.select_for_update(of=("self",)).select_related("vendor_order", "payment__order")
    return rows.get(pk=share_id)


def _locked_refund(refund_id: int) -> Refund:
    """The refund with its share's row locked, as every move of that money does first."""
    share_id = Refund.objects.values_list("share_id", flat=True).get(pk=refund_id)
    share = _locked(share_id)
    made = Refund.objects.get(pk=refund_id)
    made.share = share
    return made
