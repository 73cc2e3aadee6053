"""The engine for a shop that has grown: Elasticsearch 8.19 or 9, asked the same plan as the embedded one."""

import time
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Any, Final

import orjson
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.dsl import Q, Search, function, query
from elasticsearch.dsl.aggs import Filter, Range, Terms
from elasticsearch.dsl.query import Query

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

_BULK: Final = 500  # documents in a request
_SENDERS: Final = 2  # requests under way while the next documents are made
ANSWER_SECONDS: Final = 0.8
PAUSE_SECONDS: Final = 5.0
LISTING_SECONDS: Final = 10.0  # for whoever compares the whole index; no shopper waits
_CONFLICT: Final = "version_conflict_engine_exception"

_TEXTS: Final = tuple(field.value for field in Field)
_text_field: Final = {"type": "text", "analyzer": "standard"}
_keyword: Final = {"type": "keyword"}
MAPPING: Final[dict[str, Any]] = {
    "dynamic": "strict",
    "properties": {
        **{field.value: _text_field for field in Field},
        Field.ALL_FOLDED.value: {**_text_field, "index_options": "docs"},
        # Beginnings of words in the fields without accents.
        **{
            field.value: {**_text_field, "index_prefixes": {"min_chars": 1, "max_chars": 12}}
            for field in (Field.TITLE_FOLDED, Field.NAMES_FOLDED)
        },
        "codes": _keyword,
        **dict.fromkeys(FACETS.values(), _keyword),
        "id": {"type": "long"},
        "version": {"type": "long"},
        "vendor_id": {"type": "long"},
        "place": {"type": "long"},
        PRICE: {"type": "long"},
        QUALITY: {"type": "float"},
        "deleted": {"type": "boolean"},
        DIGEST: {"type": "long", "index": False},
        **{field: {"type": "long"} for field in ORDERS.values()},
    },
}
# What is written is seen with `commit`: making it visible every second would take a tenth of the server's time.
SETTINGS: Final = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"}


def row(document: Document) -> dict[str, Any]:
    """A document as Elasticsearch keeps it."""
    texts = {name: getattr(document, name) for name in _TEXTS}
    numbers = {"id": document.id, "version": document.version, "vendor_id": document.vendor_id, "place": document.place}
    numbers |= {PRICE: document.price, DIGEST: document.digest}
    more = {"codes": list(document.codes), QUALITY: document.quality, "deleted": False}
    return texts | document.filters() | document.orders() | numbers | more


def exists(client: Elasticsearch, index: str) -> bool:
    """Whether the index is there; raises EngineAway."""
    try:
        return bool(client.indices.exists(index=index))
    except (ApiError, TransportError) as problem:
        raise EngineAway(str(problem)) from problem


def forget(client: Elasticsearch, index: str) -> None:
    """Delete the index, if it is there; raises EngineAway."""
    try:
        client.indices.delete(index=index, ignore_unavailable=True)
    except (ApiError, TransportError) as problem:
        raise EngineAway(str(problem)) from problem


