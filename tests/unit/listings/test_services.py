"""A listing from draft to sale and back."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.jobs.models import AuditEvent, Job
from apps.jobs.transitions import IllegalTransition
from apps.kernel.actor import Actor
from apps.listings.models import Listing
from apps.listings.selectors import (
    category_choices,
    counts_of,
    listing_of,
    listings_of,
    low_stock,
    row_of,
    submitted,
)
from apps.listings.services import (
    BadPrice,
    BadStock,
    ListingIncomplete,
    NotEditable,
    ReasonMissing,
    SkuTaken,
    StockMoved,
    UnknownCategory,
    VendorMayNotSell,
    archive_listing,
    create_listing,
    pause_listing,
    publish_listing,
    reject_listing,
    resume_listing,
    set_price,
    set_stock,
    set_terms,
    submit_listing,
    update_listing,
    withdraw_listing,
)
from apps.shop.catalogue.models import Product
from apps.shop.partner.models import StockRecord
from apps.shop.partner.stock import reserve
from apps.vendors.services import suspend_vendor
from tests.factories import shop
from tests.factories.catalogue import make_category

pytestmark = pytest.mark.django_db
ACTOR = Actor.system()


def flags(listing: Listing) -> tuple[str, bool, bool]:
    row = Listing.objects.select_related("product").get(pk=listing.pk)
    return row.state, row.product.is_public, StockRecord.objects.get(product_id=row.product_id).listed


def test_create_writes_product_stock_and_search_words() -> None:
    vendor = shop.vendor(name="HTX Cái Rồng")
    listing = create_listing(
        vendor=vendor,
        actor=ACTOR,
        data=shop.listing_data(title="Nước mắm sá sùng", season_months=frozenset({1, 12}), sku="DS0001"),
    )
    product = Product.objects.get()
    assert (product.slug, product.season_mask, product.origin_province_code) == (
        "nuoc-mam-sa-sung",
        0b100000000001,
        "22",
    )
    assert product.product_class is not None
    assert (product.product_class.slug, product.is_public, product.is_alcohol) == ("goods", False, False)
    assert product.search_text == "nuoc mam sa sung hai san che bien seafood htx cai rong hong gai quang ninh"
    stock = StockRecord.objects.get()
    assert (stock.partner_id, stock.partner_sku, stock.price, stock.available) == (
        vendor.partner_id,
        "DS0001",
        Decimal(285_000),
        10,
    )
    assert (stock.vendor_open, stock.listed) == (True, False)
    assert flags(listing) == ("draft", False, False)


def test_services_need_no_parcel_and_alcohol_follows_the_category() -> None:
    tour = shop.draft(title="Tour rừng", is_service=True, shipping_weight_g=0)
    wine = shop.draft(title="Rượu ba kích", category_id=make_category("Rượu", "Spirits", is_alcohol=True).pk)
    assert tour.product.is_shipping_required is False
    assert wine.product.is_alcohol is True


def test_update_replaces_category_and_audits_the_difference() -> None:
    listing = shop.draft(title="Chả mực", sku="A1")
    other = make_category("Trà", "Tea")
    update_listing(
        listing=listing,
        actor=ACTOR,
        data=shop.listing_data(title="Trà hoa vàng", category_id=other.pk, available=3, price_amount=None),
    )
    product = Product.objects.get()
    assert [category.name for category in product.categories.all()] == ["Trà"]
    assert (product.title, product.slug) == ("Trà hoa vàng", "tra-hoa-vang")
    stock = StockRecord.objects.get()
    # An empty price leaves the one before: goods in baskets always have one.
    assert (stock.price_amount, stock.available, stock.partner_sku) == (285_000, 3, "A1")
    event = AuditEvent.objects.get(verb="listing.update")
    assert (event.before, event.after) == ({"title": "Chả mực"}, {"title": "Trà hoa vàng"})


def test_numbers_and_references_are_checked() -> None:
    vendor = shop.vendor()
    cases: list[tuple[type[Exception], dict[str, object]]] = [
        (BadPrice, {"price_amount": 0}),
        (BadPrice, {"price_amount": 1_000_000_000}),
        (BadStock, {"available": -1}),
        (UnknownCategory, {"category_id": 999}),
    ]
    for error, facts in cases:
        with pytest.raises(error):
            create_listing(vendor=vendor, actor=ACTOR, data=shop.listing_data(**facts))
    shop.draft(vendor, sku="A1")
    with pytest.raises(SkuTaken):
        shop.draft(vendor, sku="A1")
    other = shop.draft(vendor, sku="A2")
    with pytest.raises(SkuTaken):
        update_listing(listing=other, actor=ACTOR, data=shop.listing_data(sku="A1"))
    assert Product.objects.count() == 2


def test_an_incomplete_listing_names_what_is_missing() -> None:
    bare = shop.draft(description="", unit="", net_weight_g=None, storage="", origin_commune_code="", price_amount=None)
    with pytest.raises(ListingIncomplete) as refusal:
        submit_listing(listing=bare, actor=ACTOR)
    assert [item.field for item in refusal.value.missing] == [
        "description",
        "price_amount",
        "unit",
        "origin_commune",
        "pictures",
        "net_weight_g",
        "storage",
    ]


def test_way_through_review() -> None:
    listing = shop.submitted()
    assert flags(listing) == ("submitted", False, False)
    with pytest.raises(NotEditable):
        update_listing(listing=listing, actor=ACTOR, data=shop.listing_data())
    with pytest.raises(ReasonMissing):
        reject_listing(listing=listing, actor=ACTOR, reason="")
    reject_listing(listing=listing, actor=ACTOR, reason="Ảnh mờ.")
    assert Listing.objects.get().state_reason == "Ảnh mờ."
    submit_listing(listing=listing, actor=ACTOR)
    publish_listing(listing=listing, actor=ACTOR)
    assert flags(listing) == ("published", True, True)
    decisions = Job.objects.filter(kind="listing.decided").order_by("created_at")
    assert [job.args["decision"] for job in decisions] == ["rejected", "published"]
    pause_listing(listing=listing, actor=ACTOR)
    assert flags(listing) == ("paused", True, False)
    resume_listing(listing=listing, actor=ACTOR)
    assert flags(listing) == ("published", True, True)
    withdraw_listing(listing=listing, actor=ACTOR)
    assert flags(listing) == ("draft", False, False)
    archive_listing(listing=listing, actor=ACTOR)
    with pytest.raises(IllegalTransition):
        submit_listing(listing=listing, actor=ACTOR)


def test_suspended_vendor_cannot_publish_or_resume() -> None:
    vendor = shop.vendor()
    waiting, paused = shop.submitted(vendor), shop.published(vendor)
    pause_listing(listing=paused, actor=ACTOR)
    draft = shop.draft(vendor)
    suspend_vendor(vendor=vendor, actor=ACTOR, reason="Giấy hết hạn.")
    for write, listing in ((publish_listing, waiting), (resume_listing, paused), (submit_listing, draft)):
        with pytest.raises(VendorMayNotSell):
            write(listing=listing, actor=ACTOR)


def test_price_and_stock_change_at_once_and_keep_promised_units() -> None:
    listing = shop.published()
    StockRecord.objects.update(num_allocated=4)
    set_price(listing=listing, actor=ACTOR, price_amount=300_000)
    set_stock(listing=listing, actor=ACTOR, available=0)
    stock = StockRecord.objects.get()
    assert (stock.price_amount, stock.num_in_stock, stock.num_allocated, stock.available) == (300_000, 4, 4, 0)
    assert list(
        AuditEvent.objects.filter(verb__in=["listing.price", "listing.stock"]).values_list("before", "after")
    ) == [
        ({"price_amount": 285_000}, {"price_amount": 300_000}),
        ({"available": 6}, {"available": 0}),
    ]
    with pytest.raises(BadStock):
        set_stock(listing=listing, actor=ACTOR, available=-1)


def test_reads_are_scoped_and_bounded() -> None:
    one, two = shop.vendor(), shop.vendor()
    mine = [shop.published(one, available=count) for count in (2, 8, 4)]
    foreign = shop.submitted(two)
    archive_listing(listing=mine[1], actor=ACTOR)
    with CaptureQueriesContext(connection) as queries:
        rows = [row_of(listing) for listing in listings_of(vendor=one)]
    assert len(queries) == 4
    assert [(row.id, row.available, row.is_low) for row in rows] == [(mine[2].pk, 4, True), (mine[0].pk, 2, True)]
    assert [row.id for row in low_stock(vendor=one)] == [mine[0].pk, mine[2].pk]
    assert counts_of(vendor=one)["published"] == 2
    assert [listing.pk for listing in submitted()] == [foreign.pk]
    with pytest.raises(Listing.DoesNotExist):
        listing_of(vendor=one, listing_id=foreign.pk)
    assert category_choices() == [(make_category().pk, "Hải sản chế biến")]


@pytest.mark.parametrize("state", ["draft", "submitted", "rejected"])
def test_only_a_reviewer_puts_goods_on_sale_that_nobody_has_reviewed(state: str) -> None:
    listing = shop.draft() if state == "draft" else shop.submitted()
    if state == "rejected":
        reject_listing(listing=listing, actor=ACTOR, reason="Ảnh mờ.")
    with pytest.raises(IllegalTransition):
        resume_listing(listing=listing, actor=ACTOR)
    assert flags(listing) == (state, False, False)


@pytest.mark.parametrize("state", ["draft", "paused"])
def test_a_reviewer_publishes_only_what_waits_for_review(state: str) -> None:
    listing = shop.draft() if state == "draft" else pause_listing(listing=shop.published(), actor=ACTOR)
    with pytest.raises(IllegalTransition):
        publish_listing(listing=listing, actor=ACTOR)
    assert Listing.objects.get().state == state


def test_what_was_sent_in_anew_is_not_published_unread() -> None:
    listing = shop.submitted(title="Mật ong rừng")
    read = listing.submitted_at
    withdraw_listing(listing=listing, actor=ACTOR)
    update_listing(listing=listing, actor=ACTOR, data=shop.listing_data(title="Mật ong chữa bách bệnh"))
    again = submit_listing(listing=listing, actor=ACTOR)
    with pytest.raises(IllegalTransition):
        publish_listing(listing=listing, actor=ACTOR, seen=read)
    assert flags(listing) == ("submitted", False, False)
    publish_listing(listing=listing, actor=ACTOR, seen=again.submitted_at)
    assert flags(listing) == ("published", True, True)


def test_saving_a_price_does_not_bring_sold_units_back() -> None:
    listing = shop.published(available=10)
    stock = StockRecord.objects.get()
    reserve(quantities={stock.pk: 7})
    set_terms(listing=listing, actor=ACTOR, price_amount=300_000, available=10, seen=10)
    stock.refresh_from_db()
    assert (stock.price_amount, stock.available, stock.num_in_stock) == (300_000, 3, 10)
    with pytest.raises(StockMoved, match="3"):
        set_terms(listing=listing, actor=ACTOR, price_amount=310_000, available=12, seen=10)
    stock.refresh_from_db()
    assert (stock.price_amount, stock.available) == (300_000, 3)
    set_terms(listing=listing, actor=ACTOR, price_amount=310_000, available=12, seen=3)
    stock.refresh_from_db()
    assert (stock.price_amount, stock.available, stock.num_in_stock) == (310_000, 12, 19)


def test_a_price_is_whole_dong() -> None:
    shop.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        StockRecord.objects.update(price=Decimal("285000.50"))
