"""What the demo's shopper and the demo vendor's people have been told, as if it had reached them when it happened."""

import datetime as dt
from collections.abc import Iterable

from apps.accounts.models import User
from apps.kernel.clock import now
from apps.notifications.handlers import news_of_new_part, news_of_part
from apps.notifications.models import Notification
from apps.notifications.news import News
from apps.notifications.services import list_news
from apps.ordering.models import VendorOrder
from apps.vendors.models import Vendor
from apps.vendors.policies import Area
from apps.vendors.selectors import members_in

OUTCOMES = ("accepted", "shipped", "delivered", "cancelled", "returned")
# Older news was read.
FRESH = dt.timedelta(days=3)


def tell(shopper: User, vendor: Vendor) -> None:
    """Fill both lists; the mails of the past are long gone."""
    for part in VendorOrder.objects.filter(order__user=shopper).select_related("order", "vendor"):
        for outcome in OUTCOMES:
            at = getattr(part, f"{outcome}_at")
            if at is not None:
                _list(news_of_part(outcome, part), [shopper.pk], at)
    members = members_in(vendor=vendor, area=Area.ORDERS)
    for part in VendorOrder.objects.filter(vendor=vendor):
        _list(news_of_new_part(part), members, part.placed_at, vendor.pk)


def _list(news: News, user_ids: Iterable[int], at: dt.datetime, vendor_id: int | None = None) -> None:
    list_news(news, user_ids=user_ids, vendor_id=vendor_id)
    read_at = None if now() - at < FRESH else at
    Notification.objects.filter(**news.key).update(created_at=at, read_at=read_at)