class ElasticWriter:
    """Writes into one index. Versions only grow: what comes late changes nothing, and dropped products stay dropped."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self._client, self._index = client, index

    def create(self) -> None:
        """Make the index, unless it is there; raises EngineAway."""
        try:
            if not self._client.indices.exists(index=self._index):
                self._client.indices.create(index=self._index, mappings=MAPPING, settings=SETTINGS)
        except (ApiError, TransportError) as problem:
            raise EngineAway(str(problem)) from problem

    def add(self, documents: Iterable[Document]) -> None:
        """As `put`."""
        self.put(documents)

    def put(self, documents: Iterable[Document]) -> None:
        """Replace these documents by their ids, unless the index knows newer ones; raises EngineAway."""
        self._bulk((document.id, document.version, row(document)) for document in documents)

    def drop(self, product_ids: Iterable[int], version: int) -> None:
        """Take products out. A row without content stays for a while, so that no late write brings one back."""
        self._bulk((pk, version, {"id": pk, "version": version, "deleted": True}) for pk in product_ids)

    def commit(self) -> None:
        """Make all of it visible now; raises EngineAway."""
        try:
            self._client.indices.refresh(index=self._index)
        except (ApiError, TransportError) as problem:
            raise EngineAway(str(problem)) from problem

    def close(self) -> None:
        """Nothing: any number may write."""

    def _bulk(self, rows: Iterator[tuple[int, int, dict[str, Any]]]) -> None:
        """Send rows in parts, from threads, as the client waits for the server; raises EngineAway."""
        under_way: deque[Future[None]] = deque()
        with ThreadPoolExecutor(_SENDERS, "bulk") as senders:
            while part := list(islice(rows, _BULK)):
                if len(under_way) == _SENDERS:
                    under_way.popleft().result()
                under_way.append(senders.submit(self._send, part))
            for sent in under_way:
                sent.result()

    def _send(self, rows: list[tuple[int, int, dict[str, Any]]]) -> None:
        operations: list[bytes] = []
        for pk, version, source in rows:
            how = {"_id": str(pk), "version": version, "version_type": "external_gte"}
            operations += (orjson.dumps({"index": how}), orjson.dumps(source))
        try:
            answer = self._client.bulk(
                index=self._index,
                operations=operations,  # type: ignore[arg-type]  # which are JSON already
                filter_path=["items.*.error"],
            )
        except (ApiError, TransportError) as problem:
            raise EngineAway(str(problem)) from problem
        for item in answer.body.get("items", []):
            if item["index"]["error"]["type"] != _CONFLICT:
                raise EngineAway(str(item["index"]["error"]))


class Elastic:
    """Asks an index. After a failure nobody waits for the server again for PAUSE_SECONDS."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self._client = client.options(request_timeout=ANSWER_SECONDS, max_retries=0)
        self._index = index
        self._away_until = 0.0

    def answer(self, plan: Plan) -> Answer:
        """See `Engine`."""
        if time.monotonic() < self._away_until:
            raise EngineAway("the server was away a moment ago")
        try:
            return self._answer(plan)
        except EngineAway:
            self._away_until = time.monotonic() + PAUSE_SECONDS
            raise

    def digests(self, after: int, most: int) -> list[tuple[int, int]]:
        """See `Engine`."""
        return self._digests(query.Range(id={"gt": after}), most)

    def digests_of(self, product_ids: Collection[int]) -> list[tuple[int, int]]:
        """See `Engine`."""
        return self._digests(query.Terms(id=list(product_ids)), len(product_ids))

    def _digests(self, which: Query, most: int) -> list[tuple[int, int]]:
        patient = self._client.options(request_timeout=LISTING_SECONDS)
        own = query.Bool(filter=[query.Term(deleted=False), which])
        # What a list is sorted by comes along with it; other fields would have to be fetched for each product.
        search: Search[Any] = Search(using=patient, index=self._index).query(own).sort("id", DIGEST)
        search = search.extra(stored_fields="_none_", track_total_hits=False)[:most]
        try:
            patient.indices.refresh(index=self._index)
            hits = search.execute().to_dict()["hits"]["hits"]
        except (ApiError, TransportError) as problem:
            raise EngineAway(str(problem)) from problem
        return [(each["sort"][0], each["sort"][1]) for each in hits]

    def _answer(self, plan: Plan) -> Answer:
        asked = _asked(plan).using(self._client).index(self._index)
        try:
            response: Any = asked.execute()
        except (ApiError, TransportError) as problem:
            raise EngineAway(str(problem)) from problem
        if response.timed_out:
            raise EngineAway(f"no answer within {ANSWER_SECONDS} s")
        hits = tuple(_hit(each, plan) for each in response.to_dict()["hits"]["hits"])
        counts = _counts(response.to_dict().get("aggregations", {})) if plan.counted is Counted.ALL else {}
        return Answer(hits, response.hits.total.value, counts)


def _hit(found: dict[str, Any], plan: Plan) -> Hit:
    pk, vendor, place = (found["fields"][name][0] for name in ("id", "vendor_id", "place"))
    if _is_by_score(plan):
        return Hit(pk, vendor, place, found["_score"])
    by_quality = plan.request.sort is Sort.RELEVANCE
    return Hit(pk, vendor, place, Document.quality_in(found["sort"][0]) if by_quality else 0.0)


def _is_by_score(plan: Plan) -> bool:
    return plan.text is not None and plan.request.sort is Sort.RELEVANCE


