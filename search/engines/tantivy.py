"""The embedded engine: an index of tantivy in a folder, one process that writes it and any number that read it."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

import tantivy
from tantivy import FieldType, Occur, Order, Query

from search.document import DIGEST, FACETS, ORDERS, PRICE, QUALITY, Document
from search.plan import (
    MOST_VALUES,
    OTHERS_COUNT,
    Answer,
    AnyOf,
    Beginning,
    Clause,
    Counted,
    EngineAway,
    Field,
    Hit,
    Plan,
    Scattered,
    Text,
    Typo,
    Words,
)
from search.prices import PRICE_STEPS
from search.request import Key, PriceRange, Sort

Counts = Mapping[Key, Counter[str]]

_WORDS: Final = "words"
_LONGEST_WORD: Final = 60
# For each thread: little for batches, as the writer lives in the process of the jobs; much for a whole index.
_BATCH_BYTES: Final = 16_000_000
_WHOLE_BYTES: Final = 64_000_000
_RELOAD_SECONDS: Final = 0.5
_COMMIT: Final = "meta.json"  # names the files of the last commit, and is another one after each
_COUNTS_KEPT: Final = 32  # lists; the counts of one take up to half a megabyte with 5,000 vendors


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for text in Field:
        order = "basic" if text is Field.ALL_FOLDED else "position"
        builder.add_text_field(text.value, tokenizer_name=_WORDS, index_option=order)
    for name in ("codes", *FACETS.values()):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_unsigned_field("version", fast=True)
    builder.add_unsigned_field(DIGEST, fast=True)
    builder.add_unsigned_field("vendor_id", fast=True)
    builder.add_unsigned_field("place", fast=True)
    builder.add_unsigned_field(PRICE, indexed=True, fast=True)
    builder.add_float_field(QUALITY, fast=True)
    for name in ORDERS.values():
        builder.add_unsigned_field(name, fast=True)
    return builder.build()


def _row(document: Document) -> tantivy.Document:
    row: dict[str, Any] = {name.value: getattr(document, name.value) for name in Field}
    row |= document.filters()
    row |= document.orders()
    # tantivy multiplies a score by log2(2 + weight).
    row |= {"codes": list(document.codes), PRICE: document.price, QUALITY: 2**document.quality - 2}
    row |= {"id": document.id, "version": document.version, "vendor_id": document.vendor_id, "place": document.place}
    row[DIGEST] = document.digest
    return tantivy.Document.from_dict(row, _SCHEMA)


_SCHEMA: Final = _schema()


def is_index(folder: Path) -> bool:
    """Whether the folder holds an index."""
    return folder.is_dir() and tantivy.Index.exists(str(folder))


class TantivyWriter:
    """The one writer of an index; made anew for each batch, as another process may have written meanwhile."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        """Raises EngineAway while another process writes."""
        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(_SCHEMA, path=str(folder))
        _register(self._index)
        try:
            self._writer = self._index.writer((_BATCH_BYTES if threads == 1 else _WHOLE_BYTES) * threads, threads)
        except ValueError as problem:
            raise EngineAway(str(problem)) from problem

    def put(self, documents: Iterable[Document]) -> None:
        """Replace these documents; seen by readers after `commit`."""
        for document in documents:
            self._drop(document.id)
            self._add(document)

    def add(self, documents: Iterable[Document]) -> None:
        """Add documents that the index does not have yet."""
        for document in documents:
            self._add(document)

    def _add(self, document: Document) -> None:
        row = _row(document)
        try:
            self._writer.add_document(row)
        except (ValueError, OSError) as problem:  # a full disk, most likely
            raise EngineAway(str(problem)) from problem

    def drop(self, product_ids: Iterable[int], _version: int = 0) -> None:
        """Take these products out."""
        for product_id in product_ids:
            self._drop(product_id)

    def _drop(self, product_id: int) -> None:
        # By a query: a term made of a Python number is a signed one, and finds nothing in an unsigned field.
        self._writer.delete_documents_by_query(Query.term_query(_SCHEMA, "id", product_id))

    def commit(self) -> None:
        """Make all of it durable and visible at once; raises EngineAway."""
        try:
            self._writer.commit()
        except (ValueError, OSError) as problem:
            raise EngineAway(str(problem)) from problem

    def close(self) -> None:
        """Finish merging, sweep up files that nothing needs any more, and let the next writer in; raises EngineAway."""
        try:
            self._writer.garbage_collect_files()
            self._writer.wait_merging_threads()
        except (ValueError, OSError) as problem:
            raise EngineAway(str(problem)) from problem


@dataclass(frozen=True, slots=True)
class _State:
    """The index after one commit, and counts that were looked up in it: they go with it."""

    commit: bytes
    searcher: tantivy.Searcher
    counts: Callable[[Plan], Counts]


def _state(commit: bytes, searcher: tantivy.Searcher) -> _State:
    return _State(commit, searcher, lru_cache(maxsize=_COUNTS_KEPT)(partial(_counts, searcher)))


class Tantivy:
    """A reader of an index; safe for threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._index: tantivy.Index | None = None
        self._last: _State | None = None
        self._looked_at = 0.0

    def answer(self, plan: Plan) -> Answer:
        """See `Engine`."""
        try:
            return self._answer(plan)
        except (ValueError, OSError) as problem:  # files that are gone or damaged
            raise EngineAway(str(problem)) from problem

    def _answer(self, plan: Plan) -> Answer:
        state = self._state()
        hits, total = _hits(state.searcher, _all([_text(plan.text), *_conditions(plan).values()]), plan)
        if plan.counted is Counted.NONE:
            return Answer(hits, total)
        # Everybody looks at the same lists without words, and hardly two search for the same words.
        counts = state.counts(_narrowed(plan)) if plan.text is None else _counts(state.searcher, plan)
        return Answer(hits, total, counts)

    def digests(self, after: int, most: int) -> list[tuple[int, int]]:
        """See `Engine`."""
        return self._digests(Query.range_query(_SCHEMA, "id", FieldType.Unsigned, after + 1, None), most)

    def digests_of(self, product_ids: Collection[int]) -> list[tuple[int, int]]:
        """See `Engine`."""
        return self._digests(Query.term_set_query(_SCHEMA, "id", list(product_ids)), 2 * len(product_ids) + 1)

    def _digests(self, query: Query, most: int) -> list[tuple[int, int]]:
        try:
            searcher = self._state(oldest=0.0).searcher
            found: Any = searcher.search(query, limit=most, count=False, order_by_field="id", order=Order.Asc)
            addresses = [address for _number, address in found.hits]
            columns = (searcher.fast_field_values(name, addresses) for name in ("id", DIGEST))
            return [(int(pk or 0), int(digest or 0)) for pk, digest in zip(*columns, strict=True)]
        except (ValueError, OSError) as problem:
            raise EngineAway(str(problem)) from problem

    def _state(self, oldest: float = _RELOAD_SECONDS) -> _State:
        """The state of the index that is at most so many seconds old; raises EngineAway when there is none."""
        with self._lock:
            if self._last is None or time.monotonic() - self._looked_at > oldest:
                # Read first: what is committed meanwhile is seen too, and makes another state the next time.
                commit = self._commit()
                if self._last is None or commit != self._last.commit:
                    self._last = _state(commit, self._reloaded())
                self._looked_at = time.monotonic()
            return self._last

    def _commit(self) -> bytes:
        if not is_index(self._folder):
            raise EngineAway(f"no index in {self._folder}")
        return (self._folder / _COMMIT).read_bytes()

    def _reloaded(self) -> tantivy.Searcher:
        if self._index is None:
            self._index = tantivy.Index.open(str(self._folder))
            self._index.config_reader("manual")
            _register(self._index)
        self._index.reload()
        return self._index.searcher()


