"""Oscar's benefits, paid out in whole dong: the sum of a discount is what its lines really got."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from oscar.apps.offer.benefits import (
    AbsoluteDiscountBenefit,
    FixedPriceBenefit,
    FixedUnitDiscountBenefit,
    MultibuyDiscountBenefit,
    PercentageDiscountBenefit,
)
from oscar.apps.offer.results import ZERO_DISCOUNT, BasketDiscount

from apps.kernel.money import dong
from apps.shop.offer.models import Benefit


class WholeDong:
    """Rounding itself happens in basket.Line.discount; here the total is taken from the lines."""

    def apply(self, basket: Any, condition: Any, offer: Any, **kwargs: Any) -> Any:
        """Apply the benefit and report what the lines received."""
        before = sum(line.discount_value for line in basket.all_lines())
        super().apply(basket, condition, offer, **kwargs)  # type: ignore[misc]  # the benefit stands behind us
        received = sum(line.discount_value for line in basket.all_lines()) - before
        return BasketDiscount(received) if received else ZERO_DISCOUNT

    def round(self, amount: Decimal, currency: Any = None, round_type: str = ROUND_HALF_UP) -> Decimal:
        """Shares of a sum are whole dong, so that the last line's share makes up exactly for the others."""
        return amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)


class WholePercentage(WholeDong, PercentageDiscountBenefit):  # type: ignore[misc]  # Oscar narrows it
    """Per cent off, whole dong per line."""

    class Meta:
        app_label = "offer"
        proxy = True


class WholeAbsolute(WholeDong, AbsoluteDiscountBenefit):
    """A sum off, shared by largest remainder: the shares always make up the sum."""

    class Meta:
        app_label = "offer"
        proxy = True

    def apply(
        self,
        basket: Any,
        condition: Any,
        offer: Any,
        discount_amount: Decimal | None = None,
        max_total_discount: Decimal | None = None,
        **kwargs: Any,
    ) -> Any:
        """Share the sum over the lines in the range by their value; never more than they are worth."""
        left = self._effective_max_affected_items()
        taken = []
        for price, line in self.get_applicable_lines(offer, basket):
            quantity = min(line.quantity_without_offer_discount(offer), left)
            if quantity > 0:
                taken.append((line, quantity, int(price * quantity)))
                left -= quantity
        worth = sum(value for _, _, value in taken)
        limits = [self.value if discount_amount is None else discount_amount, worth, max_total_discount]
        discount = int(min(limit for limit in limits if limit is not None))
        if discount <= 0:
            return ZERO_DISCOUNT
        shares = dong(discount).allocate([value for _, _, value in taken])
        for (line, quantity, _), share in zip(taken, shares, strict=True):
            line.discount(share.to_decimal(), quantity, incl_tax=True, offer=offer)
        return BasketDiscount(Decimal(discount))


class WholeUnit(WholeDong, FixedUnitDiscountBenefit):  # type: ignore[misc]  # Oscar narrows it
    """A sum off each unit."""

    class Meta:
        app_label = "offer"
        proxy = True


class WholeFixedPrice(WholeDong, FixedPriceBenefit):
    """A fixed price for a set."""

    class Meta:
        app_label = "offer"
        proxy = True


class WholeMultibuy(WholeDong, MultibuyDiscountBenefit):
    """The cheapest one free."""

    class Meta:
        app_label = "offer"
        proxy = True


PROXIES = {
    Benefit.PERCENTAGE: WholePercentage,
    Benefit.FIXED: WholeAbsolute,
    Benefit.FIXED_UNIT: WholeUnit,
    Benefit.FIXED_PRICE: WholeFixedPrice,
    Benefit.MULTIBUY: WholeMultibuy,
}
