"""Tests that want an Elasticsearch server run where SEARCH_URL names one."""

import os

import pytest

WITH_SERVER = (
    pytest.mark.service,
    pytest.mark.skipif(
        not os.environ.get("SEARCH_URL"), reason="needs Elasticsearch: `make services`, then SEARCH_URL"
    ),
)
