"""The embedded engine counts a list without words once for each state of the index."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from search.document import Document
from search.engines.tantivy import Tantivy, TantivyWriter
from search.plan import Answer, AnyOf, Field, Plan, Text, Words
from search.request import Key, PriceRange, SearchRequest, Sort
from search.result import Scope
from tests.factories.documents import PRICES, make_document

LIST = Plan(SearchRequest(stars=(4,)))
LISTS = (
    LIST,
    Plan(SearchRequest()),
    Plan(SearchRequest(stars=(5,))),
    Plan(SearchRequest(prices=(PriceRange(0, 200_000),))),
    Plan(SearchRequest(), Scope(vendor="nha-mot")),
    Plan(SearchRequest(), Scope(category="thuc-pham")),
    Plan(SearchRequest(), among=(1, 2)),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of eight goods, of four stars and five."""
    write(tmp_path, (make_document(n, stars=4 + n % 2, price=price) for n, price in enumerate(PRICES, start=1)))
    return tmp_path


def write(folder: Path, found: Iterable[Document]) -> None:
    """One commit."""
    writer = TantivyWriter(folder)
    writer.put(found)
    writer.commit()
    writer.close()


@pytest.fixture
def engine(folder: Path) -> Tantivy:
    """Its reader."""
    return Tantivy(folder)


def stars(answer: Answer) -> dict[str, int]:
    """How many goods of each number of stars were counted."""
    return dict(answer.counts[Key.STARS])


def test_another_part_and_order_of_a_list_is_not_counted_again(engine: Tantivy) -> None:
    first = engine.answer(LIST)
    other = engine.answer(replace(LIST, request=replace(LIST.request, sort=Sort.NEWEST, page=2), first=2, count=2))
    assert other.counts is first.counts
    assert stars(first) == {"4": 4, "5": 4}


def test_every_list_has_its_own_counts(engine: Tantivy, folder: Path) -> None:
    kept = [engine.answer(plan).counts for plan in (*LISTS, *LISTS)]
    assert kept == [Tantivy(folder).answer(plan).counts for plan in (*LISTS, *LISTS)]


def test_words_are_counted_each_time(engine: Tantivy) -> None:
    words = Plan(SearchRequest(), text=Text((AnyOf((Words(Field.TITLE, ("mực",)),)),)))
    assert engine.answer(words).counts is not engine.answer(words).counts


def test_counts_are_never_older_than_the_goods(engine: Tantivy, folder: Path) -> None:
    assert stars(engine.answer(LIST)) == {"4": 4, "5": 4}
    write(folder, [make_document(9, stars=4)])
    engine.digests(0, 1)  # sees what was committed
    after = engine.answer(LIST)
    assert (after.total, stars(after)) == (5, {"4": 5, "5": 4})


def test_an_index_that_nobody_wrote_is_not_opened_again(engine: Tantivy) -> None:
    before = engine.answer(LIST).counts
    engine.digests(0, 1)
    assert engine.answer(LIST).counts is before
