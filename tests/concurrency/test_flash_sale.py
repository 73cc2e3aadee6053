"""A flash sale over HTTP: many more buyers than goods, four web processes on PostgreSQL."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Barrier, Event, Thread
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Sum

from apps.kernel.memo import forget_all
from apps.ordering.models import VendorOrder
from apps.places.models import Commune
from apps.shop.catalogue.models import Product
from apps.shop.order.models import Order
from apps.shop.partner.models import StockRecord
from marketplace.settings import env
from search.finding import search
from search.index.follow import follow
from search.index.rebuild import rebuild
from search.index.stores import TANTIVY
from search.request import SearchRequest
from tests.factories.catalogue import make_product
from tests.factories.sales import ready_to_sell
from tools.bench.browser import Answer, Browser
from tools.bench.pages import CHECKOUT, filled_checkout, put
from tools.bench.shop import production, served

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("transactional_db")]

WORKERS = 4
# Buyers and stock; the whole sale in `make drill`.
SIZES = [pytest.param(100, 20, id="shortened"), pytest.param(500, 100, id="whole", marks=pytest.mark.drill)]
ORDERED, TURNED_AWAY = "ordered", "turned away to the basket"


@pytest.fixture
def shop_port() -> Iterator[int]:
    """The production shop on the database of this test."""
    ready_to_sell()
    given = urlsplit(env.text("DATABASE_URL"))
    name = str(connection.settings_dict["NAME"])
    shop = production(urlunsplit(given._replace(path=f"/{name}"))) | {"SEARCH_ROOT": str(settings.SEARCH_ROOT)}
    with served(WORKERS, shop) as (_server, port):
        yield port


@contextmanager
def followed() -> Iterator[None]:
    """An index that is in use and follows meanwhile, as the scheduler's does."""
    rebuild(TANTIVY)
    stop = Event()

    def go_on() -> None:
        while not stop.is_set():
            if not follow():
                stop.wait(0.2)
        connection.close()  # of this thread

    follower = Thread(target=go_on)
    follower.start()
    yield
    stop.set()
    follower.join()
    while follow():
        pass
    forget_all()


def buyer_at_the_checkout(port: int, goods: list[Product]) -> tuple[Browser, dict[str, str]]:
    """A guest with one of each in the basket, who has filled in the form and seen the total."""
    browser = Browser(port)
    for product in goods:
        put(browser, product.pk)
    commune = Commune.objects.get(pk="26740")
    connection.close()  # of this thread
    return browser, filled_checkout(browser, commune.province_id, commune.pk)


def click_at_once(waiting: list[tuple[Browser, dict[str, str]]]) -> list[Answer]:
    """Everybody presses the button at the same moment."""
    barrier = Barrier(len(waiting))

    def click(browser: Browser, form: dict[str, str]) -> Answer:
        barrier.wait()
        return browser.post(CHECKOUT, form, expect=tuple(range(200, 600)))

    with ThreadPoolExecutor(len(waiting)) as crowd:
        return [future.result() for future in [crowd.submit(click, *one) for one in waiting]]


def outcome(answer: Answer) -> str:
    """In words; what is neither is shown as its status."""
    if answer.status == 302 and answer.location.endswith("/cam-on/"):
        return ORDERED
    return TURNED_AWAY if (answer.status, answer.location) == (302, "/gio-hang/") else str(answer.status)


def deadlocks() -> int:
    """How many PostgreSQL has counted in this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush(), pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def queue(port: int, baskets: list[list[Product]]) -> list[tuple[Browser, dict[str, str]]]:
    """One buyer per basket, all of them with the form before them."""
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(partial(buyer_at_the_checkout, port), baskets))


@pytest.mark.parametrize(("buyers", "stock"), SIZES)
def test_exactly_as_many_orders_as_goods(shop_port: int, buyers: int, stock: int) -> None:
    product, before = make_product(stock=stock), deadlocks()
    with followed():
        assert search(SearchRequest(in_stock=True)).ids == [product.pk]
        waiting = queue(shop_port, [[product]] * buyers)
        outcomes = Counter(outcome(answer) for answer in click_at_once(waiting))
    assert search(SearchRequest(in_stock=True)).ids == []
    assert outcomes == {ORDERED: stock, TURNED_AWAY: buyers - stock}
    assert (Order.objects.count(), VendorOrder.objects.count()) == (stock, stock)
    record = StockRecord.objects.get(product=product)
    assert (record.num_in_stock, record.num_allocated) == (stock, stock)
    assert deadlocks() == before


def test_opposite_baskets_do_not_wait_in_a_circle(shop_port: int) -> None:
    first, second, before = make_product(stock=30), make_product(stock=30), deadlocks()
    baskets = [[first, second], [second, first]] * 20
    outcomes = Counter(outcome(answer) for answer in click_at_once(queue(shop_port, baskets)))
    assert outcomes == {ORDERED: 30, TURNED_AWAY: 10}
    assert StockRecord.objects.aggregate(units=Sum("num_allocated"))["units"] == 60
    assert deadlocks() == before
