"""Writes Oscar's order rows inside the transaction of `ordering.services.place_order`."""

from typing import Any

from django.db.models import F
from oscar.apps.order.utils import OrderCreator as CoreOrderCreator

from apps.shop.offer.models import ConditionalOffer
from apps.shop.voucher.models import Voucher


class OrderCreator(CoreOrderCreator):
    """Oscar's creator without its unconditional stock update: stock is reserved before, by a guarded UPDATE."""

    def update_stock_records(self, line: Any) -> None:
        """Stock was reserved by `apps.shop.partner.stock.reserve`."""

    def create_line_price_models(self, order: Any, order_line: Any, basket_line: Any) -> None:
        """Left out: a unit price after a discount can be a fraction of a dong; the line carries the exact sums."""

    def create_line_attributes(self, order: Any, order_line: Any, basket_line: Any) -> None:
        """Left out: no product here has options."""

    def record_discount(self, discount: Any) -> None:
        """Count the use in the database: two orders at once would lose one of two counts kept in Python."""
        given = discount["discount"]
        ConditionalOffer.objects.filter(pk=discount["offer"].pk).update(
            num_applications=F("num_applications") + discount["freq"],
            total_discount=F("total_discount") + given,
            num_orders=F("num_orders") + 1,
        )
        if discount.get("voucher"):
            Voucher.objects.filter(pk=discount["voucher"].pk).update(total_discount=F("total_discount") + given)

    def record_voucher_usage(self, order: Any, voucher: Any, user: Any) -> None:
        """Keep who used the code for which order."""
        voucher.applications.create(order=order, user_id=getattr(user, "pk", None))
        Voucher.objects.filter(pk=voucher.pk).update(num_orders=F("num_orders") + 1)
