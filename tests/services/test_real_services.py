"""The services of the production profile answer for real, with the settings that we ship."""

import os

import pytest
from django.core.cache.backends.redis import RedisCache
from elasticsearch import Elasticsearch
from elasticsearch.dsl import Document, Search, Text, connections

pytestmark = pytest.mark.service


@pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="no DATABASE_URL")
@pytest.mark.django_db
def test_postgresql_runs_our_migrations_with_its_timeouts() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("show lock_timeout")
        assert cursor.fetchone() == ("3s",)
        cursor.execute("select count(*) from jobs_auditevent")
        assert cursor.fetchone() == (0,)


@pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="no REDIS_URL")
def test_redis_counts_tries() -> None:
    cache = RedisCache(os.environ["REDIS_URL"], {})
    cache.clear()
    assert cache.add("tries", 1, timeout=60) is True
    assert cache.add("tries", 1, timeout=60) is False
    assert cache.incr("tries") == 2


class Specialty(Document):
    """The smallest document."""

    title = Text()

    class Index:
        name = "test-specialties"


@pytest.mark.skipif(not os.environ.get("SEARCH_URL"), reason="no SEARCH_URL")
def test_elasticsearch_speaks_to_our_client() -> None:
    client: Elasticsearch = connections.create_connection(hosts=[os.environ["SEARCH_URL"]])
    client.indices.delete(index="test-specialties", ignore_unavailable=True)
    Specialty.init()
    Specialty(title="Chả mực Hạ Long").save(refresh=True)
    found = Search(index="test-specialties").query("match", title="mực").execute()
    assert [hit.title for hit in found] == ["Chả mực Hạ Long"]
    client.indices.delete(index="test-specialties")
