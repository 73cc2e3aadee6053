"""What every engine must do alike: filters, exact orders and counts as the oracle has them; words by example."""

import os
import tempfile
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from hypothesis import HealthCheck, given, settings

from search.document import Document
from search.engines.elastic import Elastic, ElasticWriter
from search.engines.tantivy import Tantivy, TantivyWriter
from search.explaining import parts_of_scores
from search.index.stores import Writer
from search.plan import AnyOf, Beginning, Counted, Engine, EngineAway, Field, Plan, Scattered, Text, Typo, Words
from search.request import Key, PriceRange, SearchRequest, Sort
from search.result import Scope
from search.suggesting.goods import title_text
from tests.factories.documents import documents, make_document, requests
from tests.integration.search.server import WITH_SERVER
from tests.relevance import oracle

# Gone with the process, and the indexes in it.
_SCRATCH = tempfile.TemporaryDirectory(prefix="contract-")
Index = Callable[[Iterable[Document]], Engine]


def in_tantivy(found: Iterable[Document]) -> Engine:
    """The embedded engine with these documents."""
    folder = Path(tempfile.mkdtemp(dir=_SCRATCH.name))
    return _written(TantivyWriter(folder), found) or Tantivy(folder)


def in_elasticsearch(found: Iterable[Document]) -> Engine:
    """A real server with these documents in an index of their own."""
    client, name = Elasticsearch(os.environ["SEARCH_URL"]), f"contract-{uuid.uuid4().hex}"
    writer = ElasticWriter(client, name)
    writer.create()
    return _written(writer, found) or Elastic(client, name)


def _written(writer: Writer, found: Iterable[Document]) -> None:
    writer.put(found)
    writer.commit()
    writer.close()


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(in_tantivy, id="tantivy"),
        pytest.param(in_elasticsearch, id="elasticsearch", marks=WITH_SERVER),
    ],
)
def indexed(request: pytest.FixtureRequest) -> Index:
    """Makes an engine that knows some documents and no others."""
    make: Index = request.param
    return make


def plain(document: Document) -> oracle.Document:
    """A document as the oracle reads it."""
    return oracle.Document(
        id=document.id,
        categories=list(document.category),
        province=document.province,
        stars=document.stars,
        vendor=document.vendor,
        price=document.price,
        months=[int(month) for month in document.month if month.isdigit()],
        in_stock=document.available > 0,
        rating=document.rating,
        producer=document.producer,
        traits=list(document.trait),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=documents(), wanted=requests())
def test_filters_orders_and_counts_are_those_of_the_oracle(
    indexed: Index, found: list[Document], wanted: SearchRequest
) -> None:
    answer = indexed(found).answer(Plan(wanted, count=50))
    known = [plain(document) for document in found]
    assert [hit.id for hit in answer.hits] == oracle.ordered(known, wanted)
    assert answer.total == len(oracle.hits(known, wanted))
    counted = {key: Counter(counts) for key, counts in oracle.counts(known, wanted).items()}
    assert {key: +answer.counts[key] for key in Key} == counted


def ids(engine: Engine, *terms: AnyOf, liked: tuple[Words, ...] = ()) -> list[int]:
    """What these terms find, the best first."""
    return [hit.id for hit in engine.answer(Plan(SearchRequest(), text=Text(terms, liked))).hits]


def word(text: str, field: Field = Field.TITLE_FOLDED) -> AnyOf:
    """A term of one clause."""
    return AnyOf((Words(field, tuple(text.split())),))


@pytest.fixture(scope="module")
def shop(indexed: Index) -> Engine:
    """Six goods."""
    titles = ("chả mực hạ long", "mực một nắng", "chả cá", "trà shan tuyết", "mực chả khô", "gạo nếp")
    return indexed(make_document(number, title=title) for number, title in enumerate(titles, start=1))


