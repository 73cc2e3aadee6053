"""A rebuild of the index beside transactions that began before it."""

import threading
from decimal import Decimal

import pytest
from django.db import connection, transaction

from apps.shop.partner.models import StockRecord
from search.engines.current import engine
from search.index.follow import follow
from search.index.rebuild import rebuild
from search.index.stores import TANTIVY
from search.plan import Counted, Plan
from search.request import PriceRange, SearchRequest
from tests.factories.catalogue import make_product

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("transactional_db")]


def test_what_an_older_transaction_writes_is_in_the_new_index() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    product = make_product(price=100_000)
    written, may_end = threading.Event(), threading.Event()

    def older() -> None:
        with transaction.atomic():
            StockRecord.objects.filter(product=product).update(price=Decimal(700_000))
            written.set()
            may_end.wait(20)
        connection.close()

    writer = threading.Thread(target=older)
    writer.start()
    assert written.wait(10)
    threading.Timer(1.0, may_end.set).start()
    rebuild(TANTIVY)
    writer.join()
    while follow():
        pass
    dear = Plan(SearchRequest(prices=(PriceRange(700_000, 700_000),)), counted=Counted.NONE)
    assert [hit.id for hit in engine(TANTIVY).answer(dear).hits] == [product.pk]
