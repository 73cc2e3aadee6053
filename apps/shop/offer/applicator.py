"""Finds the offers for a basket with a number of queries that does not grow with its lines."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from oscar.apps.offer.applicator import Applicator as CoreApplicator
from oscar.core.loading import get_model


class Applicator(CoreApplicator):
    """Oscar's rules, with ranges asked once for all lines."""

    def apply_all(self, basket: Any) -> None:
        """Take every discount that the basket earns off its lines, beginning afresh."""
        basket.reset_offer_applications()
        self.apply(basket, user=basket.owner)

    def get_offers(self, basket: Any, user: Any = None, request: Any = None) -> list[Any]:
        """Offers of the shop and of the basket's vouchers, in order of priority; a guest counts as nobody signed in."""
        # Oscar loads this module while its models load: they can only be asked for later.
        every_offer = get_model("offer", "ConditionalOffer").objects.all()
        prefetch_related_objects([basket], Prefetch("vouchers__offers", _with_parts(every_offer)))
        offers: list[Any] = super().get_offers(basket, user or AnonymousUser(), request)
        self._prime(offers, [line.product_id for line in basket.all_lines()])
        return offers

    def get_site_offers(self) -> QuerySet[Any]:
        """Offers that everybody gets."""
        return _with_parts(super().get_site_offers())

    def _prime(self, offers: list[Any], product_ids: list[int]) -> None:
        """Ask each range once which of the products it has, and share it among the offers that name it."""
        ranges: dict[int, Any] = {}
        for part in [part for offer in offers for part in (offer.condition, offer.benefit) if part.range_id]:
            if part.range_id not in ranges:
                part.range.prime(product_ids)
                ranges[part.range_id] = part.range
            part.range = ranges[part.range_id]


def _with_parts(offers: QuerySet[Any]) -> QuerySet[Any]:
    return offers.select_related("condition__range", "benefit__range").prefetch_related("combinations")
