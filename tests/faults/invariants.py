"""What must hold in a shop once everybody has come to rest; runs inside the shop's process."""

from collections import Counter
from typing import Any

from django.db import connection
from django.db.models import Sum

from apps.jobs.models import Job, JobState
from apps.kernel.clock import now
from apps.ledger.books import AccountKind
from apps.ledger.selectors import balance, faults
from apps.notifications.models import Notification
from apps.ordering.models import VendorOrder, VendorOrderLine
from apps.ordering.states import VendorOrderState
from apps.payments.models import Payment
from apps.shop.basket.models import Basket
from apps.shop.order.models import Order
from apps.shop.partner.models import StockRecord

# Due in days, or when the time to pay is over.
LATER = ("vendor_order.complete", "payment.end")
# The goods of these are on the shelf, set aside.
_HELD = (VendorOrderState.PENDING_PAYMENT, VendorOrderState.PLACED, VendorOrderState.ACCEPTED, VendorOrderState.PACKED)


def broken() -> list[str]:
    """Every invariant that does not hold, in words; empty is right."""
    return [*_orders(), *_stock(), *_jobs(), *_money(), *_file()]


def at_stripe() -> int:
    """Dong that the ledger knows to be at Stripe."""
    return balance(AccountKind.STRIPE).amount


def wake() -> int:
    """Let what dead workers hold run out and waiting tries come now: only the waiting is left out, not a step."""
    Notification.objects.filter(sent_at=None).update(claimed_at=None)
    Job.objects.filter(state=JobState.RUNNING).update(lease_until=now())
    return Job.objects.filter(state=JobState.READY).exclude(kind__in=LATER).update(run_at=now())


def _orders() -> list[str]:
    """Every order is whole, and no basket became two."""
    wrong = [f"basket {basket} became {many} orders" for basket, many in _baskets().items() if many > 1]
    paid = set(Payment.objects.values_list("order_id", flat=True))
    parts = set(VendorOrder.objects.values_list("order_id", flat=True))
    for order in Order.objects.all():
        total = VendorOrder.objects.filter(order=order).aggregate(total=Sum("total_amount"))["total"]
        if order.pk not in paid or order.pk not in parts or total != order.total_incl_tax:
            wrong.append(f"order {order.number} is not whole")
    half = Basket.objects.filter(status=Basket.SUBMITTED).exclude(pk__in=_baskets())
    return wrong + [f"basket {basket.pk} is closed without an order" for basket in half]


def _baskets() -> Counter[Any]:
    return Counter(Order.objects.exclude(basket=None).values_list("basket_id", flat=True))


def _stock() -> list[str]:
    """What is set aside is what the open orders need."""
    lines = VendorOrderLine.objects.filter(vendor_order__state__in=_HELD)
    needed = dict(lines.values_list("stockrecord_id").annotate(units=Sum("quantity")).order_by())
    return [
        f"stock {record.pk}: {record.num_allocated} set aside, {needed.get(record.pk, 0)} needed"
        for record in StockRecord.objects.all()
        if (record.num_allocated or 0) != needed.get(record.pk, 0)
    ]


def _jobs() -> list[str]:
    """Nothing is left to do, and every order has told its shopper and its vendors exactly as often as it should."""
    left = Job.objects.exclude(kind__in=LATER).exclude(state=JobState.DONE)
    wrong = [f"job {job.kind} is {job.state}: {job.last_error[-200:]}" for job in left]
    told = Counter(Job.objects.filter(kind="order.placed").values_list("args__order_id", flat=True))
    return wrong + [
        f"order {pk} has {told[pk]} jobs" for pk in Order.objects.values_list("pk", flat=True) if told[pk] != 1
    ]


def _money() -> list[str]:
    """Every dong is accounted for, and nothing is on its way any more."""
    refunding = balance(AccountKind.REFUNDING)
    return [str(fault) for fault in faults()] + ([f"{refunding} are still on their way back"] if refunding else [])


def _file() -> list[str]:
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        (verdict,) = cursor.fetchone()
    return [] if verdict == "ok" else [f"the file is damaged: {verdict}"]
