"""Pages for readers: what is shown, what is hidden, and that every reader gets the same page."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from apps.kernel.clock import today
from apps.kernel.seasons import mask_of_months
from apps.listings.states import ListingState
from apps.shop.catalogue.models import Category, Product
from apps.shop.catalogue.reviews.models import ProductReview
from apps.shop.partner.models import StockRecord
from apps.vendors.states import VendorState
from tests.factories.catalogue import make_category, make_certificate, make_product
from tests.factories.people import make_user
from tests.factories.places import make_province
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.django_db


def goods(title: str, **fields: Any) -> Product:
    product = make_product(title=title, **fields)
    product.refresh_search_text(product.listing.vendor.name)
    product.save()
    return product


def titles(response: Any) -> list[str]:
    return [card.title for card in response.context["listing"].cards]


PAGES = ["/", "/tim-kiem/", "/tinh/", "/tinh/quang-ninh/", "/so-chung-nhan/", "/tro-giup/", "/tro-giup/doi-tra/"]


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_the_same_for_every_reader(client: Client, path: str, language: str) -> None:
    make_certificate(goods("Chả mực"))
    response = client.get(language + path)
    assert response.status_code == 200
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.cookies == {}
    assert b"csrfmiddlewaretoken" not in response.content


def test_the_product_page_sets_no_cookie_either(client: Client) -> None:
    response = client.get(goods("Chả mực").get_absolute_url())
    assert (response.status_code, response.cookies) == (200, {})
    assert "Cookie" not in response.headers.get("Vary", "")


def test_a_page_for_a_reader_with_a_place_is_private(client: Client) -> None:
    make_province("79")
    client.cookies["giao-den"] = "79"
    response = client.get("/")
    assert "Cookie" in response["Vary"]
    assert "private" in response["Cache-Control"]


def test_only_goods_on_sale_have_a_page(client: Client) -> None:
    shown = goods("Chả mực")
    draft = goods("Nháp", state=ListingState.DRAFT)
    suspended = goods("Tạm dừng", vendor=make_vendor(state=VendorState.SUSPENDED))
    assert [client.get(one.get_absolute_url()).status_code for one in (shown, draft, suspended)] == [200, 404, 200]
    assert titles(client.get("/tim-kiem/")) == ["Chả mực"]
    assert client.get(suspended.listing.vendor.get_absolute_url()).status_code == 404


def test_another_slug_leads_to_the_right_one(client: Client) -> None:
    product = goods("Chả mực")
    response = client.get(f"/san-pham/ten-cu-{product.pk}/")
    assert (response.status_code, response["Location"]) == (301, product.get_absolute_url())


def test_sold_out_goods_stay_and_cannot_be_added(client: Client) -> None:
    product = goods("Chả mực", stock=0)
    response = client.get(product.get_absolute_url())
    assert response.context["card"].sold_out is True
    assert 'name="product_id"' not in response.content.decode()
    assert titles(client.get("/tim-kiem/?con-hang=1")) == []


def test_stars_end_with_the_certificate(client: Client) -> None:
    valid, over, none = goods("Còn hạn"), goods("Hết hạn"), goods("Không giấy")
    make_certificate(valid, stars=5)
    make_certificate(over, stars=4, days_left=-1)
    cards = {card.title: card for card in client.get("/tim-kiem/").context["listing"].cards}
    assert [(cards[one.title].stars, cards[one.title].expired) for one in (valid, over, none)] == [
        (5, False),
        (None, True),
        (None, False),
    ]
    page = client.get(over.get_absolute_url())
    assert page.context["page"].certificate.expired is True
    assert 'class="seal"' not in page.content.decode()
    assert client.get(none.get_absolute_url()).context["page"].certificate is None


def test_values_of_one_key_mean_or_and_keys_mean_and(client: Client) -> None:
    for stars, title in ((5, "Năm sao"), (4, "Bốn sao"), (3, "Ba sao")):
        make_certificate(goods(title), stars=stars)
    hanoi = make_vendor(commune="00004")
    make_certificate(goods("Hà Nội năm sao", vendor=hanoi), stars=5)
    found = client.get("/tim-kiem/?sao=5&sao=4&tinh=quang-ninh")
    assert sorted(titles(found)) == ["Bốn sao", "Năm sao"]
    counts = found.context["listing"].result.counts
    assert {key: dict(counts[key]) for key in ("sao", "tinh")} == {
        "sao": {"5": 1, "4": 1, "3": 1},
        "tinh": {"quang-ninh": 2, "ha-noi": 1},
    }


def test_few_results_name_the_filter_that_hides_the_most(client: Client) -> None:
    make_certificate(goods("Một", vendor=make_vendor(commune="00004")), stars=5)
    for title in ("Hai", "Ba"):
        make_certificate(goods(title), stars=5)
    relaxed = client.get("/tim-kiem/?sao=5&tinh=ha-noi").context["listing"].relaxations[0]
    assert ([card.title for card in relaxed.cards], relaxed.url) == (["Ba", "Hai"], "?sao=5")


def test_words_with_and_without_accents(client: Client) -> None:
    goods("Chả mực giã tay")
    goods("Cha lụa")
    assert titles(client.get("/tim-kiem/", {"q": "chả"})) == ["Chả mực giã tay"]
    assert sorted(titles(client.get("/tim-kiem/", {"q": "CHA"}))) == ["Cha lụa", "Chả mực giã tay"]
    nothing = client.get("/tim-kiem/", {"q": "chả mựcj"})
    assert (titles(nothing), nothing.context["listing"].result.suggestion) == ([], "chả mực")


def test_a_province_by_name_finds_its_goods(client: Client) -> None:
    goods("Trà sen", vendor=make_vendor(commune="00004"))
    goods("Chả mực")
    assert titles(client.get("/tim-kiem/", {"q": "ha noi"})) == ["Trà sen"]


def test_a_product_code_or_certificate_number_leads_to_the_product(client: Client) -> None:
    product = goods("Chả mực")
    StockRecord.objects.filter(product=product).update(partner_sku="DS0001")
    make_certificate(product, number="22-2025-0001")
    for words in ("ds0001", "22-2025-0001"):
        response = client.get("/tim-kiem/", {"q": words})
        assert (response.status_code, response["Location"]) == (302, product.get_absolute_url())
    facts = client.get(product.get_absolute_url()).context["page"].facts
    assert [fact.words for fact in facts if fact.term == "Mã sản phẩm"] == ["DS0001"]


def test_a_code_that_two_vendors_use_lists_both(client: Client) -> None:
    both = [goods("Chả mực"), goods("Trà sen")]
    StockRecord.objects.filter(product__in=both).update(partner_sku="DS0001")
    assert sorted(titles(client.get("/tim-kiem/", {"q": "DS0001"}))) == ["Chả mực", "Trà sen"]


def test_prices_seasons_and_order(client: Client) -> None:
    goods("Rẻ", price=50_000)
    goods("Vừa", price=200_000, season_mask=mask_of_months([today().month]))
    goods("Đắt", price=2_000_000)
    assert titles(client.get("/tim-kiem/?gia=0-100000&gia=1000000-&sap-xep=gia-giam")) == ["Đắt", "Rẻ"]
    assert titles(client.get(f"/tim-kiem/?mua={today().month}")) == ["Vừa"]
    assert client.get("/dang-mua/")["Location"] == f"/tim-kiem/?mua={today().month}"


def test_pages_are_links(client: Client) -> None:
    for number in range(30):
        goods(f"Món {number}")
    first, last = client.get("/tim-kiem/"), client.get("/tim-kiem/?trang=2")
    assert (len(titles(first)), len(titles(last)), len({*titles(first), *titles(last)})) == (24, 6, 30)
    assert 'href="?trang=2"' in first.content.decode()


def test_a_category_has_the_goods_of_those_below_it(client: Client) -> None:
    root = make_category("Hải sản")
    child = Category.objects.add_child(root, instance=Category(name="Chả", name_en="Cakes", slug="cha"))
    goods("Chả mực", category=child)
    goods("Trà", category=make_category("Trà"))
    assert titles(client.get(root.get_absolute_url())) == ["Chả mực"]
    assert titles(client.get(child.get_absolute_url())) == ["Chả mực"]
    assert client.get("/danh-muc/khong-co/").status_code == 404


def test_search_engines_read_the_product(client: Client) -> None:
    product = goods("Chả </script> mực", price=285_000)
    StockRecord.objects.filter(product=product).update(partner_sku="DS0001")
    page = client.get(product.get_absolute_url()).content.decode()
    blocks = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]
    assert [block["@type"] for block in blocks] == ["Product", "BreadcrumbList"]
    offer = blocks[0]["offers"]
    assert (blocks[0]["name"], blocks[0]["sku"]) == ("Chả </script> mực", "DS0001")
    assert (offer["price"], offer["priceCurrency"], offer["availability"]) == (
        "285000",
        "VND",
        "https://schema.org/InStock",
    )


def test_reviews_that_wait_are_not_shown(client: Client) -> None:
    product, buyer = goods("Chả mực"), make_user()
    for score, status in ((5, ProductReview.APPROVED), (4, ProductReview.APPROVED), (1, ProductReview.FOR_MODERATION)):
        person = buyer if score == 5 else make_user()
        ProductReview.objects.create(product=product, user=person, score=score, title="x", body="Ngon", status=status)
    page = client.get(product.get_absolute_url()).context["page"]
    assert (page.scores.count, page.scores.mean) == (2, 4.5)
    assert [(bar.score, bar.count) for bar in page.bars] == [(5, 1), (4, 1), (3, 0), (2, 0), (1, 0)]
    only = client.get(product.get_absolute_url(), {"diem": "4"}).context["page"]
    assert [review.score for review in only.reviews] == [4]


def test_the_register_has_valid_certificates_only(client: Client) -> None:
    make_certificate(goods("Còn hạn"), number="A-1")
    make_certificate(goods("Hết hạn"), number="A-2", days_left=-1)
    make_certificate(goods("Ngừng bán", state=ListingState.PAUSED), number="A-3")
    assert [row.number for row in client.get("/so-chung-nhan/").context["rows"]] == ["A-1"]
    assert [row.number for row in client.get("/so-chung-nhan/", {"q": "con han"}).context["rows"]] == ["A-1"]
    assert [row.number for row in client.get("/so-chung-nhan/", {"q": "a-1"}).context["rows"]] == ["A-1"]


def test_pages_for_machines(client: Client) -> None:
    product = goods("Chả mực")
    assert client.get("/healthz").json() == {"status": "ok", "database": "ok"}
    assert "Sitemap: " in client.get("/robots.txt").content.decode()
    listed = client.get("/sitemap-products.xml").content.decode()
    assert listed.count(f"{product.get_absolute_url()}</loc>") == 2
    assert client.get("/sitemap.xml").status_code == 200


@pytest.mark.parametrize("key", ["sap-xep", "gia", "con-hang", "nguyen-van"])
@pytest.mark.parametrize("before", ["/tim-kiem/?", "/en/tim-kiem/?q=tra&"])
def test_robots_leave_out_the_many_addresses_of_the_same_goods(client: Client, before: str, key: str) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    refused = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    patterns = [re.compile(re.escape(path).replace(r"\*", ".*")) for path in refused]
    assert [any(pattern.match(f"{before}{word}=1") for pattern in patterns) for word in (key, "q")] == [True, False]


def test_price_and_stock_are_fresh_although_counts_are_kept(client: Client) -> None:
    product = goods("Chả mực", season_mask=mask_of_months([today().month]))
    assert [card.available for card in client.get("/").context["page"].in_season] == [10]
    StockRecord.objects.filter(product=product).update(num_in_stock=0)
    assert [card.sold_out for card in client.get("/").context["page"].in_season] == [True]
    StockRecord.objects.filter(product=product).update(vendor_open=False)
    assert client.get("/").context["page"].in_season == []
