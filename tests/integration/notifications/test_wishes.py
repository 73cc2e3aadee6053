"""Being told that goods are back: everybody who asked, once."""

import datetime as dt

import pytest
from django.core import mail

from apps.accounts.models import User
from apps.jobs import worker
from apps.jobs.registry import handler_of
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.notifications import wishes
from apps.notifications.models import StockWish
from apps.notifications.wishes import InStock, TooManyWishes, forget_wish, look_for_stock, purge_wishes, wait_for
from apps.shop.catalogue.models import Product
from apps.shop.partner.models import StockRecord
from tests.factories.catalogue import make_product
from tests.factories.people import make_user
from tests.integration.notifications.letters import LANGUAGES, check_letter, last_link, opened, sent

pytestmark = pytest.mark.django_db


def waiting(product: Product, **fields: object) -> User:
    person = make_user(**fields)
    wait_for(product=product, actor=Actor.person(person.pk))
    return person


def stock(product: Product, number: int, **values: object) -> None:
    StockRecord.objects.filter(product=product).update(num_in_stock=number, **values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_who_waits_is_told_once_in_their_language(language: str) -> None:
    product = make_product(stock=0, title="Ngọc trai Hạ Long")
    people = [waiting(product, full_name="Lê Hoa", language=language) for _ in range(2)]
    other = waiting(make_product(stock=0))
    assert (look_for_stock(), sent()) == (0, [])
    stock(product, 3)
    assert (look_for_stock(), look_for_stock()) == (2, 0)
    letters = sent()
    for person, letter in zip(people, letters, strict=True):
        check_letter(letter, to=person.email, language=language, facts=["Lê Hoa", "Ngọc trai Hạ Long"])
        assert opened(last_link(letter))[0] == 200
        assert list(person.notices.values_list("event", "facts__product")) == [("stock.back", product.pk)]
    assert list(StockWish.objects.values_list("user", flat=True)) == [other.pk]
    stock(product, 0)
    stock(product, 5)
    assert (look_for_stock(), sent()) == (0, [])


@pytest.mark.parametrize("values", [{"num_allocated": 2}, {"listed": False}, {"vendor_open": False}])
def test_what_cannot_be_bought_is_not_back(values: dict[str, object]) -> None:
    product = make_product(stock=0)
    waiting(product)
    stock(product, 2, **values)
    assert look_for_stock() == 0


def test_goods_that_are_sold_out_again_are_waited_for_on() -> None:
    product = make_product(stock=0)
    person = waiting(product)
    stock(product, 1)
    assert look_for_stock() == 1
    stock(product, 0)
    assert (sent(), person.notices.count(), look_for_stock()) == ([], 0, 0)
    stock(product, 1)
    assert look_for_stock() == 1
    assert [letter.to for letter in sent()] == [[person.email]]


def test_whoever_waits_again_later_is_told_again() -> None:
    product = make_product(stock=0)
    person = waiting(product)
    for _ in range(2):
        stock(product, 1)
        look_for_stock()
        assert [letter.to for letter in sent()] == [[person.email]]
        stock(product, 0)
        wait_for(product=product, actor=Actor.person(person.pk))
    assert person.notices.count() == 2


def test_a_handler_that_runs_twice_and_one_that_comes_too_late_tell_nobody() -> None:
    product = make_product(stock=0)
    waiting(product)
    wish = StockWish.objects.get()
    stock(product, 1)
    for _ in range(2):
        handler_of("stock.back")({"wish_id": wish.pk})
    assert len(mail.outbox) == 1
    mail.outbox.clear()
    left = waiting(make_product(stock=0))
    forget_wish(product_id=left.stock_wishes.get().product_id, actor=Actor.person(left.pk))
    worker.run_all()
    assert (StockWish.objects.count(), mail.outbox) == (0, [])


def test_there_is_nothing_to_wait_for_in_stock_and_not_for_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    actor, first, second = Actor.person(make_user().pk), make_product(stock=0), make_product(stock=0)
    with pytest.raises(InStock):
        wait_for(product=make_product(stock=1), actor=actor)
    monkeypatch.setattr(wishes, "MOST_WISHES", 1)
    assert wait_for(product=first, actor=actor) == wait_for(product=first, actor=actor)
    with pytest.raises(TooManyWishes):
        wait_for(product=second, actor=actor)
    assert StockWish.objects.count() == 1


def test_wishes_of_last_year_are_forgotten() -> None:
    old, new = waiting(make_product(stock=0)), waiting(make_product(stock=0))
    StockWish.objects.filter(user=old).update(created_at=now() - dt.timedelta(days=366))
    assert purge_wishes() == 1
    assert StockWish.objects.get().user == new
