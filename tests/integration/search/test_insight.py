"""What admins and vendors read from the counts of searches."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.kernel.clock import today
from apps.kernel.memo import forget_all
from apps.vendors.models import Vendor
from search.insight import Report, line, near, report
from search.models import Asked
from search.tally import tally
from tests.factories.catalogue import make_product
from tests.factories.vendors import make_member, make_vendor
from tests.integration.backoffice.desk import desk

pytestmark = pytest.mark.django_db
HERE, AWAY = "22", "01"


def asked(folded: str, times: int, *, ago: int = 0, province: str = "", **counts: int | str) -> None:
    day = today() - dt.timedelta(days=ago)
    Asked.objects.create(day=day, folded=folded, times=times, province_code=province, **counts)


def lines(kind: Report, days: int = 7) -> list[tuple[str, int, int, int, int | None]]:
    found = map(line, report(kind, days=days))
    return [(each.words, each.times, each.missed, each.results, each.open_rate) for each in found]


def test_reports_add_up_days_and_provinces() -> None:
    asked("mat ong", 2, ago=1, words="Mật ong", results=5, seen=8, opened=4)
    asked("mat ong", 3, province=HERE, words="mật ong", results=7, seen=4, opened=1)
    asked("may bay", 4, missed=4)
    asked("hat dieu", 20, seen=10, opened=2, results=9)
    asked("hat sen", 20, ago=7, seen=10, opened=3, results=9)
    asked("chi xem", 0, seen=50)
    assert lines(Report.ASKED) == [
        ("hat dieu", 20, 0, 9, 20),
        ("mật ong", 5, 0, 7, 42),
        ("may bay", 4, 4, 0, None),
    ]
    assert lines(Report.MISSED) == [("may bay", 4, 4, 0, None)]
    assert lines(Report.UNOPENED) == [("hat dieu", 20, 0, 9, 20)]
    assert [row[0] for row in lines(Report.ASKED, days=30)] == ["hat dieu", "hat sen", "mật ong", "may bay"]


def words(vendor: Vendor) -> tuple[list[str], bool, list[str]]:
    forget_all()
    found = near(vendor=vendor)
    return [each.words for each in found.wanted], found.is_near, [each.words for each in found.missed]


def test_vendors_see_what_is_wanted_near_them_and_asked_often() -> None:
    vendor = make_vendor()
    assert vendor.commune.province_id == HERE
    for number, name in enumerate(("mot", "hai", "ba", "bon")):
        asked(name, 9 - number, province=HERE)
    asked("hiem", 2, province=HERE)
    asked("xa", 30, province=AWAY)
    assert words(vendor) == (["xa", "mot", "hai", "ba", "bon"], False, [])
    asked("nam", 3, province=HERE)
    assert words(vendor) == (["mot", "hai", "ba", "bon", "nam"], True, [])


def test_vendors_see_what_is_looked_for_in_vain_near_them_and_in_their_kind() -> None:
    vendor = make_vendor()
    make_product(vendor=vendor, title="Mật ong rừng")
    asked("trung kien", 3, missed=3, province=HERE)
    asked("mat ong hoa nhan", 4, missed=2, province=AWAY)
    asked("mat ong hoa nhan", 1, missed=1, province=HERE)
    asked("mat ong hoa vai", 9, missed=4)
    asked("mat ong hiem", 2, missed=2)
    asked("may bay giay", 9, missed=9, province=AWAY)
    assert words(vendor)[2] == ["trung kien", "mat ong hoa nhan"]
    assert words(make_vendor())[2] == ["trung kien"]


def owner(vendor: Vendor) -> Client:
    client = Client()
    client.force_login(make_member(vendor))
    return client


def cost(client: Client, path: str) -> int:
    client.get(path)
    forget_all()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_one_and_thirty_searches_cost_the_same() -> None:
    pages = [(desk(), f"/quan-tri/tim-kiem/?xem={kind}") for kind in Report]
    pages.append((owner(make_vendor()), "/ban-hang/khach-tim/"))

    def costs(first: int, last: int) -> list[int]:
        for number in range(first, last):
            asked(f"tu {number}", 9, missed=5, seen=20, province=HERE)
        return [cost(client, path) for client, path in pages]

    few, many = costs(0, 1), costs(1, 30)
    assert (max(few) <= 14, many) == (True, few)


def test_pages_of_reports_link_to_the_search_and_to_a_synonym() -> None:
    asked("trung kien", 3, missed=3, words="trứng kiến", province=HERE)
    page = desk().get("/quan-tri/tim-kiem/?xem=khong-thay&ngay=30").content.decode()
    assert 'href="/tim-kiem/?q=tr%E1%BB%A9ng+ki%E1%BA%BFn"' in page
    assert 'href="/quan-tri-du-lieu/search/synonymgroup/add/?phrases=tr%E1%BB%A9ng%20ki%E1%BA%BFn"' in page
    form = desk().get("/quan-tri-du-lieu/search/synonymgroup/add/?phrases=tr%E1%BB%A9ng%20ki%E1%BA%BFn")
    assert 'value="trứng kiến"' in form.content.decode()
    assert "trứng kiến" in owner(make_vendor()).get("/ban-hang/khach-tim/").content.decode()


@pytest.mark.parametrize("before", ["/quan-tri/tim-kiem/", "/en/ban-hang/khach-tim/"])
def test_links_of_reports_do_not_count(before: str) -> None:
    tally.forget()
    reader = Client(headers={"User-Agent": "Mozilla/5.0 Firefox/140.0", "Referer": f"http://testserver{before}"})
    make_product(title="Mật ong")
    assert "data-asked" not in reader.get("/tim-kiem/?q=mat+ong").content.decode()
    tally.flush()
    assert Asked.objects.count() == 0
    reader.get("/tim-kiem/?q=mat+ong", headers={"Referer": "http://testserver/tro-giup/ban-hang/"})
    tally.flush()
    assert Asked.objects.count() == 1
