"""The portal as its members use it, and what it keeps from everybody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.accounts.models import User
from apps.jobs.models import Job
from apps.kernel.actor import Actor
from apps.listings.models import Listing
from apps.provenance.models import Certificate
from apps.shop.catalogue.models import ProductImage
from apps.shop.partner.models import StockRecord
from apps.vendors.models import Vendor
from apps.vendors.services import approve_vendor, reject_vendor, suspend_vendor
from tests.factories import shop
from tests.factories.catalogue import make_category
from tests.factories.people import make_user
from tests.factories.places import make_commune
from tests.factories.vendors import make_member

pytestmark = pytest.mark.django_db
ACTOR = Actor.system()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def owner_of(vendor: Vendor) -> Client:
    return signed_in(vendor.memberships.get(role="owner").user)


def application(**facts: object) -> dict[str, object]:
    commune = make_commune()
    given: dict[str, object] = {
        "name": "HTX Đại Ngàn",
        "producer_type": "cooperative",
        "tax_code": "5799900019",
        "province": commune.province_id,
        "commune": commune.code,
        "street": "Thôn Đông",
        "phone": "0912 345 678",
        "email": "htx@vidu.test",
        "about": "",
        "agrees": "on",
        "papers": [SimpleUploadedFile("giay.pdf", shop.PDF)],
    }
    return {**given, **facts}


def product(**facts: object) -> dict[str, object]:
    commune = make_commune()
    given: dict[str, object] = {
        "title": "Mật ong rừng",
        "category": make_category().pk,
        "description": "Mật ong hoa rừng.",
        "price_amount": "285.000 ₫",
        "unit": "chai 500 ml",
        "net_volume_ml": "500",
        "shipping_weight_g": "1.200",
        "available": "8",
        "storage": "Nơi khô",
        "province": commune.province_id,
        "commune": commune.code,
        "season_months": ["3", "4"],
    }
    return {**given, **facts}


def test_strangers_see_the_landing_and_sign_in_for_the_rest(client: Client) -> None:
    assert client.get("/ban-hang/").status_code == 200
    for path in ("dang-ky/", "san-pham/", "don-hang/", "ho-so/", "san-pham/1/", "giay-to/1/"):
        answer = client.get(f"/ban-hang/{path}")
        assert answer.status_code == 302
        assert "next=/ban-hang/" in answer["Location"]


def test_application_keeps_what_was_entered_and_then_arrives() -> None:
    person = make_user()
    client = signed_in(person)
    refused = client.post("/ban-hang/dang-ky/", application(tax_code="5799900018"))
    assert refused.status_code == 422
    assert "HTX Đại Ngàn" in refused.content.decode()
    assert Vendor.objects.count() == 0
    assert client.post("/ban-hang/dang-ky/", application()).status_code == 302
    vendor = Vendor.objects.get()
    assert (vendor.state, vendor.papers.count()) == ("applied", 1)
    assert client.get("/ban-hang/").status_code == 200
    reject_vendor(vendor=vendor, actor=ACTOR, reason="Ảnh mờ quá.")
    assert "Ảnh mờ quá." in client.get("/ban-hang/").content.decode()
    assert client.post("/ban-hang/dang-ky/", application(papers=[])).status_code == 302
    approve_vendor(vendor=vendor, actor=ACTOR)
    assert client.get("/ban-hang/").status_code == 200


def test_communes_come_without_javascript() -> None:
    client = signed_in(make_user())
    commune = make_commune()
    answer = client.post("/ban-hang/dang-ky/", application(commune="", choose="1"))
    assert answer.status_code == 200
    assert commune.full_name in answer.content.decode()


def test_a_product_from_form_to_review() -> None:
    client = owner_of(shop.vendor())
    photos = [SimpleUploadedFile("a.jpg", shop.photo()), SimpleUploadedFile("b.txt", b"no photo")]
    assert client.post("/ban-hang/san-pham/moi/", product(pictures=photos)).status_code == 302
    listing = Listing.objects.select_related("product").get()
    stock = StockRecord.objects.get()
    assert (stock.price_amount, stock.available) == (285_000, 8)
    assert (listing.product.season_months, listing.product.shipping_weight_g) == (frozenset({3, 4}), 1200)
    assert ProductImage.objects.count() == 1
    page = f"/ban-hang/san-pham/{listing.pk}/"
    assert client.post(page, product(title="Mật ong Ba Chẽ", price_amount="95k")).status_code == 302
    assert StockRecord.objects.get().price_amount == 95_000
    assert client.post(page, product(price_amount="rẻ")).status_code == 422
    client.post(f"{page}viec/", {"act": "submit"})
    listing.refresh_from_db()
    assert listing.state == "submitted"
    for path in ("", "xem-thu/", "chung-nhan/"):
        assert client.get(f"{page}{path}").status_code == 200


def test_price_and_stock_of_what_is_on_sale() -> None:
    vendor = shop.vendor()
    listing = shop.published(vendor)
    client = owner_of(vendor)
    client.post(
        f"/ban-hang/san-pham/{listing.pk}/gia-kho/", {"price_amount": "300.000", "available": "3", "seen": "10"}
    )
    stock = StockRecord.objects.get()
    assert (stock.price_amount, stock.available, stock.listed) == (300_000, 3, True)
    client.post(f"/ban-hang/san-pham/{listing.pk}/viec/", {"act": "withdraw"})
    assert StockRecord.objects.get().listed is False


def test_a_certificate_is_claimed_and_its_scan_kept() -> None:
    vendor = shop.vendor()
    listing = shop.draft(vendor)
    client = owner_of(vendor)
    claim = {
        "stars": "4",
        "number": "QN-1",
        "decision_number": "1/QĐ-UBND",
        "level": "province",
        "issuer": "UBND tỉnh Quảng Ninh",
        "holder": vendor.name,
        "valid_from": "2025-12-01",
        "scan": SimpleUploadedFile("cn.pdf", shop.PDF),
    }
    assert client.post(f"/ban-hang/san-pham/{listing.pk}/chung-nhan/", claim).status_code == 302
    certificate = Certificate.objects.get()
    assert certificate.state == "claimed"
    assert b"".join(client.get(f"/ban-hang/chung-nhan/{certificate.pk}/ban-quet/").streaming_content) == shop.PDF


def test_a_foreign_id_is_404() -> None:
    one, two = shop.vendor(), shop.vendor()
    listing, paper = shop.submitted(two), two.papers.get()
    picture = ProductImage.objects.get()
    client = owner_of(one)
    base = f"/ban-hang/san-pham/{listing.pk}/"
    for path in (base, f"{base}xem-thu/", f"{base}chung-nhan/", f"/ban-hang/giay-to/{paper.pk}/"):
        assert client.get(path).status_code == 404
    for path in (f"{base}viec/", f"{base}gia-kho/", f"{base}anh/", f"{base}anh/{picture.pk}/"):
        assert client.post(path, {"act": "withdraw"}).status_code == 404
    assert client.get("/ban-hang/don-hang/ABCDEFGH-1/").status_code == 404
    listing.refresh_from_db()
    assert listing.state == "submitted"


@pytest.mark.parametrize(
    ("role", "orders", "listings", "profile"),
    [("owner", 200, 200, 200), ("catalogue", 403, 200, 403), ("orders", 200, 403, 403), ("finance", 403, 403, 403)],
)
def test_roles_open_their_own_rooms(role: str, orders: int, listings: int, profile: int) -> None:
    vendor = shop.vendor()
    client = signed_in(make_member(vendor, role))
    rooms = ("don-hang/", "san-pham/", "ho-so/")
    assert [client.get(f"/ban-hang/{room}").status_code for room in rooms] == [orders, listings, profile]
    assert client.get("/ban-hang/").status_code == 200


def test_a_suspended_vendor_reads_why_and_cannot_send() -> None:
    vendor = shop.vendor()
    draft = shop.draft(vendor)
    suspend_vendor(vendor=vendor, actor=ACTOR, reason="Giấy hết hạn.")
    client = owner_of(vendor)
    assert "Giấy hết hạn." in client.get("/ban-hang/").content.decode()
    client.post(f"/ban-hang/san-pham/{draft.pk}/viec/", {"act": "submit"})
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert Job.objects.filter(kind="listing.decided").count() == 0
