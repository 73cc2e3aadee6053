"""What a checkout refuses, and that nothing has happened then."""

import pytest

from apps.accounts.phones import BadPhone
from apps.jobs.models import Job
from apps.kernel.actor import Actor
from apps.kernel.errors import DomainError
from apps.ordering.models import OrderNumber
from apps.purchase import services
from apps.shop.basket.models import Basket
from apps.shop.basket.services import BasketClosed
from apps.shop.order.models import Order
from apps.shop.partner.models import StockRecord
from tests.factories.catalogue import make_product
from tests.factories.people import make_user
from tests.factories.sales import details, make_basket, ready_to_sell, total_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    ready_to_sell()


def refuse(error: type[DomainError], basket: Basket, *, seen: int | None = None, **fields: object) -> DomainError:
    """Submit and expect this refusal; no order, no number, no job and no promised unit is left behind."""
    seen = total_of(basket) if seen is None else seen
    with pytest.raises(error) as refusal:
        services.place(basket_id=basket.pk, details=details(**fields), seen_total=seen, actor=Actor.guest())
    assert (Order.objects.count(), OrderNumber.objects.count(), Job.objects.count()) == (0, 0, 0)
    assert not StockRecord.objects.filter(num_allocated__gt=0).exists()
    assert Basket.objects.get(pk=basket.pk).status == Basket.OPEN
    return refusal.value


@pytest.mark.parametrize(
    ("error", "fields"),
    [
        (services.NameMissing, {"name": "  "}),
        (BadPhone, {"phone": "091234567"}),
        (services.CommuneMissing, {"commune_code": "99999"}),
        (services.StreetMissing, {"street": ""}),
        (services.UnknownPaymentMethod, {"payment_method": "cheque"}),
    ],
)
def test_details(error: type[DomainError], fields: dict[str, str]) -> None:
    refuse(error, make_basket(make_product()), **fields)


def test_the_phone_says_what_is_wrong() -> None:
    refusal = refuse(BadPhone, make_basket(make_product()), phone="091 234 567")

    assert "9" in str(refusal)
    assert "0912 345 678" in str(refusal)


def test_an_empty_basket() -> None:
    refuse(services.BasketEmpty, make_basket())


def test_another_total_than_seen() -> None:
    product = make_product(price=100_000)
    basket = make_basket(product)
    seen = total_of(basket)
    StockRecord.objects.filter(product=product).update(price=120_000)

    change = refuse(services.TotalChanged, basket, seen=seen)

    assert isinstance(change, services.TotalChanged)
    assert (change.old.amount, change.new.amount) == (seen, seen + 20_000)
    assert change.view.groups[0].lines[0].added_price.amount == 100_000


@pytest.mark.parametrize("change", [{"vendor_open": False}, {"listed": False}, {"num_in_stock": 1}])
def test_goods_that_cannot_be_ordered(change: dict[str, int]) -> None:
    product = make_product()
    basket = make_basket((product, 2))
    StockRecord.objects.filter(product=product).update(**change)

    refusal = refuse(services.BasketBlocked, basket)

    assert isinstance(refusal, services.BasketBlocked)
    assert [len(line.notices) for line in refusal.view.groups[0].lines] == [1]


def test_alcohol_for_cash() -> None:
    refuse(services.CashRefused, make_basket(make_product(is_alcohol=True)))


def test_somebody_elses_basket() -> None:
    refuse(BasketClosed, make_basket(make_product(), user_id=make_user().pk))


def test_a_basket_that_never_was() -> None:
    with pytest.raises(BasketClosed):
        services.place(basket_id=4711, details=details(), seen_total=1, actor=Actor.guest())
