"""What a query was taken for, and why goods stand where they stand: for admins, support and tests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from apps.shop.partner.models import StockRecord
from search import database
from search.documents import documents
from search.engines.current import engine
from search.finding import page_of, result_of
from search.lookup import looked_up
from search.plan import AnyOf, Clause, Counted, Engine, Hit, Plan, Text, Typo
from search.request import SearchRequest, Sort
from search.result import SearchResult

DATABASE = "database"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a text's score: what was asked for, where (empty: anywhere), and what it gave."""

    words: str
    field: str
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where a product stands: its score is the sum of the parts, times its quality."""

    sku: str
    title: str
    score: float
    quality: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A page of results and, for each of them, why it is there; plain search in the database has no scores."""

    result: SearchResult
    rows: tuple[Explanation, ...]


def explained(request: SearchRequest, engine_name: str) -> Explained:
    """Ask the engine of that name, or `database`, as a shopper would; raises EngineAway."""
    if engine_name == DATABASE:
        result = database.search(request)
        return Explained(result, tuple(_rows([Hit(pk, 0, 0, 0.0) for pk in result.ids], {}, {})))
    asked = engine(engine_name)
    found = looked_up(asked, request)
    result = result_of(asked, request, found)
    hits = page_of(asked, found, result.page)
    qualities = {document.id: document.quality for document in documents(result.ids, version=0)}
    return Explained(result, tuple(_rows(hits, qualities, parts_of_scores(asked, found.plan, hits))))


def _rows(hits: Sequence[Hit], qualities: dict[int, float], parts: dict[int, list[Part]]) -> Iterator[Explanation]:
    stock = StockRecord.objects.filter(product__in=[hit.id for hit in hits])
    goods = {pk: rest for pk, *rest in stock.values_list("product_id", "partner_sku", "product__title")}
    for hit in hits:
        if hit.id in goods:
            sku, title = goods[hit.id]
            quality = qualities.get(hit.id, 1.0)
            # The engine has multiplied each part by the quality of the product.
            own = (replace(part, score=part.score / quality) for part in parts.get(hit.id, ()))
            yield Explanation(sku, title, hit.score, quality, tuple(own))


def parts_of_scores(asked: Engine, plan: Plan, hits: Sequence[Hit]) -> dict[int, list[Part]]:
    """By product what each part of the text gives alone; lists in another order than the best match have none.

    Raises EngineAway.
    """
    parts: dict[int, list[Part]] = {}
    if plan.text is None or plan.request.sort is not Sort.RELEVANCE or not hits:
        return parts
    for words, field, text in _pieces(plan.text):
        for hit in asked.answer(_alone(plan, text, hits)).hits:
            parts.setdefault(hit.id, []).append(Part(words, field, hit.score))
    return parts


def _alone(plan: Plan, text: Text, hits: Sequence[Hit]) -> Plan:
    ids = tuple(hit.id for hit in hits)
    return replace(plan, text=text, first=0, count=len(ids), among=ids, counted=Counted.NONE)


def _pieces(text: Text) -> Iterator[tuple[str, str, Text]]:
    """Every part of a text as a text of its own, with its words and its field."""
    for term in text.terms:
        yield _words(term.clauses[0]), "", Text((term,))
    for clause in text.liked:
        yield _words(clause), clause.field.value, Text((AnyOf((clause,)),))


def _words(clause: Clause) -> str:
    return clause.word if isinstance(clause, Typo) else " ".join(clause.words)