def test_words_phrases_beginnings_and_typos(shop: Engine) -> None:
    assert sorted(ids(shop, word("muc"))) == [1, 2, 5]
    assert ids(shop, word("mực", Field.TITLE), word("nắng", Field.TITLE)) == [2]
    assert ids(shop, word("cha muc")) == [1]
    assert sorted(ids(shop, AnyOf((Scattered(Field.TITLE_FOLDED, ("cha", "muc")),)))) == [1, 5]
    assert ids(shop, AnyOf((Beginning(Field.TITLE_FOLDED, ("tra", "sh")),))) == [4]
    assert ids(shop, AnyOf((Beginning(Field.TITLE_FOLDED, ("ga",)),))) == [6]
    assert ids(shop, AnyOf((Typo(Field.TITLE_FOLDED, "tuyte"),))) == [4]
    assert ids(shop, AnyOf((Typo(Field.TITLE_FOLDED, "tute"),))) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cha m", [1, 5]),
        ("chả ca", [3]),
        ("mực một n", [2]),
        ("chà m", [1, 5]),
        ("tr", [4]),
        ("long ha c", [1]),
        ("zz", []),
    ],
)
def test_the_plan_of_suggestions(shop: Engine, typed: str, found: list[int]) -> None:
    assert sorted(hit.id for hit in shop.answer(Plan(SearchRequest(), text=title_text(typed))).hits) == found


def test_suggestions_have_the_accents_as_typed_first(indexed: Index) -> None:
    engine = indexed(
        [make_document(1, title="dưa lưới", quality=1.6), make_document(2, title="kẹo dứa", quality=0.3)]
        + [make_document(number, title=f"dừa sáp {number}", quality=1.65) for number in range(3, 9)]
    )
    first = {q: engine.answer(Plan(SearchRequest(), text=title_text(q))).hits[0].id for q in ("dứa", "dưa")}
    assert first == {"dứa": 2, "dưa": 1}


def test_some_of_the_terms_and_all_but_one_of_the_sure_ones(shop: Engine) -> None:
    terms = (word("cha"), word("muc"), word("gao"))
    assert sorted(hit.id for hit in shop.answer(Plan(SearchRequest(), text=Text(terms, least=2))).hits) == [1, 5]
    both = (word("muc"), AnyOf((Typo(Field.TITLE_FOLDED, "cho"), Typo(Field.TITLE_FOLDED, "kho"))))
    sure = (word("muc"), word("cho"))
    assert sorted(hit.id for hit in shop.answer(Plan(SearchRequest(), text=Text(both, sure=sure))).hits) == [1, 5]


def test_neighbours_are_looked_up_as_one_word(indexed: Index) -> None:
    engine = indexed([make_document(1, title="mắm", kind="tôm"), make_document(2, title="mắm tôm", kind="cua")])
    assert ids(engine, word("mam_tom", Field.ALL_FOLDED)) == [2]
    assert sorted(ids(engine, word("mam", Field.ALL_FOLDED), word("tom", Field.ALL_FOLDED))) == [1, 2]


def test_the_parts_of_a_score_sum_up_to_it(shop: Engine) -> None:
    liked = (Words(Field.TITLE_FOLDED, ("cha", "muc"), 3.0), Words(Field.TITLE, ("nắng",), 2.0))
    plan = Plan(SearchRequest(), text=Text((word("muc"), AnyOf((Typo(Field.TITLE_FOLDED, "cho"),))), liked, least=1))
    hits = shop.answer(plan).hits
    parts = parts_of_scores(shop, plan, hits)
    assert sorted(parts) == [1, 2, 3, 5]
    assert {hit.id: pytest.approx(hit.score, rel=1e-4) for hit in hits} == {
        pk: sum(part.score for part in found) for pk, found in parts.items()
    }
    assert [(part.words, part.field) for part in parts[2]] == [("muc", ""), ("nắng", "title")]


