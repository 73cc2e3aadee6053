"""Reads of listings, for vendors and reviewers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Prefetch, QuerySet
from django.utils.translation import get_language

from apps.kernel.money import Money, dong
from apps.listings.models import Listing
from apps.listings.policies import LOW_STOCK, Missing, may_edit, missing_for_review
from apps.listings.states import ListingState
from apps.shop.catalogue.models import Category, ProductImage
from apps.shop.catalogue.pictures import Picture, first_pictures, picture_of
from apps.vendors.models import Vendor
from apps.vendors.scoping import for_vendor


@dataclass(frozen=True)
class ListingRow:
    """One line of a vendor's list: what it is, what it costs, how many are left and where it stands."""

    id: int
    product_id: int
    title: str
    sku: str
    unit: str
    url: str
    state: str
    state_reason: str
    editable: bool
    price: Money | None
    available: int
    allocated: int
    picture: Picture | None
    submitted_at: datetime | None
    published_at: datetime | None

    @property
    def is_low(self) -> bool:
        """Few are left."""
        return self.available <= LOW_STOCK


@dataclass(frozen=True)
class ListedPicture:
    """A picture of a listing with the id under which it is moved or removed."""

    id: int
    picture: Picture


def submitted() -> QuerySet[Listing]:
    """Listings that wait for a reviewer, the oldest first."""
    return _with_goods(Listing.objects.filter(state=ListingState.SUBMITTED)).order_by("submitted_at", "pk")


def listings_of(*, vendor: Vendor, state: str | None = None) -> QuerySet[Listing]:
    """A vendor's listings, the newest first; archived ones only when asked for."""
    mine = _with_goods(for_vendor(Listing.objects.all(), vendor=vendor))
    wanted = mine.filter(state=state) if state else mine.exclude(state=ListingState.ARCHIVED)
    return wanted.order_by("-created_at", "-pk")


def listing_of(*, vendor: Vendor, listing_id: int) -> Listing:
    """One listing of this vendor; raises Listing.DoesNotExist."""
    return _with_goods(for_vendor(Listing.objects.all(), vendor=vendor)).get(pk=listing_id)


def counts_of(*, vendor: Vendor) -> dict[str, int]:
    """How many listings a vendor has in each state; states without any count 0."""
    mine = for_vendor(Listing.objects.all(), vendor=vendor)
    found = dict(mine.values_list("state").annotate(n=Count("pk")).order_by())
    return {str(state): found.get(state, 0) for state in ListingState.values}


def low_stock(*, vendor: Vendor, limit: int = 5) -> list[ListingRow]:
    """Goods on sale of which few are left, the scarcest first."""
    mine = _with_goods(for_vendor(Listing.objects.filter(state=ListingState.PUBLISHED), vendor=vendor))
    left = F("product__stockrecords__num_in_stock") - F("product__stockrecords__num_allocated")
    scarce = mine.annotate(left=left).filter(left__lte=LOW_STOCK).order_by("left", "pk")
    return [row_of(listing) for listing in scarce[:limit]]


def row_of(listing: Listing) -> ListingRow:
    """The line of a listing that was read with its goods."""
    product = listing.product
    stock = product.stockrecords.all()[0]
    pictures = list(product.images.all())
    return ListingRow(
        id=listing.pk,
        product_id=product.pk,
        title=product.title,
        sku=stock.partner_sku,
        unit=product.unit,
        url=product.get_absolute_url() if product.is_public else "",
        state=listing.state,
        state_reason=listing.state_reason,
        editable=may_edit(listing.state),
        price=dong(stock.price_amount) if stock.price is not None else None,
        available=stock.available,
        allocated=stock.num_allocated,
        picture=picture_of(pictures[0], product.title) if pictures else None,
        submitted_at=listing.submitted_at,
        published_at=listing.published_at,
    )


def pictures_of(listing: Listing) -> list[ListedPicture]:
    """The pictures of a listing in their order."""
    title = listing.product.title
    return [ListedPicture(image.pk, picture_of(image, title)) for image in listing.product.images.all()]


def category_choices() -> list[tuple[int, str]]:
    """The categories that goods are put into, in the order of the menu, named in the reader's language."""
    leaves = Category.objects.filter(numchild=0).order_by("path")
    english = get_language() == "en"
    return [(leaf.pk, leaf.name_en if english and leaf.name_en else leaf.name) for leaf in leaves]


def _with_goods(listings: QuerySet[Listing]) -> QuerySet[Listing]:
    pictures = ProductImage.objects.order_by("display_order", "pk")
    return listings.select_related(
        "vendor", "product__product_class", "product__origin_commune__province"
    ).prefetch_related("product__stockrecords", "product__categories", Prefetch("product__images", queryset=pictures))


def pictures_by_product(product_ids: Iterable[int]) -> dict[int, Picture]:
    """The first picture of each product that has one; one query."""
    return first_pictures(product_ids)


def what_is_missing(listing: Listing) -> list[Missing]:
    """What the vendor still has to fill in before a review; nothing for a listing that cannot be sent."""
    if not may_edit(listing.state):
        return []
    product = listing.product
    return missing_for_review(product, product.stockrecords.all()[0], pictures=len(product.images.all()))
