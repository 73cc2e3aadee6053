"""What the words of a product call for, over the whole demo catalogue."""

from collections import Counter

import pytest

from apps.demo.pictures import Goods, View, views_for
from apps.demo.pictures.catalogue import neighbours
from apps.demo.pictures.choose import choose, family, motif
from apps.demo.pictures.containers import CONTAINERS
from apps.demo.pictures.motifs import MOTIFS
from apps.demo.pictures.palette import GROUNDS
from apps.demo.pictures.scenes import OF_PROVINCE
from apps.demo.pictures.views import bulk


@pytest.mark.parametrize(
    ("title", "category", "expected"),
    [
        ("Chả mực giã tay Hạ Long", "Hải sản chế biến", "squid"),
        ("Trà hoa vàng Ba Chẽ", "Trà", "camellia"),
        ("Trà tôm nõn hương quê", "Trà", "bud"),
        ("Na dai Đông Triều", "Trái cây tươi", "custard"),
        ("Bưởi Luận Văn", "Trái cây tươi", "pomelored"),
        ("Hồng treo gió Đà Lạt", "Trái cây sấy", "persimmon"),
        ("Bánh đa cua Dư Hàng Kênh", "Miến, bún, bánh tráng", "noodles"),
        ("Nhung hươu Hương Sơn", "Dược liệu", "antler"),
        ("Gốm Phù Lãng", "Thủ công mỹ nghệ", "vase"),
        ("Sơn mài Tương Bình Hiệp", "Thủ công mỹ nghệ", "lotus"),
        ("Something without a word we know", "Khác", "bud"),
    ],
)
def test_motif_follows_the_words(title: str, category: str, expected: str) -> None:
    assert motif(title, category) == expected


@pytest.mark.parametrize(
    ("sku", "expected"),
    [
        ("DS0001", "pouch"),
        ("DS0007", "tin"),
        ("DS0014", "pack"),
        ("DS0030", "bottle"),
        ("DS0043", "loose"),
        ("DS0050", "ticket"),
        ("DS0057", "frame"),
        ("DS0064", "net"),
        ("DS0073", "wicker"),
        ("DS0076", "claypot"),
        ("DS0087", "crate"),
        ("DS0209", "jug"),
    ],
)
def test_container_follows_the_unit(by_sku: dict[str, Goods], sku: str, expected: str) -> None:
    assert choose(by_sku[sku]).container == expected


def test_whole_catalogue_is_understood(goods: list[Goods]) -> None:
    looks = [choose(one) for one in goods]
    assert len(goods) == 278
    assert {look.motif for look in looks} <= MOTIFS.keys()
    assert {look.container for look in looks} == CONTAINERS.keys()
    assert {look.family for look in looks} == GROUNDS.keys()
    assert {one.province_code for one in goods} <= OF_PROVINCE.keys()


def test_every_province_has_its_country() -> None:
    assert Counter(OF_PROVINCE.values()) == {
        "terrace": 9,
        "isle": 10,
        "palm": 5,
        "river": 4,
        "karst": 3,
        "ridge": 3,
    }


def test_neighbours_never_look_alike(goods: list[Goods]) -> None:
    looks = {one.sku: choose(one) for one in goods}

    def seen(one: Goods) -> tuple[str, str, str, int]:
        look = looks[one.sku]
        return look.motif, look.container, look.tint, look.sun

    alike = [(a.sku, b.sku) for a, b in neighbours(goods) if seen(a) == seen(b)]
    assert alike == []


def test_unknown_category_stands_in_the_fields() -> None:
    assert family("Đồ gốm cổ") == "ruong"


@pytest.mark.parametrize(
    ("unit", "category", "expected"),
    [
        ("chai 500 ml", "Rượu", 500),
        ("thùng 5 kg", "Trái cây tươi", 5000),
        ("con 1,6 kg", "Thịt và chế biến", 1600),
        ("hộp 100 g", "Trà", 300),
        ("chậu cao 60 cm", "Hoa và cây cảnh", 0),
    ],
)
def test_bulk_is_read_from_the_unit(unit: str, category: str, expected: float) -> None:
    assert bulk(Goods("X", "x", category, unit, "01", "Hà Nội")) == expected


def test_views_make_sense_for_the_goods(by_sku: dict[str, Goods]) -> None:
    assert views_for(by_sku["DS0030"]) == (View.FRONT, View.INSIDE, View.SCALE, View.PLACE)
    assert views_for(by_sku["DS0087"]) == (View.FRONT, View.INSIDE, View.PLACE)
    assert views_for(by_sku["DS0083"]) == (View.FRONT, View.PLACE)
