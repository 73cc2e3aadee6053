"""A place is found by any name that it has or had, with or without accents and prefixes."""

from django.test import TestCase

from apps.kernel.actor import Actor
from apps.kernel.vietnamese import collation_key
from apps.places.models import FormerCommune, FormerProvince, Province
from apps.places.selectors import (
    candidates_for_old_address,
    communes_of,
    find_province,
    provinces,
    suggest_communes,
    suggest_old_addresses,
)
from apps.places.services import load_places


def _found(text: str) -> str | None:
    province = find_province(text)
    return province.name if province else None


def _suggested(text: str, province_code: str | None = None, limit: int = 1) -> list[tuple[str, str]]:
    return [(found.full_name, found.former_name) for found in suggest_communes(text, province_code, limit)]


def _candidates(address: str | list[str]) -> list[str]:
    return [f"{commune}, {commune.province.name}" for commune in candidates_for_old_address(address)]


class TestFinding(TestCase):
    """One load of the tables serves all these tests, which only read."""

    @classmethod
    def setUpTestData(cls) -> None:
        load_places(actor=Actor.system())

    def test_provinces_stand_by_region_and_alphabet(self) -> None:
        listed = provinces()
        assert [province.region for province in listed] == ["north"] * 15 + ["centre"] * 11 + ["south"] * 8
        assert [province.name for province in listed][:3] == ["Bắc Ninh", "Cao Bằng", "Điện Biên"]

    def test_communes_of_a_province_stand_in_vietnamese_order(self) -> None:
        names = [commune.name for commune in communes_of("22")]
        assert (len(names), names[0], names) == (54, "An Sinh", sorted(names, key=collation_key))
        assert communes_of("00") == ()

    def test_a_list_takes_one_query(self) -> None:
        with self.assertNumQueries(1):
            assert {commune.province.name for commune in communes_of("22")} == {"Quảng Ninh"}
        with self.assertNumQueries(1):
            assert len(provinces()) == 34

    def test_a_province_is_found_by_every_spelling(self) -> None:
        spellings = {
            "quang ninh": "Quảng Ninh",
            "Tỉnh Quảng Ninh": "Quảng Ninh",
            "TP. Hồ Chí Minh": "Hồ Chí Minh",
            "TPHCM": "Hồ Chí Minh",
            "tp hcm": "Hồ Chí Minh",
            "Sài Gòn": "Hồ Chí Minh",
            "Bến Tre": "Vĩnh Long",
            "tinh ben tre": "Vĩnh Long",
            "Bà Rịa \u2013 Vũng Tàu": "Hồ Chí Minh",
            "Thừa Thiên Huế": "Huế",
            "T. Hoà Bình": "Phú Thọ",
            "Đăk Lăk": "Đắk Lắk",
            "DAKLAK": "Đắk Lắk",
            "thành phố Đồng Nai": "Đồng Nai",
            "Phường Hà Nam": None,
            "Hạ Long": None,
            "": None,
        }
        assert {text: _found(text) for text in spellings} == spellings

    def test_every_province_is_found_by_its_names_of_today_and_before(self) -> None:
        today = {province.full_name: province.name for province in Province.objects.all()}
        before = {former.name: former.province.name for former in FormerProvince.objects.select_related("province")}
        assert {name: _found(name) for name in {**before, **today}} == {**before, **today}

    def test_type_ahead_knows_present_and_former_names(self) -> None:
        expected = {
            "hồng g": ("Phường Hồng Gai, Tỉnh Quảng Ninh", ""),
            "hong gai": ("Phường Hồng Gai, Tỉnh Quảng Ninh", ""),
            "phường hồng gai": ("Phường Hồng Gai, Tỉnh Quảng Ninh", ""),
            "gai, quảng ninh": ("Phường Hồng Gai, Tỉnh Quảng Ninh", ""),
            "quan lan": ("Đặc khu Vân Đồn, Tỉnh Quảng Ninh", "Xã Quan Lạn, Huyện Vân Đồn"),
            "phu quoc kien giang": ("Đặc khu Phú Quốc, Tỉnh An Giang", ""),
            "Hoà Bình, Phú Thọ": ("Phường Hòa Bình, Tỉnh Phú Thọ", ""),
            "huyện vân đồn": ("Đặc khu Vân Đồn, Tỉnh Quảng Ninh", "Xã Bản Sen, Huyện Vân Đồn"),
        }
        assert {text: _suggested(text)[0] for text in expected} == expected
        assert _suggested("bạch đằng", province_code="22") == [
            ("Phường Hồng Gai, Tỉnh Quảng Ninh", "Phường Bạch Đằng, Thành phố Hạ Long")
        ]

    def test_type_ahead_finds_nothing_where_there_is_nothing(self) -> None:
        texts = ["", " ", "%", ",", "xyzxyz", "5", "xyz, quảng ninh", "một hai ba bốn năm sáu"]
        assert [text for text in texts if _suggested(text)] == []

    def test_type_ahead_puts_typed_accents_first(self) -> None:
        assert [name for name, _ in _suggested("tấn", limit=2)] == [
            "Xã Cù Lao Giêng, Tỉnh An Giang",
            "Xã Lộc Tấn, Thành phố Đồng Nai",
        ]

    def test_type_ahead_offers_a_commune_once_and_no_more_than_asked_for(self) -> None:
        codes = [found.commune.code for found in suggest_communes("a", limit=10)]
        assert (len(codes), len(set(codes))) == (10, 10)

    def test_type_ahead_has_a_bounded_number_of_queries(self) -> None:
        for limit in (1, 30):
            with self.assertNumQueries(3):
                assert len(_suggested("tân", limit=limit)) == limit

    def test_an_old_address_takes_a_bounded_number_of_queries(self) -> None:
        for address, found in (("Phường 5", 22), ("phường Bạch Đằng, Hạ Long, Quảng Ninh", 1)):
            with self.assertNumQueries(4):
                assert len(_candidates(address)) == found

    def test_an_old_address_leads_to_todays_commune(self) -> None:
        expected = {
            "Số 12, tổ 3, phường Bạch Đằng, TP Hạ Long, Quảng Ninh": ["Phường Hồng Gai, Quảng Ninh"],
            "phường Bạch Đằng TP Hạ Long tỉnh Quảng Ninh": ["Phường Hồng Gai, Quảng Ninh"],
            "phuong bach dang, tp ha long, quang ninh": ["Phường Hồng Gai, Quảng Ninh"],
            "12 Lê Lợi, P.5, Q.3, TP.HCM": ["Phường Bàn Cờ, Hồ Chí Minh"],
            "Phường Hồng Gai, Tỉnh Quảng Ninh, Việt Nam": ["Phường Hồng Gai, Quảng Ninh"],
            "xã Hoà Lộc, huyện Hậu Lộc, Thanh Hoá": ["Xã Hoa Lộc, Thanh Hóa"],
            "Thị trấn Cô Tô, Huyện Cô Tô": ["Đặc khu Cô Tô, Quảng Ninh"],
            "xã Tân Triều, huyện Thanh Trì, Hà Nội": [
                "Phường Thanh Liệt, Hà Nội",
                "Phường Định Công, Hà Nội",
                "Phường Hà Đông, Hà Nội",
                "Phường Khương Đình, Hà Nội",
            ],
            "12 Nowhere Street": [],
            "": [],
        }
        assert {address: _candidates(address) for address in expected} == expected
        assert _candidates(["Xã Bạch Đằng", "Huyện Hoà An", "Cao Bằng"]) == ["Xã Bạch Đằng, Cao Bằng"]

    def test_without_a_district_the_present_name_comes_first(self) -> None:
        assert _candidates("Phường Hạ Long, Quảng Ninh") == [
            "Phường Hạ Long, Quảng Ninh",
            "Đặc khu Vân Đồn, Quảng Ninh",
        ]

    def test_every_former_commune_leads_to_its_default_first(self) -> None:
        rows = FormerCommune.objects.filter(is_default=True).select_related("former_province").order_by("pk")[::97]
        addresses = {f"{row}, {row.former_province}": row.commune_id for row in rows}
        assert {address: candidates_for_old_address(address)[0].code for address in addresses} == addresses

    def test_a_whole_former_address_is_suggested_with_its_former_name(self) -> None:
        wanted = {
            "Bạch Đằng, Hạ Long, Quảng Ninh": (
                "Phường Hồng Gai, Tỉnh Quảng Ninh",
                "Phường Bạch Đằng, Thành phố Hạ Long",
            ),
            "bach dang ha long quang ninh": ("Phường Hồng Gai, Tỉnh Quảng Ninh", "Phường Bạch Đằng, Thành phố Hạ Long"),
            "cai rong van don": ("Đặc khu Vân Đồn, Tỉnh Quảng Ninh", "Thị trấn Cái Rồng, Huyện Vân Đồn"),
            "phuong ben nghe quan 1": ("Phường Sài Gòn, Thành phố Hồ Chí Minh", "Phường Bến Nghé, Quận 1"),
        }
        for text, answer in wanted.items():
            first = suggest_old_addresses(text)[0]
            assert (first.full_name, first.former_name) == answer
        assert [suggest_old_addresses(text) for text in ("", "a", "xyz abc def")] == [[], [], []]
