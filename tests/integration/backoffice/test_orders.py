"""Admins find any order and read what happened to it."""

import unicodedata

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.kernel.actor import Actor
from apps.ordering import services
from apps.ordering.states import VendorOrderState as S
from apps.shop.order.models import Order
from tests.factories.catalogue import make_product
from tests.factories.people import make_user
from tests.factories.sales import make_order, part_of
from tests.factories.vendors import make_member
from tests.integration.backoffice.desk import desk

pytestmark = pytest.mark.django_db
URL = "/quan-tri/don-hang/"


def found(text: str) -> list[Order]:
    """What the search shows."""
    return list(desk().get(URL, {"q": text}).context["page"])


@pytest.fixture
def order() -> Order:
    """The order that is looked for, among others."""
    person = make_user("dang.anh@example.test")
    wanted = make_order(make_product(), user_id=person.pk, name="Đặng Thị Ánh", phone="0987 654 321")
    make_order(make_product(), name="Trần Văn Bình", email="binh@example.test")
    return wanted


def test_by_number_in_any_spelling(order: Order) -> None:
    number, part = order.number, order.vendor_orders.get().number
    spellings = {
        number,
        number.lower(),
        f" {number[:4]} {number[4:]} ",
        f"{number[:4]}-{number[4:]}",
        f"{number[:4]}.{number[4:]}".lower(),
        part,
        f" {part[:5]}-{part[5:]} ".lower(),
        number.replace("0", "o").replace("1", "l"),
    }
    assert {text: found(text) for text in spellings} == dict.fromkeys(spellings, [order])


@pytest.mark.parametrize(
    "text", ["0987654321", "0987 654 321", "+84 987 654 321", "84987654321", "0987.654.321", "987654321", "87654321"]
)
def test_by_phone_in_any_spelling(order: Order, text: str) -> None:
    assert found(text) == [order]


@pytest.mark.parametrize(
    "text", ["Đặng Thị Ánh", "đặng thị ánh", "ĐẶNG", "Ánh", unicodedata.normalize("NFD", "Đặng Thị")]
)
def test_by_name_whatever_the_case(order: Order, text: str) -> None:
    assert found(text) == [order]


def test_by_mail_of_the_account_or_of_the_guest(order: Order) -> None:
    guest = make_order(make_product(), email="khach.moi@example.test")
    assert found("Dang.Anh@example.test") == [order]
    assert found("khach.moi@EXAMPLE.test") == [guest]


@pytest.mark.parametrize("text", ["ZZZZZZZZ", "4321", ".*", "Nguyễn Văn Không", "%"])
def test_what_fits_nothing_finds_nothing(order: Order, text: str) -> None:
    page = desk().get(URL, {"q": text})
    assert list(page.context["page"]) == []
    assert _("No order fits. Check the number, or search by phone.") in page.content.decode()


def test_without_a_search_the_latest_order_comes_first(order: Order) -> None:
    latest = make_order(make_product())
    assert (found("")[0], len(found(""))) == (latest, 3)


def test_an_order_shows_every_part_and_who_did_what() -> None:
    one, two = make_product(title="Chả mực Hạ Long"), make_product(title="Chè Tân Cương")
    order = make_order(one, two, name="Đặng Thị Ánh", phone="0987 654 321", street="Ngõ 5")
    shipped, cancelled = part_of(order, one), part_of(order, two)
    member = make_member(shipped.vendor)
    member.full_name = "Phạm Đóng Gói"
    member.save()
    actor = Actor.person(member.pk, shipped.vendor_id)
    services.accept(vendor_order=shipped, actor=actor)
    services.pack(vendor_order=shipped, actor=actor)
    services.hand_over(vendor_order=shipped, actor=actor, carrier="ghn", tracking_number="GHN123456")
    services.cancel(vendor_order=cancelled, actor=Actor.system(), reason="Hết hàng từ sáng.")
    page = desk().get(reverse("backoffice:order", args=[order.number])).content.decode()
    expected = [
        "Chả mực Hạ Long", "Chè Tân Cương", shipped.number, cancelled.number, "Giao Hàng Nhanh", "GHN123456",
        "Hết hàng từ sáng.", "Phạm Đóng Gói", "Đặng Thị Ánh", "0987 654 321", "Ngõ 5",
        shipped.vendor.name, cancelled.vendor.name,
    ]  # fmt: skip
    assert [word for word in expected if word not in page] == []


def test_the_record_of_an_order_is_complete_and_the_latest_comes_first() -> None:
    product = make_product()
    order, other = make_order(product), make_order(product)
    part = part_of(order, product)
    services.accept(vendor_order=part, actor=Actor.system())
    services.accept(vendor_order=part_of(other, product), actor=Actor.system())
    services.cancel(vendor_order=part, actor=Actor.system(), reason="Vỡ hộp.")
    history = desk().get(reverse("backoffice:order", args=[order.number])).context["history"]
    assert [(deed.words, deed.about, deed.reason) for deed in history] == [
        (S.CANCELLED.label, part.number, ""),
        (S.ACCEPTED.label, part.number, ""),
        (_("Ordered"), "", ""),
    ]


def test_an_unknown_order_is_404() -> None:
    assert desk().get(reverse("backoffice:order", args=["ZZZZZZZZ"])).status_code == 404
