"""Where generations are kept: a folder each for tantivy, an index each in Elasticsearch."""

import shutil
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Protocol

from django.conf import settings

from search.document import Document
from search.engines.tantivy import Tantivy, TantivyWriter, is_index
from search.plan import Engine

TANTIVY, ELASTICSEARCH = "tantivy", "elasticsearch"


class Writer(Protocol):
    """Writes one generation."""

    def add(self, documents: Iterable[Document]) -> None:
        """Documents that the generation does not have yet."""
        ...

    def put(self, documents: Iterable[Document]) -> None:
        """Replace documents."""
        ...

    def drop(self, product_ids: Collection[int], version: int) -> None:
        """Take products out."""
        ...

    def commit(self) -> None:
        """Make it durable and visible."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class Store(Protocol):
    """The place of all generations of one engine."""

    def writer(self, name: str, *, threads: int = 1) -> Writer:
        """A writer of a generation; raises EngineAway when somebody else writes it or the engine is not there."""
        ...

    def reader(self, name: str) -> Engine:
        """What answers searches from a generation."""
        ...

    def has(self, name: str) -> bool:
        """Whether the generation is there."""
        ...

    def remove(self, name: str) -> None:
        """Forget a generation for good."""
        ...


class Folders:
    """A folder for each generation of the embedded engine."""

    def writer(self, name: str, *, threads: int = 1) -> TantivyWriter:
        """See `Store`."""
        return TantivyWriter(self._folder(name), threads=threads)

    def reader(self, name: str) -> Tantivy:
        """See `Store`."""
        return Tantivy(self._folder(name))

    def has(self, name: str) -> bool:
        """See `Store`."""
        return is_index(self._folder(name))

    def remove(self, name: str) -> None:
        """See `Store`."""
        shutil.rmtree(self._folder(name), ignore_errors=True)

    def _folder(self, name: str) -> Path:
        return Path(settings.SEARCH_ROOT) / name


def store(engine: str) -> Store:
    """The place of the generations of an engine."""
    if engine == TANTIVY:
        return Folders()
    # Only where it is used: its client takes 20 MB of every process.
    from search.index.elastic_store import Indexes

    return Indexes()