def _register(index: tantivy.Index) -> None:
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(
        tantivy.Filter.remove_long(_LONGEST_WORD)
    )
    index.register_tokenizer(_WORDS, words.build())


def _hits(searcher: tantivy.Searcher, query: Query, plan: Plan) -> tuple[tuple[Hit, ...], int]:
    by_score = plan.text is not None and plan.request.sort is Sort.RELEVANCE
    how = {"weight_by_field": QUALITY} if by_score else {"order_by_field": ORDERS[plan.request.sort]}
    result: Any = searcher.search(query, limit=max(plan.count, 1), offset=plan.first, **how)  # type: ignore[arg-type]  # of two keyword sets
    addresses = [address for _score, address in result.hits][: plan.count]
    fields = (searcher.fast_field_values(name, addresses) for name in ("id", "vendor_id", "place"))
    scores = (_score(found, by_score, plan.request.sort) for found, _address in result.hits)
    numbers = zip(*fields, scores, strict=False)
    hits = (Hit(int(pk or 0), int(vendor or 0), int(place or 0), score) for pk, vendor, place, score in numbers)
    return tuple(hits), int(result.count)


def _score(found: float, by_score: bool, sort: Sort) -> float:
    if by_score:
        return found
    return Document.quality_in(int(found)) if sort is Sort.RELEVANCE else 0.0


def _narrowed(plan: Plan) -> Plan:
    """What the counts of a list without words depend on: the same for every order and every part of it."""
    request = replace(plan.request, q="", keep=(), sort=Sort.RELEVANCE, page=1)
    return Plan(request, plan.scope, among=plan.among)


