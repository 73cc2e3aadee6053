"""Is the index in use what the database says? Looks at every product, and has those that differ read again."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from search.document import Document
from search.documents import every_document
from search.index.comparing import Drift, Kind, apart, apart_still, unfound
from search.index.generations import in_use
from search.index.models import IndexGeneration
from search.index.stores import store
from search.index.taking import BATCH, note, quiet
from search.plan import Engine, EngineAway
from search.schema import SCHEMA

MOST_MENDED: Final = 50_000  # of more a new index is made sooner
MOST_SHOWN: Final = 50

Progress = Callable[[int], None]


@dataclass
class Findings:
    """What a look at the index has found."""

    generation: str = ""
    products: int = 0
    drift: Counter[Kind] = field(default_factory=Counter)
    some: list[Drift] = field(default_factory=list)  # MOST_SHOWN at most
    beyond: str = ""  # why noting products does not help and a new index is needed

    @property
    def is_right(self) -> bool:
        """Whether index and database say the same."""
        return not self.drift and not self.beyond

    def add(self, drift: Drift) -> None:
        """One product more that differs."""
        self.drift[drift.kind] += 1
        if len(self.some) < MOST_SHOWN:
            self.some.append(drift)


def verify(engine: str, *, mend: bool, progress: Progress = lambda done: None) -> Findings:
    """Compare the index in use with the database; with `mend` what differs is noted, so that the follower reads it."""
    found, generation = Findings(), in_use(engine)
    try:
        if generation is None or not store(engine).has(generation.name):
            found.beyond = "no index is in use"
        elif generation.schema != SCHEMA:
            found.beyond = f"{generation.name} is of another release"
        else:
            found.generation = generation.name
            _look(generation, found, mend=mend, progress=progress)
    except EngineAway as problem:
        found.beyond = f"the index cannot be read: {problem}"
    if not found.is_right and in_use(engine) != generation:
        return verify(engine, mend=mend, progress=progress)  # another one took over meanwhile
    return found


def _look(generation: IndexGeneration, found: Findings, *, mend: bool, progress: Progress) -> None:
    index = store(generation.engine).reader(generation.name)
    for drifted in _confirmed(generation, index, found, progress):
        for drift in drifted:
            found.add(drift)
        if found.drift.total() > MOST_MENDED:
            found.beyond = f"more than {MOST_MENDED} products differ"
            return
        if mend:
            note(generation, [drift.product_id for drift in drifted])
    if found.drift:
        return
    with quiet(generation):
        lost = unfound(generation, index)
    if lost:
        found.beyond = f"their own titles do not find products {lost}"


def _confirmed(
    generation: IndexGeneration, index: Engine, found: Findings, progress: Progress
) -> Iterator[list[Drift]]:
    """Batches of what differs at first sight and still does at a second one, while nobody writes."""

    def read() -> Iterator[Document]:
        for document in every_document(generation.version):
            found.products += 1
            progress(found.products)
            yield document

    suspects = apart(read(), index)
    while some := list(islice(suspects, BATCH)):
        with quiet(generation):
            drifted = list(apart_still(generation, index, [drift.product_id for drift in some]))
        yield drifted
