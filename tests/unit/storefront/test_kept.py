"""HTML that is kept under a digest of what it shows."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.template import Context, Template
from django.utils import translation

TEMPLATE = "{% load i18n kept %}{% kept one name %}{% translate 'Basket' %} {{ name }} {{ count.add }}{% endkept %}"


class Count:
    """How often the inside was drawn."""

    drawn = 0

    def add(self) -> int:
        """One more."""
        self.drawn += 1
        return self.drawn


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    caches["fragments"].clear()
    yield
    caches["fragments"].clear()


def draw(name: str, count: Count) -> str:
    return Template(TEMPLATE).render(Context({"name": name, "count": count}))


def test_it_is_drawn_once_for_the_same_values() -> None:
    count = Count()
    assert [draw("Hoa", count), draw("Hoa", count)] == ["Giỏ hàng Hoa 1"] * 2
    assert draw("Lan", count) == "Giỏ hàng Lan 2"


def test_every_language_is_drawn_for_itself() -> None:
    count = Count()
    assert draw("Hoa", count) == "Giỏ hàng Hoa 1"
    with translation.override("en"):
        assert draw("Hoa", count) == "Basket Hoa 2"


def test_values_are_escaped_once() -> None:
    assert draw("<b>", Count()) == draw("<b>", Count()) == "Giỏ hàng &lt;b&gt; 1"
