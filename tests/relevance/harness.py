"""Asks a search engine every judged query and reports how good its answers are."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from apps.demo.rows import goods_rows
from tests.relevance.judgements import Judgement, judgements
from tests.relevance.metrics import DEPTH, mean, ndcg

Run = Callable[[str], list[str]]  # the SKUs that an engine answers to a query, the best first
_SHOWN = 3  # goods per line of the table; enough to see what went wrong


@dataclass(frozen=True, slots=True)
class Scored:
    """One query with what came back and what that was worth."""

    judgement: Judgement
    found: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of all queries."""

    queries: tuple[Scored, ...]

    @property
    def overall(self) -> float:
        """The mean over all queries."""
        return mean(one.score for one in self.queries)

    @property
    def classes(self) -> dict[str, float]:
        """The mean of each class, in the order of the judged queries."""
        return {kind: mean(one.score for one in group) for kind, group in self._groups().items()}

    def worst(self, most: int) -> list[Scored]:
        """The queries with the lowest scores; perfect ones are never among them."""
        return sorted((one for one in self.queries if one.score < 1.0), key=lambda one: one.score)[:most]

    def table(self, worst: int = 40) -> str:
        """The report as a text for people."""
        return "\n".join([*self._class_lines(), "", *self._worst_lines(worst)])

    def _groups(self) -> dict[str, list[Scored]]:
        groups: dict[str, list[Scored]] = defaultdict(list)
        for one in self.queries:
            groups[one.judgement.kind].append(one)
        return groups

    def _class_lines(self) -> Iterator[str]:
        yield f"{'class':<12} {'queries':>7} {'nDCG@10':>8} {'zero':>5}"
        groups = self._groups()
        for kind, score in self.classes.items():
            yield f"{kind:<12} {len(groups[kind]):>7} {score:>8.4f} {_zeros(groups[kind]):>5}"
        yield f"{'overall':<12} {len(self.queries):>7} {self.overall:>8.4f} {_zeros(self.queries):>5}"

    def _worst_lines(self, most: int) -> Iterator[str]:
        titles = {row.sku: row.title for row in goods_rows()}
        for one in self.worst(most):
            grades = one.judgement.grades
            yield f"{one.score:.2f}  {one.judgement.query}  ({one.judgement.kind})"
            yield "      got    " + _goods(one.found, titles, grades)
            yield "      wanted " + _goods(sorted(grades, key=lambda sku: -grades[sku]), titles, grades)


def evaluate(run: Run, asked: Iterable[Judgement] | None = None) -> Report:
    """Every judged query through `run`."""
    return Report(tuple(_scored(run, one) for one in (judgements() if asked is None else asked)))


def _scored(run: Run, judgement: Judgement) -> Scored:
    found = tuple(run(judgement.query)[:DEPTH])
    return Scored(judgement, found, ndcg(found, judgement.grades))


def _zeros(scored: Iterable[Scored]) -> int:
    """How many queries got nothing right."""
    return sum(one.score == 0.0 for one in scored)


def _goods(skus: Sequence[str], titles: Mapping[str, str], grades: Mapping[str, int]) -> str:
    """The first few goods with their grades: `3 Chả mực viên Hạ Long; 0 Cua Cà Mau; ... (12)`."""
    shown = [f"{grades.get(sku, 0)} {titles.get(sku, sku)}" for sku in skus[:_SHOWN]]
    rest = [f"... ({len(skus)})"] if len(skus) > _SHOWN else []
    return "; ".join(shown + rest) or "nothing"
