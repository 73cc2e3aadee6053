"""The goods of the demo: listings in every state, with stock that is plenty, low or gone."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import F

from apps.demo import cast, facts
from apps.demo.producers import Producers
from apps.demo.rows import GoodsRow, dice, goods_rows
from apps.kernel.clock import now
from apps.listings.data import ListingData
from apps.listings.models import Listing
from apps.listings.services import create_listing
from apps.listings.states import ListingState
from apps.shop.catalogue.models import Category, Product
from apps.shop.partner.models import StockRecord

_STATES: dict[str, str] = {
    **dict.fromkeys(cast.DRAFTS, ListingState.DRAFT),
    **dict.fromkeys(cast.SUBMITTED, ListingState.SUBMITTED),
    **dict.fromkeys(cast.PAUSED, ListingState.PAUSED),
    **dict.fromkeys(cast.REJECTED, ListingState.REJECTED),
}


def make_goods(producers: Producers, categories: dict[str, Category]) -> Iterator[Listing]:
    """Write all listings as drafts through the service, then bring each to the state it plays."""
    for row in goods_rows():
        vendor = producers.vendors[row.vendor_code]
        listing = create_listing(
            vendor=vendor,
            actor=producers.actor_of(row.vendor_code),
            data=_data(row, categories[row.category]),
        )
        _bring_to(listing, row)
        yield listing


def _data(row: GoodsRow, category: Category) -> ListingData:
    size = facts.net_size(row)
    return ListingData(
        title=row.title,
        title_en=row.title_en,
        category_id=category.pk,
        description=row.description,
        unit=row.unit,
        net_weight_g=size.weight_g,
        net_volume_ml=size.volume_ml,
        shipping_weight_g=facts.shipping_weight_g(row),
        ingredients=row.ingredients,
        allergens=row.allergens,
        storage=facts.storage_words(row),
        shelf_life_days=row.shelf_days,
        season_months=row.months,
        is_chilled=facts.is_chilled(row),
        origin_commune_code=row.commune_code,
        is_service=facts.is_service(row),
        price_amount=row.price_amount,
        available=_stock(row),
        sku=row.sku,
        is_demo=True,
    )


def _stock(row: GoodsRow) -> int:
    """Units on the shelf before any order of the demo takes some."""
    chance = dice("stock", row.sku)
    if row.sku in cast.SOLD_OUT:
        return 0
    return chance.randint(2, 5) if row.sku in cast.LOW_STOCK else chance.randint(40, 160)


def _bring_to(listing: Listing, row: GoodsRow) -> None:
    """Set the state that review would have led to; goods of vendors who still apply stay drafts."""
    waits = row.vendor_code in cast.WAITING_VENDORS
    state = ListingState.DRAFT if waits else _STATES.get(row.sku, ListingState.PUBLISHED)
    chance = dice("listed", row.sku)
    sent = now() - dt.timedelta(
        days=chance.randint(1, 5) if state == ListingState.SUBMITTED else chance.randint(20, 90)
    )
    published = state in (ListingState.PUBLISHED, ListingState.PAUSED)
    Listing.objects.filter(pk=listing.pk).update(
        state=state,
        state_reason=cast.REJECTED.get(row.sku, "") if state == ListingState.REJECTED else "",
        created_at=sent - dt.timedelta(days=2),
        submitted_at=None if state == ListingState.DRAFT else sent,
        published_at=sent + dt.timedelta(days=1) if published else None,
    )
    Product.objects.filter(pk=listing.product_id).update(is_public=published, date_created=sent)
    StockRecord.objects.filter(product_id=listing.product_id).update(
        listed=state == ListingState.PUBLISHED, low_stock_threshold=F("num_allocated") + 5
    )
