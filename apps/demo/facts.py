"""What follows from the words of a pack: its contents, the weight of its parcel and how to keep it."""

import re
from dataclasses import dataclass

from apps.demo.rows import GoodsRow

_SIZE = re.compile(r"(?P<number>\d+(?:,\d+)?) (?P<unit>kg|g|ml)\b")
_MANY = re.compile(r"^(?:thùng|lốc) (?P<count>\d+) (?:chai|lon|hũ|lọ) ")
_PER_UNIT = {"kg": 1000, "g": 1, "ml": 1}
_PACKAGING_PERCENT = 8
_PACKAGING_G = 50
_STEP_G = 50

TICKET = "ve"
_CHILLED = frozenset({"mat", "dong", "song"})
_STORAGE = {
    "kho": "Nơi khô ráo, dưới 30 °C, tránh nắng; đậy kín sau khi mở",
    "thoang": "Nơi thoáng mát, tránh nắng; không xếp chồng nặng",
    "mat": "Ngăn mát 0–4 °C",
    "dong": "Ngăn đá -18 °C; rã đông một lần",
    "song": "Ngăn mát 4–8 °C, phủ khăn ẩm, dùng trong ngày nhận",
    "do": "Nơi khô ráo, tránh ẩm mốc và va đập",
    "cay": "Nơi đủ sáng, tưới khi mặt đất khô",
    TICKET: "",
}


@dataclass(frozen=True, slots=True)
class Size:
    """Contents of a pack: grams or millilitres, one of them."""

    weight_g: int | None = None
    volume_ml: int | None = None


def size_of(unit: str) -> Size:
    """The contents that the words of a pack name: `lốc 6 lọ 70 ml` is 420 ml, `con 1,6 kg` 1600 g; else nothing."""
    found = _SIZE.search(unit)
    if found is None:
        return Size(weight_g=1000) if unit.startswith("kg") else Size()
    many = _MANY.match(unit)
    times = int(many["count"]) if many else 1
    whole, _, part = found["number"].partition(",")
    thousandths = int(whole) * 1000 + int((part + "000")[:3])
    amount = thousandths * _PER_UNIT[found["unit"]] * times // 1000
    return Size(volume_ml=amount) if found["unit"] == "ml" else Size(weight_g=amount)


def net_size(row: GoodsRow) -> Size:
    """The contents of a product's pack; where the words name none (`thùng 5 quả`), what the goods weigh."""
    size = size_of(row.unit)
    if size == Size() and row.weight_g:
        return Size(weight_g=row.weight_g)
    return size


def shipping_weight_g(row: GoodsRow) -> int:
    """Weight of the packed parcel in grams, rounded up; nothing for a ticket."""
    if not row.weight_g:
        return 0
    heaviest = max(row.weight_g, net_size(row).weight_g or 0)
    packed = heaviest + heaviest * _PACKAGING_PERCENT // 100 + _PACKAGING_G
    return -(-packed // _STEP_G) * _STEP_G


def is_service(row: GoodsRow) -> bool:
    """Tickets do not travel in a parcel."""
    return row.keep == TICKET


def is_chilled(row: GoodsRow) -> bool:
    """True for what must stay cold on its way."""
    return row.keep in _CHILLED


def storage_words(row: GoodsRow) -> str:
    """How to keep the goods at home."""
    return _STORAGE[row.keep]
