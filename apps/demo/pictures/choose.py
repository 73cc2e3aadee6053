"""From the words of a product to its picture: motif, container, ground, land and colours."""

import re
from random import Random

from apps.demo.pictures import scenes
from apps.demo.pictures.canvas import seeded
from apps.demo.pictures.palette import CHAM, HOE, LA, NUOC, SIM, SON
from apps.demo.pictures.subject import Goods, Look

_FAMILY_OF_CATEGORY = {
    "bien": ("Hải sản", "Thủy sản", "Mắm", "Nước"),
    "vuon": ("Trái cây tươi", "Rau", "Hạt", "Trái cây sấy"),
    "doi": ("Trà", "Cà phê", "Dược", "Tinh dầu"),
    "ruong": ("Gạo", "Miến", "Bánh", "Mật", "Dầu"),
    "bep": ("Thịt", "Gia vị", "Trứng", "Sữa", "Thực phẩm"),
    "men": ("Rượu", "Đồ uống"),
    "nghe": ("Thủ công", "Vải"),
    "hoa": ("Hoa", "Dịch vụ"),
}
"""First words of a category by family of grounds."""

_WORDS = """
    pearlblack: ngọc trai tahiti
    pearlgold: ngọc trai southsea
    pearl: ngọc trai
    noodles: bánh đa
    antler: nhung
    redvase: gốm bàu trúc
    bowls: bát đĩa, gốm gia dụng
    vase: gốm
    bag: mây tre đan, cói mỹ nghệ
    mat: chiếu, thảm
    hat: nón
    lantern: đèn lồng
    knife: dao rèn
    hen: tranh
    lotus: sơn mài, khảm
    house: trải nghiệm bản làng, khu du lịch
    camellia: trà hoa vàng
    lotus: sen
    rose: atiso
    budred: hồng trà
    bud: chè vằng, thuốc tắm
    candy: chè lam
    squid: mực
    crab: cua, ghẹ, ba khía
    shrimp: tôm, mắm ruốc
    jellyfish: sứa
    sandworm: sá sùng
    shell: hàu
    fishdry: chả rươi
    fish: cá thu, nước mắm
    fishred: mắm
    fishdry: khô cá, cá khô, cá kho
    fish: cá
    noodlesgrey: miến
    noodles: mỳ, hủ tiếu
    ricepaper: bánh tráng, bánh phồng, cơm cháy
    rice: gạo, nếp, cốm
    anise: hoa hồi, hồi
    cinnamon: quế
    pepper: tiêu
    chilli: ớt
    blackgarlic: tỏi đen
    garlic: tỏi
    onion: hành
    turmeric: nghệ
    ginger: gừng
    root: sâm, ba kích
    ginger: khoai
    root: củ cải
    lingzhi: nấm lim
    mushroomw: nấm
    mushroom: đông trùng
    chestnut: hạt dẻ
    cashew: điều
    macadamia: mắc ca
    coffee: cà phê
    cocoa: ca cao, sô cô la
    honey: mật ong
    hen: gà
    egg: vịt biển, trứng
    duck: vịt, cà sáy
    buffalo: trâu, bò, bê
    pig: lợn
    meat: thịt, khâu nhục
    sausage: nem, lạp, giò, tré, chả
    oil: dầu, tinh dầu
    drop: khoáng
    salt: muối
    nest: yến
    cloth: lụa
    clothred: thổ cẩm
    cloth: vải lanh
    bloom: mai vàng
    rose: hoa hồng
    orchid: lan
    banana: chuối
    coconut: dừa
    incense: trầm
    grape: nho
    lychee: vải
    longan: nhãn
    plum: mận
    berry: sim
    kumquat: quất
    orange: cam
    pomelo: bưởi, thanh trà
    mango: xoài
    custard: mãng cầu
    dragonfruit: thanh long
    durian: sầu riêng
    rambutan: chôm chôm
    mangosteen: măng cụt
    persimmon: hồng
    strawberry: dâu tây
    longan: dâu
    starapple: vú sữa
    pineapple: khóm
    soybean: tương, đậu
    candy: đường
    oil: mật hoa
    candygreen: kẹo
    candy: mè xửng
    cake: bánh
    rice: rượu
    bud: trà, chè, tảo
    drop: sữa
    soybean: nhút
    bud: thạch
    bloom: hoa
    bud: cây
"""
"""motif: words of a name, accents kept; the first line that matches whole words wins."""

_RULES = [
    (re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words.split(', ')))})(?!\w)"), motif)
    for motif, words in (line.strip().split(": ") for line in _WORDS.strip().splitlines())
]

