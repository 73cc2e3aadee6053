"""Every name of every province, each for one province only."""

import pytest

from apps.kernel.vietnamese import fold
from apps.places.selectors.names import province_names
from tests.factories.words import make_known_words


@pytest.mark.django_db
def test_names_of_today_of_yesterday_and_of_every_day() -> None:
    make_known_words()
    names = {name.spelling: name.province.slug for name in province_names()}
    assert len(names) > 63
    wanted = {
        "Quảng Ninh": "quang-ninh",
        "Hà Giang": "tuyen-quang",
        "Bà Rịa - Vũng Tàu": "ho-chi-minh",
        "Sài Gòn": "ho-chi-minh",
        "Hà Tây": "ha-noi",
        "Thừa Thiên Huế": "hue",
        "Đắc Lắc": "dak-lak",
        "Đắk Nông": "lam-dong",
        "Đăk Nông": "lam-dong",
        "Bắc Cạn": "thai-nguyen",
    }
    assert {spelling: names.get(spelling) for spelling in wanted} == wanted
    assert "Vũng Tàu" not in names
    by_key: dict[str, set[str]] = {}
    for spelling, slug in names.items():
        by_key.setdefault(fold(spelling).replace(" ", ""), set()).add(slug)
    assert [key for key, slugs in by_key.items() if len(slugs) > 1] == []
