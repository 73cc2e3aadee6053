"""Elasticsearch that hangs or is not there: found out soon, and then nobody waits for it for a while."""

import socket
import time
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from search.engines import elastic
from search.engines.elastic import Elastic, ElasticWriter
from search.plan import EngineAway, Plan
from search.request import SearchRequest
from tests.factories.documents import make_document
from tools.services import spare_port


@pytest.fixture
def hanging() -> Iterator[str]:
    """The address of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def asked(engine: Elastic) -> float:
    """How long it took to find out that there is no answer."""
    begun = time.monotonic()
    with pytest.raises(EngineAway):
        engine.answer(Plan(SearchRequest()))
    return time.monotonic() - begun


def test_a_server_that_hangs_costs_one_reader_less_than_a_second_and_the_next_nothing(
    hanging: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Elastic(Elasticsearch(hanging), "products")
    first, second = asked(engine), asked(engine)
    assert (0.7 < first < 2, second < 0.1) == (True, True)
    monkeypatch.setattr(elastic, "PAUSE_SECONDS", 0.0)
    engine = Elastic(Elasticsearch(hanging), "products")
    assert asked(engine) + asked(engine) > 1.4


def test_no_server_at_all() -> None:
    assert asked(Elastic(Elasticsearch(f"http://127.0.0.1:{spare_port()}"), "products")) < 0.5


def test_nothing_is_written_without_a_server() -> None:
    writer = ElasticWriter(Elasticsearch(f"http://127.0.0.1:{spare_port()}"), "products")
    with pytest.raises(EngineAway):
        writer.put(make_document(number) for number in range(1, 2_000))