_CONTAINER_OF_UNIT = {
    "bottle": ("chai",),
    "jug": ("tĩn",),
    "jar": ("hũ", "lọ"),
    "box": ("hộp",),
    "pouch": ("gói",),
    "sack": ("túi",),
    "crate": ("thùng",),
    "tray": ("khay",),
    "pack": ("lốc",),
    "claypot": ("niêu", "bát"),
    "plant": ("chậu",),
    "cloth": ("khăn", "mét"),
    "ceramic": ("bình", "bộ"),
    "frame": ("tranh",),
    "wicker": ("giỏ", "chiếc", "chiếu", "tấm"),
    "ticket": ("vé", "vé/người"),
    "wrap": ("chục", "bó", "đòn", "cây"),
    "basket": ("cặp",),
}
_CONTAINER = {unit: container for container, units in _CONTAINER_OF_UNIT.items() for unit in units}

_LIQUID = {
    "fish": "#9a4a16",
    "fishred": "#b5502c",
    "honey": "#d98a14",
    "oil": "#dfa92e",
    "chilli": SON,
    "soybean": "#8a5a22",
    "root": SIM,
    "berry": SIM,
    "grape": "#5b1f3d",
    "rice": "#e7e2cc",
    "salt": "#f4f1e8",
    "shrimp": "#b06a70",
    "drop": "#bcdcdc",
    "strawberry": SON,
    "pepper": "#3a332c",
    "cashew": "#e2bd80",
    "crab": "#8a5a4a",
    "candy": "#b9772c",
}
_BROWN = "#a9763a"
"""What stands in a bottle or jar, by motif; anything else is brown."""

_PACKS = {
    "bien": (NUOC, CHAM, "#2f6e86"),
    "vuon": (LA, "#c9772a", "#7d9a3c"),
    "doi": (LA, "#2f5d46", SON, "#b5731f", CHAM, SIM),
    "ruong": (SON, "#c98a1c", LA),
    "bep": (SON, "#9b3b20", "#7c4c2a"),
    "men": (SIM, CHAM, "#8c3a2a"),
    "nghe": (CHAM, SON, SIM),
    "hoa": (LA, CHAM, SIM),
}
_WOODS = ("#c9975c", "#a9774a", "#dcb781")
_DEAL = 1145
"""How containers and colours are dealt: a number for which no two neighbours of the demo catalogue look alike."""

DRIED_LEAVES = ("Trà", "Dược liệu", "Cà phê và ca cao")


def family(category: str) -> str:
    """Name of the ground for a category; unknown ones stand in the fields."""
    for name, beginnings in _FAMILY_OF_CATEGORY.items():
        if category.startswith(beginnings):
            return name
    return "ruong"


def motif(title: str, category: str) -> str:
    """Name of the motif that the words of the title call for."""
    low = title.lower()
    if category == "Trà":
        leaves = (("hoa vàng", "camellia"), ("sen", "lotus"), ("hồng trà", "budred"))
        return next((name for words, name in leaves if words in low), "bud")
    if low.startswith("na ") and category == "Trái cây tươi":
        return "custard"
    if "luận văn" in low:
        return "pomelored"
    if "bánh gai" in low or "bánh cáy" in low:
        return "cakebrown"
    return next((name for pattern, name in _RULES if pattern.search(low)), "bud")


def container(goods: Goods, rnd: Random) -> str:
    """Name of the container for the unit that the goods are sold in; loose goods lie on a tray."""
    unit, category, low = goods.unit.split()[0], goods.category, goods.title.lower()
    chosen = _CONTAINER.get(unit, "loose")
    if unit == "hộp" and category in DRIED_LEAVES and rnd.random() < 0.6:
        chosen = "tin"
    if unit == "hộp" and category == "Trái cây tươi":
        chosen = "basket"
    if category == "Nước khoáng":
        chosen = "pack"
    if unit == "hộp" and "khảm" in low:
        chosen = "frame"
    if unit == "túi" and "lưới" in goods.unit:
        chosen = "net"
    if (unit == "túi" and "cói" in low) or (unit == "con" and "dao" in low):
        chosen = "wicker"
    if unit == "cây" and category.startswith("Hoa"):
        chosen = "plant"
    return chosen


def choose(goods: Goods) -> Look:
    """All decisions about one product; the same for the same goods, for ever."""
    _, rnd = seeded(f"{_DEAL}/{goods.sku}")
    ground, name = family(goods.category), motif(goods.title, goods.category)
    vessel = container(goods, rnd)
    pack = rnd.choice(_PACKS[ground])
    accent = rnd.choice((SON, SON, CHAM, LA) if pack != SON else (CHAM, LA, HOE))
    return Look(
        goods=goods,
        motif=name,
        container=vessel,
        family=ground,
        scene=scenes.OF_PROVINCE.get(goods.province_code, scenes.RIVER),
        liquid=_LIQUID.get(name, _BROWN),
        pack=pack,
        accent=accent,
        wood=rnd.choice(_WOODS),
        sun=rnd.choice((230, 400, 580)),
    )