def _asked(plan: Plan) -> "Search[Any]":
    """The body of the request: filters that have a say in the counts come after them."""
    conditions = _conditions(plan)
    own = [query.Term(deleted=False), *conditions.pop(None, [])]
    asked = query.Bool(must=[_text(plan.text)], filter=own)
    search: Search[Any] = Search().extra(track_total_hits=True, timeout=f"{int(ANSWER_SECONDS * 1000)}ms")
    search = search.extra(docvalue_fields=["id", "vendor_id", "place"], _source=False)
    if _is_by_score(plan):
        factor = function.SF("field_value_factor", field=QUALITY)
        search = search.query(query.FunctionScore(query=asked, functions=[factor], boost_mode="multiply"))
        search = search.sort("_score", f"-{ORDERS[Sort.RELEVANCE]}")
    else:
        search = search.query(asked).sort(f"-{ORDERS[plan.request.sort]}")
    if conditions:
        search = search.post_filter(query.Bool(filter=[each for found in conditions.values() for each in found]))
    if plan.counted is Counted.ALL:
        for key in Key:
            _count(search, key, [each for name, found in conditions.items() if name is not key for each in found])
    return search[plan.first : plan.first + plan.count]


def _count(search: "Search[Any]", key: Key, others: list[Query]) -> None:
    """Ask how many goods each value of a key would give if the key itself were not set."""
    inside = search.aggs.bucket(key.value, Filter(query.Bool(filter=others)))
    if key is not Key.PRICE:
        inside.bucket("values", Terms(field=FACETS[key], size=MOST_VALUES))
        return
    inside.bucket("values", Range(field=PRICE, ranges=[_range(step) for step in PRICE_STEPS]))


def _range(step: PriceRange) -> dict[str, Any]:
    bounds: dict[str, Any] = {"key": str(step), "from": step.low}
    return bounds if step.high is None else {**bounds, "to": step.high + 1}


def _counts(answered: dict[str, Any]) -> dict[Key, Counter[str]]:
    return {
        key: Counter({each["key"]: each["doc_count"] for each in answered[key.value]["values"]["buckets"]})
        for key in Key
    }


def _conditions(plan: Plan) -> dict[Key | None, list[Query]]:
    """What must hold besides the text, by the key that asks it; None is the page's own."""
    found: dict[Key | None, list[Query]] = {}
    for key, field in FACETS.items():
        if values := plan.request.values(key):
            found[key] = [Q("terms", **{field: list(values)})]
    if plan.request.prices:
        found[Key.PRICE] = [query.Bool(should=[_priced(prices) for prices in plan.request.prices])]
    own: list[Query] = [Q("term", **{FACETS[key]: value}) for key, value in plan.own.items()]
    if plan.among:
        own.append(Q("terms", id=list(plan.among)))
    return found | ({None: own} if own else {})


def _priced(prices: PriceRange) -> Query:
    bounds: dict[str, Any] = {"gte": prices.low}
    return Q("range", **{PRICE: bounds if prices.high is None else {**bounds, "lte": prices.high}})


def _text(text: Text | None) -> Query:
    if text is None:
        return query.MatchAll()
    terms = [_found(term) for term in text.terms]
    needed = query.Bool(should=terms, minimum_should_match=text.least or len(terms))
    sure = [_found(term) for term in text.sure]
    stricter = [query.Bool(should=sure, minimum_should_match=len(sure) - 1)] if sure else []
    worth = [_any_of(term) for term in text.terms if term.found_by] + [_clause(clause) for clause in text.liked]
    return query.Bool(must=[needed], filter=stricter, should=worth)


def _found(term: AnyOf) -> Query:
    """What decides whether a product fits; without a score where something cheaper finds it."""
    if not term.found_by:
        return _any_of(term)
    return query.ConstantScore(filter=query.Bool(should=[_clause(clause) for clause in term.found_by]), boost=0)


def _any_of(term: AnyOf) -> Query:
    return query.DisMax(queries=[_clause(clause) for clause in term.clauses], tie_breaker=OTHERS_COUNT)


def _clause(clause: Clause) -> Query:
    match clause:
        case Typo(field, word, boost):
            # As in the embedded engine, one wrong letter is worth the same in a rare word and in a common one.
            how = {"value": word, "fuzziness": 1, "prefix_length": 0, "rewrite": "constant_score"}
            return Q("fuzzy", **{field.value: {**how, "boost": boost}})
        case Words(field, (word,), boost):
            return Q("term", **{field.value: {"value": word, "boost": boost}})
        case Words(field, words, boost):
            return Q("match_phrase", **{field.value: {"query": " ".join(words), "boost": boost}})
        case Scattered(field, words, boost):
            return query.Bool(must=[Q("term", **{field.value: word}) for word in words], boost=boost)
        case Beginning(field, (word,), boost):
            return Q("prefix", **{field.value: {"value": word, "boost": boost}})
        case Beginning(field, words, boost):
            return Q("match_phrase_prefix", **{field.value: {"query": " ".join(words), "boost": boost}})
