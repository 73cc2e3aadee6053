"""Where generations are kept in Elasticsearch: an index each."""

from functools import lru_cache

from django.conf import settings
from elasticsearch import Elasticsearch

from search.engines.elastic import Elastic, ElasticWriter, exists, forget


class Indexes:
    """An index in Elasticsearch for each generation."""

    def writer(self, name: str, *, threads: int = 1) -> ElasticWriter:
        """See `Store`."""
        writer = ElasticWriter(_client(), name)
        writer.create()
        return writer

    def reader(self, name: str) -> Elastic:
        """See `Store`."""
        return Elastic(_client(), name)

    def has(self, name: str) -> bool:
        """See `Store`; raises EngineAway."""
        return exists(_client(), name)

    def remove(self, name: str) -> None:
        """See `Store`; raises EngineAway."""
        forget(_client(), name)


@lru_cache(maxsize=1)
def _client_at(url: str) -> Elasticsearch:
    """One client for the process; it keeps its connections."""
    return Elasticsearch(url)


def _client() -> Elasticsearch:
    return _client_at(settings.SEARCH_URL)
