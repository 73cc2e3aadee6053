"""Offers whose discounts are whole dong on every line, applied with a number of queries that lines do not raise."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from oscar.apps.offer.abstract_models import AbstractBenefit, AbstractCondition, AbstractConditionalOffer, AbstractRange


class Funder(models.TextChoices):
    """Who pays for a discount: the platform makes it good to the vendor, or the vendor earns less."""

    PLATFORM = "platform"
    VENDOR = "vendor"


class ConditionalOffer(AbstractConditionalOffer):
    """An offer that says who pays for its discounts; one that a vendor pays for lessens what the vendor sells for."""

    funded_by = models.CharField(max_length=16, choices=Funder, default=Funder.PLATFORM, db_default=Funder.PLATFORM)

    class Meta(AbstractConditionalOffer.Meta):
        constraints = (models.CheckConstraint(condition=Q(funded_by__in=Funder.values), name="offer_funder_known"),)


class Benefit(AbstractBenefit):
    """Maps each kind of benefit to a proxy that rounds per line."""

    @property
    def proxy_map(self) -> dict[str, Any]:
        """Benefit type -> proxy; Oscar's own proxies hand fractions of a dong to the lines."""
        return {**super().proxy_map, **whole_dong.PROXIES}

    def proxy(self) -> Any:
        """The benefit as its kind, with the range at hand that is loaded already."""
        return _with_cache(self, super().proxy())


class Condition(AbstractCondition):
    """A condition whose proxy keeps the range that is loaded already."""

    def proxy(self) -> Any:
        """The condition as its kind."""
        return _with_cache(self, super().proxy())


class Range(AbstractRange):
    """A set of products that can learn in one query which products of a basket it has."""

    _asked: frozenset[int] = frozenset()
    _members: frozenset[int] = frozenset()

    def prime(self, product_ids: Iterable[int]) -> None:
        """Look up these products at once; `contains_product` needs no query for them afterwards."""
        self._asked = frozenset(product_ids)
        found = self.all_products().filter(pk__in=self._asked).values_list("pk", flat=True)
        self._members = frozenset(found)

    def contains_product(self, product: Any) -> bool:
        """True when the product is in the range."""
        if product.pk in self._asked:
            return product.pk in self._members
        return bool(super().contains_product(product))


def _with_cache(source: Any, proxy: Any) -> Any:
    """Oscar's proxies are copies that forget their related objects."""
    if proxy is not source:
        proxy._state.fields_cache.update(source._state.fields_cache)
    return proxy


from oscar.apps.offer.models import *  # type: ignore[assignment]  # Oscar skips what we declared above; mypy cannot see that

# Last, because the proxies are made from Benefit; here, because a model that is loaded later is unknown to migrations.
from apps.shop.offer import whole_dong
