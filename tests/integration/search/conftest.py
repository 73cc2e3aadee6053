"""An index of the test's own, in each of the engines."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from search.index.models import IndexGeneration
from search.index.stores import ELASTICSEARCH, TANTIVY, store
from tests.integration.search.server import WITH_SERVER


@pytest.fixture(params=[TANTIVY, pytest.param(ELASTICSEARCH, marks=WITH_SERVER)])
def kind(request: pytest.FixtureRequest, db: None, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """The engine that the shop uses; what the test leaves on the server goes."""
    settings.SEARCH_ENGINE, settings.SEARCH_ROOT = request.param, str(tmp_path)
    yield request.param
    for name in IndexGeneration.objects.values_list("name", flat=True):
        store(request.param).remove(name)