def test_what_stands_together_comes_first_and_what_is_better_too(indexed: Index, shop: Engine) -> None:
    liked = (Words(Field.TITLE_FOLDED, ("cha", "muc"), 3.0),)
    assert ids(shop, word("cha"), word("muc"), liked=liked) == [1, 5]
    twins = indexed(
        [make_document(1, quality=1.0), make_document(2, quality=1.6), make_document(3, available=0, quality=0.4)]
    )
    assert ids(twins, word("cha")) == [2, 1, 3]


def test_parts_of_a_list_are_whole_and_do_not_overlap(indexed: Index) -> None:
    engine = indexed(make_document(number) for number in range(1, 60))
    plan = Plan(SearchRequest(sort=Sort.NEWEST), counted=Counted.NONE)
    found = [hit.id for first in (0, 24, 48) for hit in engine.answer(replace(plan, first=first)).hits]
    assert found == list(range(59, 0, -1))


def test_the_page_narrows_and_its_own_filter_does_not_count(indexed: Index) -> None:
    engine = indexed([make_document(1), make_document(2, province="hue"), make_document(3, province="hue", stars=5)])
    answer = engine.answer(Plan(SearchRequest(stars=(5,)), Scope(province="hue")))
    assert ([hit.id for hit in answer.hits], answer.counts[Key.PROVINCE]) == ([3], {"hue": 1})
    assert answer.counts[Key.STARS] == {"4": 1, "5": 1}


@pytest.mark.parametrize(("price", "found"), [(100_000, [1]), (99_999, []), (100_001, [])])
def test_bounds_of_prices_belong_to_the_range(indexed: Index, price: int, found: list[int]) -> None:
    engine = indexed([make_document(1, price=price)])
    request = SearchRequest(prices=(PriceRange(100_000, 100_000),))
    assert [hit.id for hit in engine.answer(Plan(request)).hits] == found


def test_counts_are_exact_for_thousands_of_vendors(indexed: Index) -> None:
    engine = indexed(make_document(number, vendor=f"nha-{number % 5_000}") for number in range(1, 5_041))
    counts = engine.answer(Plan(SearchRequest(), count=1)).counts[Key.VENDOR]
    assert (len(counts), counts["nha-40"], counts["nha-41"]) == (5_000, 2, 1)


@pytest.mark.parametrize("text", ["*", '"', "🙂", "a" * 10_000, "\x01", "AND OR NOT", "title:x", "ﬁ"])
def test_any_word_may_be_asked(shop: Engine, text: str) -> None:
    assert ids(shop, AnyOf((Words(Field.TITLE_FOLDED, (text,)), Typo(Field.TITLE_FOLDED, text[:60])))) == []


def test_what_is_written_again_is_there_once(indexed: Index) -> None:
    engine = indexed([make_document(1, title="chả mực"), make_document(1, title="chả cá", version=2)])
    assert (ids(engine, word("cha")), ids(engine, word("muc")), ids(engine, word("ca"))) == ([1], [], [1])


def test_products_are_listed_by_number_with_the_digests_of_what_was_written_last(indexed: Index) -> None:
    written = [make_document(number, version=2) for number in (9, 3, 700, 25, 4)]
    engine = indexed([make_document(3, title="chả cá"), *written])
    digests = {document.id: document.digest for document in written}
    assert engine.digests(0, 3) == [(pk, digests[pk]) for pk in (3, 4, 9)]
    assert engine.digests(9, 3) == [(pk, digests[pk]) for pk in (25, 700)]
    assert engine.digests(700, 3) == []
    assert sorted(engine.digests_of([700, 5, 3])) == [(pk, digests[pk]) for pk in (3, 700)]


def test_no_index_no_answer(tmp_path: Path) -> None:
    with pytest.raises(EngineAway):
        Tantivy(tmp_path).answer(Plan(SearchRequest()))
    with pytest.raises(EngineAway):
        Tantivy(tmp_path).digests(0, 1)
