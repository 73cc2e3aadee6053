"""Reads of payments: of an order, of the bank account, of refunds that people send, of cash on its way."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import models
from django.db.models import Count, F, Min, QuerySet, Sum
from django.db.models.functions import Coalesce

from apps.kernel.clock import now
from apps.ordering.states import VendorOrderState
from apps.payments.models import BankTransfer, Dispute, Payment, Reconciliation, Refund, Share
from apps.payments.providers import by_hand_codes
from apps.payments.providers.vietqr import VietQR
from apps.payments.states import CashHolder, DisputeState, PaymentState, RefundState, TransferState
from apps.shop.order.models import Order

# Carriers hand cash over two or three times a week; after so long somebody asks.
CASH_DUE = dt.timedelta(days=7)
# SQLite takes some thousand parameters in one statement.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Held:
    """Cash that one carrier, or one vendor that brings its parcels itself, has collected and still has."""

    holder: str
    parcels: int
    amount: int
    since: dt.datetime

    @property
    def days(self) -> int:
        """Age of the oldest part of it."""
        return (now() - self.since).days

    @property
    def late(self) -> bool:
        """Whether it should be here by now."""
        return now() - self.since > CASH_DUE


def latest_payment(order: Order) -> Payment | None:
    """The newest payment of an order: the one that counts."""
    return Payment.objects.filter(order=order).order_by("-pk").first()


def open_payment_of(order: Order) -> Payment | None:
    """The payment that an order waits for; None when it waits for none."""
    return Payment.objects.filter(order=order, state=PaymentState.OPEN, expires_at__isnull=False).first()


def refunds_of(order: Order) -> Sequence[Refund]:
    """Money on its way back or back with the shopper, oldest first, each with its vendor order and payment."""
    own = Refund.objects.filter(share__payment__order=order)
    return list(own.select_related("share__vendor_order__vendor", "share__payment").order_by("pk"))


def disputes() -> QuerySet[Dispute]:
    """Disputes, the open ones first, the nearest deadline before others."""
    by_state = models.Case(models.When(state=DisputeState.OPEN, then=0), default=1)
    return Dispute.objects.select_related("payment__order").order_by(by_state, "answer_by", "-opened_at", "-pk")


def open_disputes() -> int:
    """How many wait for their end."""
    return Dispute.objects.filter(state=DisputeState.OPEN).count()


def reconciliations() -> QuerySet[Reconciliation]:
    """The daily comparisons, newest first."""
    return Reconciliation.objects.order_by("-day", "provider")


def paid_share(*, part_number: str) -> Share | None:
    """The share through which a vendor order was paid, the newest that has anything left before others."""
    paid = Share.objects.filter(vendor_order__number=part_number, captured__gt=0)
    has_some = models.Q(captured__gt=models.F("refunding") + models.F("refunded"))
    first = models.Case(models.When(has_some, then=0), default=1)
    return paid.select_related("vendor_order__vendor", "payment__order").order_by(first, "-pk").first()


def shares_of(order: Order) -> dict[int, Share]:
    """By vendor order, the share through which its money came; parts that nobody has paid have none."""
    paid = Share.objects.filter(vendor_order__order=order, captured__gt=0).order_by("pk")
    return {share.vendor_order_id: share for share in paid}


def payment_for_transfer(order_number: str) -> int | None:
    """The id of the payment that a transfer for this order pays, as long as the order is to be paid by transfer."""
    newest = Payment.objects.filter(order__number=order_number).order_by("-pk").values_list("pk", "provider").first()
    return newest[0] if newest and newest[1] == VietQR.code else None


def orders_awaiting_transfer(numbers: Iterable[str]) -> set[str]:
    """Those of the numbers that are orders which can be paid by transfer: still waiting, or too late."""
    return {
        number
        for some in batches(numbers)
        for number in Payment.objects.filter(
            order__number__in=some, provider=VietQR.code, state__in=[PaymentState.OPEN, PaymentState.EXPIRED]
        ).values_list("order__number", flat=True)
    }


def has_come(payment: Payment) -> int:
    """Dong that have come for a payment and are not to be sent back."""
    kept: int = payment.transfers.filter(state=TransferState.MATCHED).aggregate(all=Coalesce(Sum("amount"), 0))["all"]
    return kept


def transfers_in(state: str) -> QuerySet[BankTransfer]:
    """Transfers in a state with their orders, the newest first."""
    return BankTransfer.objects.filter(state=state).select_related("payment__order").order_by("-happened_at", "-pk")


def transfer_counts() -> dict[str, int]:
    """Transfers by state; states without any count 0."""
    found = dict(BankTransfer.objects.order_by().values_list("state").annotate(n=Count("pk")))
    return {str(state): found.get(state, 0) for state in TransferState.values}


def bank_count() -> int:
    """How much about bank money waits for somebody: transfers without an order or to send back, refunds to send."""
    waits = BankTransfer.objects.filter(state__in=[TransferState.NEW, TransferState.RETURN_DUE])
    return waits.count() + refunds_by_hand().count()


def known_amounts(references: Iterable[str]) -> dict[str, int]:
    """The amounts of those transfers that are known already, by the bank's reference."""
    return {
        reference: amount
        for some in batches(references)
        for reference, amount in BankTransfer.objects.filter(reference__in=some).values_list("reference", "amount")
    }


def refunds_by_hand() -> QuerySet[Refund]:
    """Refunds that somebody has to send by bank, the oldest first, with their orders."""
    claimed = Refund.objects.filter(state=RefundState.CLAIMED, share__payment__provider__in=by_hand_codes())
    rows = claimed.select_related("share__vendor_order", "share__payment__order")
    return rows.prefetch_related("share__payment__transfers").order_by("created_at", "pk")


def held_by_carriers() -> list[Held]:
    """Cash that carriers have, the oldest first."""
    return _held(Share.objects.filter(cash_holder=CashHolder.CARRIER), "vendor_order__parcels__carrier__name")


def held_by_vendors() -> list[Held]:
    """Cash that vendors have and that is not set off against what they earned yet, the oldest first."""
    waits = Share.objects.filter(cash_holder=CashHolder.VENDOR, vendor_order__state=VendorOrderState.DELIVERED)
    return _held(waits, "vendor_order__vendor__name")


def late_cash(carrier_code: str = "") -> QuerySet[Share]:
    """Parcels whose cash a carrier (or any) should have handed over by now, the oldest first."""
    late = Share.objects.filter(
        cash_holder=CashHolder.CARRIER, vendor_order__delivered_at__lt=now() - CASH_DUE
    ).annotate(
        tracking_number=F("vendor_order__parcels__tracking_number"),
        carrier_name=F("vendor_order__parcels__carrier__name"),
    )
    if carrier_code:
        late = late.filter(vendor_order__parcels__carrier__code=carrier_code)
    return late.select_related("vendor_order__order").order_by("vendor_order__delivered_at", "pk")


def batches(words: Iterable[str]) -> Iterator[list[str]]:
    """Different words, so many at a time as fit into one statement."""
    rest = iter(sorted(set(words)))
    while some := list(islice(rest, _BATCH)):
        yield some


def _held(shares: QuerySet[Share], holder: str) -> list[Held]:
    rows = (
        shares.order_by()
        .values(name=F(holder))
        .annotate(parcels=Count("pk"), amount=Sum("captured"), since=Min("vendor_order__delivered_at"))
    )
    held = [Held(row["name"] or "", row["parcels"], row["amount"], row["since"]) for row in rows]
    return sorted(held, key=lambda each: each.since)
