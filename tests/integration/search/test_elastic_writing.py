"""What Elasticsearch is sent in parts, by several threads, arrives whole or fails."""

import os
import uuid
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from search.document import Document
from search.engines.elastic import Elastic, ElasticWriter, forget
from search.plan import EngineAway, Plan
from search.request import SearchRequest
from tests.factories.documents import make_document
from tests.integration.search.server import WITH_SERVER

pytestmark = list(WITH_SERVER)
SOME_PARTS = 2_345


class Stopped(Exception):
    """Whoever makes the documents gives up."""


@pytest.fixture
def client() -> Elasticsearch:
    """The server."""
    return Elasticsearch(os.environ["SEARCH_URL"])


@pytest.fixture
def name(client: Elasticsearch) -> Iterator[str]:
    """An index of its own."""
    name = f"writing-{uuid.uuid4().hex}"
    ElasticWriter(client, name).create()
    yield name
    forget(client, name)


@pytest.fixture
def writer(client: Elasticsearch, name: str) -> ElasticWriter:
    """Its writer."""
    return ElasticWriter(client, name)


def test_every_part_arrives_and_is_seen_with_the_commit(
    client: Elasticsearch, name: str, writer: ElasticWriter
) -> None:
    writer.add(make_document(number) for number in range(1, SOME_PARTS + 1))
    before = Elastic(client, name).answer(Plan(SearchRequest())).total
    writer.commit()
    assert (before, Elastic(client, name).answer(Plan(SearchRequest())).total) == (0, SOME_PARTS)


def test_what_comes_late_changes_nothing(client: Elasticsearch, name: str, writer: ElasticWriter) -> None:
    new, old = make_document(1, version=2, stars=5), make_document(1, version=1, stars=3)
    writer.put([new])
    writer.put([old, make_document(2)])
    assert Elastic(client, name).digests(0, 10) == [(1, new.digest), (2, make_document(2).digest)]


@pytest.mark.parametrize("place", [1, SOME_PARTS // 2, SOME_PARTS])
def test_a_document_that_the_server_refuses_is_a_failure(writer: ElasticWriter, place: int) -> None:
    numbers = range(1, SOME_PARTS + 1)
    documents = (make_document(number, vendor_id="no number" if number == place else 1) for number in numbers)
    with pytest.raises(EngineAway, match="vendor_id"):
        writer.add(documents)


def test_a_failure_of_whoever_makes_the_documents_is_told_as_it_is(writer: ElasticWriter) -> None:
    def documents() -> Iterator[Document]:
        yield from (make_document(number) for number in range(1, SOME_PARTS))
        raise Stopped

    with pytest.raises(Stopped):
        writer.add(documents())
