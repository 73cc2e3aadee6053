"""The page of goods that are not sold for a while, so that links from baskets and orders do not end nowhere."""

from dataclasses import dataclass

from django.db.models import Q

from apps.listings.states import ListingState
from apps.places.models import Commune
from apps.shop.catalogue.models import Product
from apps.shop.catalogue.pictures import Picture, first_pictures
from apps.storefront import shelves
from apps.storefront.cards import Card, cards_for
from apps.storefront.product import RELATED
from apps.vendors.states import VendorState


@dataclass(frozen=True, slots=True)
class OffSalePage:
    """What stays to be seen: name, place and picture; no price, no vendor's stall, no reasons."""

    product: Product
    commune: Commune | None
    picture: Picture | None
    related: list[Card]


def off_sale_page(pk: int) -> OffSalePage | None:
    """The page of goods whose vendor pauses them or is suspended; None for any other.

    "Gone at once" means: not in lists, search or sitemap, and not for sale. Archived goods and drafts have no page.
    """
    paused = Q(listing__state=ListingState.PAUSED, listing__vendor__state=VendorState.APPROVED)
    suspended = Q(
        listing__state__in=(ListingState.PUBLISHED, ListingState.PAUSED), listing__vendor__state=VendorState.SUSPENDED
    )
    product = Product.objects.filter(paused | suspended, pk=pk).select_related("origin_commune").first()
    if product is None:
        return None
    category = product.categories.first()
    near = shelves.near(product.origin_province_code, category.pk if category else None)
    return OffSalePage(
        product=product,
        commune=product.origin_commune,
        picture=first_pictures([pk]).get(pk),
        related=cards_for(near[:RELATED]),
    )
