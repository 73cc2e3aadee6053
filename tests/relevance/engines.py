"""The search engines as the harness asks them: a query's text in, SKUs out."""

import tempfile
from collections.abc import Callable

from django.conf import settings

from apps.shop.partner.models import StockRecord
from search import database
from search.engines.current import engine
from search.finding import found_by
from search.index.rebuild import rebuild
from search.index.stores import ELASTICSEARCH, TANTIVY
from search.request import SearchRequest
from search.result import SearchResult
from tests.relevance.harness import Run


def plain_search() -> Run:
    """Plain search in the database."""
    return _runner(database.search)


# Gone with the process.
_SCRATCH = tempfile.TemporaryDirectory(prefix="search-")


def tantivy() -> Run:
    """The embedded engine, with an index of its own."""
    settings.SEARCH_ROOT = tempfile.mkdtemp(dir=_SCRATCH.name)
    return _rebuilt(TANTIVY)


def elasticsearch() -> Run:
    """A real server, at SEARCH_URL."""
    return _rebuilt(ELASTICSEARCH)


def _rebuilt(name: str) -> Run:
    rebuild(name)
    return _runner(lambda request: found_by(engine(name), request))


# What an engine needs before it can be asked, an index for one, its function here prepares.
ENGINES: dict[str, Callable[[], Run]] = {"database": plain_search, TANTIVY: tantivy, ELASTICSEARCH: elasticsearch}


def _runner(search: Callable[[SearchRequest], SearchResult]) -> Run:
    skus = dict(StockRecord.objects.values_list("product_id", "partner_sku"))

    def run(query: str) -> list[str]:
        # Through the address, as a shopper's query comes.
        result = search(SearchRequest.read({"q": [query]}))
        # Whoever types a code is led to the one product.
        ids = [result.direct_hit] if result.direct_hit is not None else result.ids
        return [skus[number] for number in ids]

    return run
