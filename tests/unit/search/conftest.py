"""The words that the search knows."""

import pytest

from tests.factories.words import make_known_words


@pytest.fixture
def known_words(db: None) -> None:
    """Provinces, former provinces and the shipped synonyms."""
    make_known_words()
