"""Admins read why a product stands where it stands."""

from pathlib import Path

import pytest
from pytest_django import Settings

from search.index.rebuild import rebuild
from search.index.stores import TANTIVY
from tests.factories.catalogue import make_product
from tests.integration.backoffice.desk import desk

pytestmark = pytest.mark.django_db
ADDRESS = "/quan-tri/tim-kiem/vi-sao/?q=ch%E1%BA%A3+m%E1%BB%B1c"


def test_the_index_says_what_each_word_gave(settings: Settings, tmp_path: Path) -> None:
    settings.SEARCH_ROOT = str(tmp_path)
    product = make_product(title="Chả mực giã tay")
    rebuild(TANTIVY)
    page = desk().get(ADDRESS).content.decode()
    assert (product.title in page, "đọc đúng như đã gõ" in page) == (True, True)
    assert page.count("trong tên, không dấu") == 1
    assert '<span lang="vi">chả mực</span> <span class="meta">trong tên</span>' in page


def test_without_an_index_the_database_answers_without_scores() -> None:
    product = make_product(title="Chả mực giã tay", search_text="cha muc gia tay")
    page = desk().get(ADDRESS).content.decode()
    assert (product.title in page, "trong tên" in page) == (True, False)