def _counts(searcher: tantivy.Searcher, plan: Plan) -> Counts:
    """Counts as if the key itself were not set: those of all other keys come from one question."""
    conditions = _conditions(plan)
    chosen = [key for key in Key if plan.request.values(key)]
    needed = _needed(plan.text)
    counts = _counted(searcher, _all([needed, *conditions.values()]), [key for key in Key if key not in chosen])
    for key in chosen:
        others = [query for name, query in conditions.items() if name is not key]
        counts |= _counted(searcher, _all([needed, *others]), [key])
    return counts


def _counted(searcher: tantivy.Searcher, query: Query, keys: Collection[Key]) -> dict[Key, Counter[str]]:
    if not keys:
        return {}
    wanted: dict[str, Any] = {key.value: _values_of(key) for key in keys if key is not Key.PRICE}
    if Key.PRICE in keys:
        wanted |= {str(step): _priced_within(step) for step in PRICE_STEPS}
    answer = searcher.aggregate(query, wanted)
    counts: dict[Key, Counter[str]] = {key: _counter(answer[key.value]) for key in keys if key is not Key.PRICE}
    if Key.PRICE in keys:
        counts[Key.PRICE] = Counter({str(step): _counter(answer[str(step)])[str(step)] for step in PRICE_STEPS})
    return counts


def _counter(answer: dict[str, Any]) -> Counter[str]:
    return Counter({str(each["key"]): each["doc_count"] for each in answer["buckets"]})


def _values_of(key: Key) -> dict[str, Any]:
    return {"terms": {"field": FACETS[key], "size": MOST_VALUES, "segment_size": MOST_VALUES}}


def _priced_within(step: PriceRange) -> dict[str, Any]:
    """A question for each step, as steps share their bounds."""
    bounds: dict[str, Any] = {"key": str(step), "from": step.low}
    return {"range": {"field": PRICE, "ranges": [bounds if step.high is None else {**bounds, "to": step.high + 1}]}}


def _conditions(plan: Plan) -> dict[Key | None, Query]:
    """What must hold besides the text, by the key that asks it; None is the page's own."""
    found: dict[Key | None, Query] = {}
    for key, field in FACETS.items():
        if values := plan.request.values(key):
            # Not a set of terms, which would look at every product of the shop that has one of them.
            found[key] = _free(_some([Query.term_query(_SCHEMA, field, value) for value in values]))
    if plan.request.prices:
        found[Key.PRICE] = _free(_some([_priced(prices) for prices in plan.request.prices]))
    own = [Query.term_query(_SCHEMA, FACETS[key], value) for key, value in plan.own.items()]
    if plan.among:
        own.append(_some([Query.term_query(_SCHEMA, "id", pk) for pk in plan.among]))
    if own:
        found[None] = _free(_all(own))
    return found


def _priced(prices: PriceRange) -> Query:
    high = prices.high
    return Query.range_query(_SCHEMA, PRICE, FieldType.Unsigned, prices.low, high)


def _text(text: Text | None) -> Query:
    if text is None:
        return Query.all_query()
    worth = [_any_of(term) for term in text.terms if term.found_by] + [_clause(clause) for clause in text.liked]
    return Query.boolean_query([(Occur.Must, _needed(text)), *((Occur.Should, query) for query in worth)])


def _needed(text: Text | None) -> Query:
    """What decides whether a product fits; only terms that are not found by anything cheaper give a score here."""
    if text is None:
        return Query.all_query()
    needed = _some([_found(term) for term in text.terms], least=text.least or len(text.terms))
    if not text.sure:
        return needed
    return _all([needed, _free(_some([_found(term) for term in text.sure], least=len(text.sure) - 1))])


def _found(term: AnyOf) -> Query:
    return _free(_some([_clause(clause) for clause in term.found_by])) if term.found_by else _any_of(term)


def _any_of(term: AnyOf) -> Query:
    return Query.disjunction_max_query([_clause(clause) for clause in term.clauses], OTHERS_COUNT)


def _clause(clause: Clause) -> Query:
    match clause:
        case Typo(field, word):
            query = Query.fuzzy_term_query(_SCHEMA, field.value, word, 1)
        case Words(field, (word,)):
            query = Query.term_query(_SCHEMA, field.value, word)
        case Words(field, words):
            query = Query.phrase_query(_SCHEMA, field.value, list(words))
        case Scattered(field, words):
            query = _all([Query.term_query(_SCHEMA, field.value, word) for word in words])
        case Beginning(field, (word,)):
            query = Query.phrase_prefix_query(_SCHEMA, field.value, [word])
        case Beginning(field, words):
            query = Query.phrase_prefix_query(_SCHEMA, field.value, list(words))
    return Query.boost_query(query, clause.boost)


def _free(query: Query) -> Query:
    """The query without a say in the score."""
    return Query.const_score_query(query, 0.0)


def _all(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def _some(queries: list[Query], least: int = 1) -> Query:
    """At least so many of the queries."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries], least)
