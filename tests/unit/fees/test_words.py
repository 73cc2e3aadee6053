"""Rules and rates as people read them."""

from typing import Any

import pytest
from django.utils import translation

from apps.fees.selectors import rules
from apps.fees.words import percent, rule_words
from tests.factories.catalogue import make_category, make_product
from tests.factories.fees import make_rule
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("bps", "words"), [(0, "0 %"), (1_000, "10 %"), (825, "8,25 %"), (50, "0,5 %")])
def test_per_cent_with_a_comma_in_both_languages(bps: int, words: str) -> None:
    for language in ("vi", "en"):
        with translation.override(language):
            assert percent(bps).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"share_bps": 800}, "All goods: 8 %"),
        ({"share_bps": 1_000, "floor_amount": 5_000, "category": True}, "Spirits: 10 %, at least 5.000 ₫"),
        (
            {"unit_amount": 2_000, "cap_amount": 9_000, "vendor": True},
            "HTX Mười: 2.000 ₫ for each unit, at most 9.000 ₫",
        ),
        (
            {"share_bps": 500, "product": True, "value_from": 100_000, "value_below": 200_000},
            "Rượu mơ, from 100.000 ₫, below 200.000 ₫: 5 %",
        ),
    ],
)
def test_a_rule_is_a_sentence(fields: dict[str, Any], words: str) -> None:
    named = {
        "vendor": make_vendor("HTX Mười"),
        "category": make_category("Rượu", "Spirits"),
        "product": make_product(title="Rượu mơ"),
    }
    make_rule(**{name: named[name] if value is True else value for name, value in fields.items()})
    with translation.override("en"):
        [rule] = rules()
        assert rule_words(rule).replace("\u00a0", " ") == words
