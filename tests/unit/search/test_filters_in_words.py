"""Words of a query that mean a filter, and words that look so and do not."""

import datetime as dt
from unittest.mock import patch

import pytest

from search.request import Key, PriceRange, SearchRequest
from search.understanding import NoteKind, Understood, understand

pytestmark = pytest.mark.usefixtures("known_words")


def meant(q: str) -> Understood:
    return understand(SearchRequest(q=q))


@pytest.mark.parametrize(
    ("q", "left", "provinces"),
    [
        ("chả mực quảng ninh", "chả mực", "quang-ninh"),
        ("quảng ninh chả mực", "chả mực", "quang-ninh"),
        ("CHẢ MỰC QUẢNG NINH", "CHẢ MỰC", "quang-ninh"),
        ("trà thái nguyên ngon", "trà ngon", "thai-nguyen"),
        ("ca phe dak lak", "ca phe", "dak-lak"),
        ("ca phe daklak", "ca phe", "dak-lak"),
        ("cà phê đăk lăk", "cà phê", "dak-lak"),
        ("cà phê Đắc Lắc", "cà phê", "dak-lak"),
        ("miến bắc cạn", "miến", "thai-nguyen"),
        ("cam hà giang", "cam", "tuyen-quang"),
        ("khoai deo quảng bình", "khoai deo", "quang-tri"),
        ("gạo st25 sóc trăng", "gạo st25", "can-tho"),
        ("hoà bình", "", "phu-tho"),
        ("hòa bình", "", "phu-tho"),
        ("quang ninh", "", "quang-ninh"),
        ("quangninh", "", "quang-ninh"),
        ("hue", "", "hue"),
        ("mè xửng huế", "mè xửng", "hue"),
        ("nón lá thừa thiên huế", "nón lá", "hue"),
        ("tỉnh quảng ninh", "", "quang-ninh"),
        ("tp. hồ chí minh", "", "ho-chi-minh"),
        ("bánh tráng TP.HCM", "bánh tráng", "ho-chi-minh"),
        ("đặc sản Quảng Ninh", "", "quang-ninh"),
        ("honey from ha giang", "honey", "tuyen-quang"),
        ("hanoi", "", "ha-noi"),
        ("trà vinh", "", "vinh-long"),
        ("ca tra vinh long", "ca tra", "vinh-long"),
        ("nhan long an giang", "nhan long", "an-giang"),
        ("thanh long long an", "thanh long", "tay-ninh"),
        ("bà rịa - vũng tàu", "", "ho-chi-minh"),
        ("ha tinh quang ninh", "", "ha-tinh quang-ninh"),
        ("trà, quảng ninh", "trà", "quang-ninh"),
    ],
)
def test_a_province_of_today_or_of_yesterday(q: str, left: str, provinces: str) -> None:
    found = meant(q)
    assert (found.request.q, " ".join(found.request.provinces)) == (left, provinces)


@pytest.mark.parametrize(
    "q",
    [
        "nước mắm phú quốc",
        "cam cao phong",
        "vải thiều lục ngạn",
        "mực hạ long",
        "cam vinh",
        "bánh khọt vũng tàu",
        "quãng ninh",  # other accents
        "hoà bính",
        "chè thài nguyên",
        "me xung hue",  # huệ is a lily
        "hoa hue",
        "hàu sữa thái bình dương",
        "hau sua thai binh duong",
        "thanh long an toàn",
        "che lam dong trieu",
        "mien dong nai",
        "quảng",
        "ninh quảng",
    ],
)
def test_names_of_goods_and_of_smaller_places_stay_words(q: str) -> None:
    found = meant(q)
    assert (found.request, found.notes) == (SearchRequest(q=q), ())


@pytest.mark.parametrize(
    ("q", "stars"),
    [
        ("5 sao", (5,)),
        ("5sao", (5,)),
        ("5 stars", (5,)),
        ("5 *", (5,)),
        ("ocop 4 sao", (4,)),
        ("đạt OCOP 4 sao", (4,)),
        ("4 sao ocop", (4,)),
        ("4-5 sao", (4, 5)),
        ("4 hoặc 5 sao", (4, 5)),
        ("từ 3 đến 4 sao", (3, 4)),
        ("từ 4 sao", (4, 5)),
        ("tu 4 sao", (4, 5)),
        ("4 sao trở lên", (4, 5)),
        ("4+ stars", (4, 5)),
        ("at least 4 stars", (4, 5)),
        ("ocop", (3, 4, 5)),
        ("mỗi xã một sản phẩm", (3, 4, 5)),
        ("5 sao ocop trà", (5,)),
        ("ocop trà 5 sao", (5,)),
        ("4 sao trà 5 sao", (4, 5)),
        ("2 sao", ()),
        ("6 sao", ()),
        ("5 sào", ()),
        ("15 sao", ()),
        ("0,5 sao", ()),
        ("sao", ()),
    ],
)
def test_stars(q: str, stars: tuple[int, ...]) -> None:
    assert meant(q).request.stars == stars


