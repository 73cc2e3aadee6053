"""The gate: the answers of every search engine are as good as when their baseline was kept."""

import os

import pytest

from apps.shop.catalogue.selectors import on_sale
from search import database
from search.index.stores import ELASTICSEARCH, TANTIVY
from search.request import PriceRange, SearchRequest, Sort
from tests.relevance import oracle
from tests.relevance.baseline import baselines, faults
from tests.relevance.documents import documents_on_sale
from tests.relevance.engines import ENGINES
from tests.relevance.harness import Report, evaluate
from tests.relevance.judgements import judgements
from tests.relevance.shop import demo_shop

# Of the mean over all queries, from one engine with an index to the other.
MOST_APART = 0.02


@pytest.mark.django_db
@pytest.mark.slow
def test_search_is_no_worse_than_its_baseline() -> None:
    assert baselines().keys() == ENGINES.keys()
    # One shop for all engines: filling it takes most of the time.
    with demo_shop():
        _only_goods_on_sale_are_judged()
        _the_oracle_agrees_with_plain_search()
        _are_as_good_as_before("database", TANTIVY)


@pytest.mark.django_db
@pytest.mark.service
@pytest.mark.skipif(not os.environ.get("SEARCH_URL"), reason="needs Elasticsearch: `make services`, then SEARCH_URL")
def test_both_engines_with_an_index_are_alike() -> None:
    with demo_shop():
        one, other = _are_as_good_as_before(TANTIVY, ELASTICSEARCH)
    assert abs(one.overall - other.overall) <= MOST_APART


def _are_as_good_as_before(*names: str) -> list[Report]:
    reports = [evaluate(ENGINES[name]()) for name in names]
    for name, report in zip(names, reports, strict=True):
        assert not faults(report, baselines()[name]), f"{name}\n{report.table()}"
    return reports


def _only_goods_on_sale_are_judged() -> None:
    judged = {sku for one in judgements() for sku in one.grades}
    assert judged - set(on_sale().values_list("stockrecords__partner_sku", flat=True)) == set()


REQUESTS = (
    SearchRequest(sort=Sort.NEWEST),
    SearchRequest(categories=("tra",), sort=Sort.CHEAPEST),
    SearchRequest(categories=("ruou", "tra"), stars=(3, 4), sort=Sort.DEAREST),
    SearchRequest(provinces=("quang-ninh", "hue"), months=(0, 10), in_stock=True, sort=Sort.RATING),
    SearchRequest(prices=(PriceRange(100_000, 150_000), PriceRange(1_000_000, None)), sort=Sort.STARS),
)


def _the_oracle_agrees_with_plain_search() -> None:
    documents = documents_on_sale()
    for request in REQUESTS:
        wanted = oracle.ordered(documents, request)
        result = database.search(request)
        assert wanted, request
        assert (result.total, result.ids) == (len(wanted), wanted[: len(result.ids)]), request
        assert result.counts == oracle.counts(documents, request), request
