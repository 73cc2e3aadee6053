"""The basket: the checkout's token, with discounts in whole dong."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from oscar.apps.basket.abstract_models import AbstractBasket, AbstractLine

from apps.shop.partner.strategy import Default


class Basket(AbstractBasket):
    """An open basket; moving its row from open to submitted is what makes one order of two clicks."""

    # The basket that is bought first. Lines set aside wait here, saved; once that one is ordered this one is open.
    parked_for = models.OneToOneField("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="parked")

    class Meta(AbstractBasket.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["owner"], condition=Q(status="Open", owner__isnull=False), name="basket_one_open_per_owner"
            ),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.strategy = Default()

    def all_lines(self) -> Any:
        """The lines in the order of adding, loaded once: offers keep their discounts on these very objects."""
        if self.pk is None:
            return self.lines.model.objects.none()
        if self._lines is None:
            related = ("product__product_class", "stockrecord__partner")
            self._lines = self.lines.select_related(*related).prefetch_related("product__images").order_by("pk")
        return self._lines

    def get_stock_info(self, product: Any, options: Any) -> Any:
        """The product's one stock record."""
        return self.strategy.fetch_for_product(product)


class Line(AbstractLine):
    """A product in a basket; `price_incl_tax` keeps the price at the time it was added."""

    def discount(
        self, discount_value: Decimal, affected_quantity: int, incl_tax: bool = True, offer: Any = None
    ) -> None:
        """Take a discount off this line, rounded to whole dong."""
        whole = Decimal(discount_value).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        super().discount(whole, affected_quantity, incl_tax=incl_tax, offer=offer)

    def discount_paid_by(self, funder: str) -> Decimal:
        """The part of this line's discounts, in whole dong, that the platform or the vendor pays for."""
        shares = (share.amount for share in self.discounts if share.offer.funded_by == funder)
        return sum(shares, Decimal(0))


from oscar.apps.basket.models import *  # type: ignore[assignment]  # Oscar skips what we declared above; mypy cannot see that