@pytest.mark.parametrize(
    ("q", "low", "high"),
    [
        ("dưới 200k", 0, 200_000),
        ("duoi 200 nghin", 0, 200_000),
        ("dưới 200 ngàn đồng", 0, 200_000),
        ("giá dưới 1,5 triệu", 0, 1_500_000),
        ("không quá 100.000đ", 0, 100_000),
        ("under 200k", 0, 200_000),
        ("<200k", 0, 200_000),
        ("200k trở xuống", 0, 200_000),
        ("dưới 200000", 0, 200_000),
        ("200-500k", 200_000, 500_000),
        ("200k-500k", 200_000, 500_000),
        ("200k – 500k", 200_000, 500_000),
        ("500k-200k", 200_000, 500_000),
        ("từ 200 đến 500 nghìn", 200_000, 500_000),
        ("500-1 triệu", 500_000, 1_000_000),
        ("từ 1tr đến 1tr5", 1_000_000, 1_500_000),
        ("100.000 - 300.000 đ", 100_000, 300_000),
        ("from 200k to 500k", 200_000, 500_000),
        ("trên 1 triệu", 1_000_000, None),
        ("từ 200k", 200_000, None),
        ("200k trở lên", 200_000, None),
        ("over 1 million", 1_000_000, None),
        ("trên 50k dưới 200k", 50_000, 200_000),
        ("tầm 300k", 240_000, 360_000),
        ("khoảng 300 nghìn", 240_000, 360_000),
        ("~300k", 240_000, 360_000),
        ("200.000đ", 160_000, 240_000),
        ("giá 200k", 160_000, 240_000),
    ],
)
def test_prices(q: str, low: int, high: int | None) -> None:
    found = meant(q)
    assert (found.request.q, found.request.prices) == ("", (PriceRange(low, high),))


@pytest.mark.parametrize(
    "q",
    [
        "dưới 1kg",
        "trên 18 tuổi",
        "2024-2025",
        "sâm 2 củ",
        "sâm k5",
        "200000",
        "5k",
        "đuổi 200 con",
        "nước mắm 40 độ đạm",
        "99999999999k",
        "2 đồng",
        "khăn 50x180 cm",
    ],
)
def test_other_numbers_are_no_prices(q: str) -> None:
    assert meant(q).request == SearchRequest(q=q)


@pytest.mark.parametrize(
    ("q", "months"),
    [
        ("tháng 11", (11,)),
        ("tháng sáu", (6,)),
        ("thang muoi hai", (12,)),
        ("tháng chạp", (12,)),
        ("thang 11", (11,)),
        ("tháng 02", (2,)),
        ("thu hoạch tháng 3", (3,)),
        ("in november", (11,)),
        ("November", (11,)),
        ("in may", (5,)),
        ("đang vào mùa", (6,)),
        ("đúng mùa", (6,)),
        ("in season", (6,)),
        ("quanh năm", (0,)),
        ("year-round", (0,)),
        ("tháng 13", ()),
        ("tháng 1 kg", ()),
        ("tháng 1.000", ()),
        ("tháng sau", ()),
        ("may tre dan", ()),
        ("đang mua", ()),
    ],
)
def test_months_and_seasons(q: str, months: tuple[int, ...]) -> None:
    with patch("search.understanding.seasons.today", lambda: dt.date(2026, 6, 15)):
        assert meant(q).request.months == months


@pytest.mark.parametrize(
    ("q", "yes"), [("còn hàng", True), ("con hang", True), ("in stock", True), ("con hàng", False), ("hết hàng", False)]
)
def test_stock(q: str, yes: bool) -> None:
    assert meant(q).request.in_stock is yes


def test_all_at_once_in_any_order() -> None:
    found = meant("Trà dưới 200k, 5 sao Thái Nguyên tháng 11 còn hàng")
    assert found.request == SearchRequest(
        q="Trà",
        provinces=("thai-nguyen",),
        stars=(5,),
        prices=(PriceRange(0, 200_000),),
        months=(11,),
        in_stock=True,
    )
    assert [(note.kind, note.words, note.key, note.value) for note in found.notes] == [
        (NoteKind.PRICE, "dưới 200k", Key.PRICE, "0-200000"),
        (NoteKind.STARS, "5 sao", Key.STARS, "5"),
        (NoteKind.PROVINCE, "Thái Nguyên", Key.PROVINCE, "thai-nguyen"),
        (NoteKind.SEASON, "tháng 11", Key.MONTH, "11"),
        (NoteKind.STOCK, "còn hàng", Key.IN_STOCK, "1"),
    ]


def test_filters_that_are_set_and_those_of_the_words_narrow_together() -> None:
    asked = SearchRequest(q="trà 4-5 sao dưới 200k", stars=(5,), prices=(PriceRange(100_000, 300_000),), page=3)
    found = understand(asked).request
    assert (found.stars, found.prices, found.page) == ((5,), (PriceRange(100_000, 200_000),), 3)


def test_where_nothing_fits_both_either_will_do() -> None:
    asked = SearchRequest(q="trà quảng ninh dưới 100k", provinces=("ha-noi",), prices=(PriceRange(300_000, None),))
    found = understand(asked).request
    assert found.provinces == ("ha-noi", "quang-ninh")
    assert found.prices == (PriceRange(300_000, None), PriceRange(0, 100_000))


def test_words_that_were_taken_back_stay_words() -> None:
    asked = SearchRequest(q="Cá khô Hòa Bình 5 sao dưới 200k")
    note = next(note for note in understand(asked).notes if note.kind is NoteKind.PROVINCE)
    kept = understand(asked.keeping(note.words))
    assert (kept.request.q, kept.request.provinces, kept.request.stars) == ("Cá khô Hòa Bình", (), (5,))
    assert understand(asked, keep=["hòa bình", "5 SAO"]).request.q == "Cá khô Hòa Bình 5 sao"
    assert understand(asked, keep=["Hòa"]).request.provinces == ()
    assert understand(asked, keep=["òa", "(", ""]).request.provinces == ("phu-tho",)
