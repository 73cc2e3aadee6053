"""The index follows the shop, whoever writes and however; and while there is none, the database answers."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from apps.kernel.clock import now
from apps.kernel.memo import forget_all
from apps.shop.catalogue.models import Product
from apps.shop.partner.models import StockRecord
from apps.vendors.models import Vendor
from marketplace.monitoring.metrics import exposition
from search.documents import documents
from search.engines.current import engine
from search.finding import search
from search.index import rebuild as rebuilding
from search.index.follow import follow
from search.index.generations import AlreadyBuilding
from search.index.models import Change, GenerationState, IndexGeneration
from search.index.rebuild import RebuildFailed, rebuild
from search.index.status import waiting
from search.index.stores import store
from search.index.taking import claim, take_over
from search.plan import Counted, EngineAway, Plan
from search.request import Key, SearchRequest, Sort
from search.result import Reading
from tests.factories.catalogue import make_category, make_certificate, make_product
from tests.factories.people import make_admin, sign_in
from tests.factories.vendors import make_vendor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kind")]


def followed() -> None:
    """Everything that was noted is taken over, and readers look again."""
    while follow():
        pass
    forget_all()


def found(q: str = "", **filters: object) -> list[str]:
    """Titles from the index."""
    forget_all()
    result = search(SearchRequest(q=q, **filters))  # type: ignore[arg-type]  # of any field
    titles = dict(Product.objects.values_list("pk", "title"))
    return [titles[pk] for pk in result.ids]


def noted() -> set[int]:
    """Products that wait to be read again."""
    return set(Change.objects.values_list("product_id", flat=True))


CHANGES: dict[str, Callable[[Product], object]] = {
    "price": lambda product: StockRecord.objects.filter(product=product).update(price=Decimal(99_000)),
    "title": lambda product: Product.objects.filter(pk=product.pk).update(title="Trà shan tuyết"),
    "certificate": lambda product: make_certificate(product, stars=5),
    "category": lambda product: product.categories.set([make_category("Trà")]),
    "vendor's name": lambda product: Vendor.objects.filter(pk=product.listing.vendor_id).update(name="Nhà khác"),
    "category's name": lambda product: product.categories.update(name="Mực"),
    "raw SQL": lambda product: connection.cursor().execute(
        "UPDATE partner_stockrecord SET num_in_stock = 7 WHERE product_id = %s", [product.pk]
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_every_change_is_noted_and_taken_over(kind: str, what: str) -> None:
    product, _other = make_product(), make_product(vendor=make_vendor(), category=make_category("Gạo"))
    rebuild(kind)
    [before] = documents([product.pk], 1)
    CHANGES[what](product)
    forget_all()
    assert noted() == {product.pk}
    [after] = documents([product.pk], 1)
    assert after != before
    followed()
    assert noted() == set()
    answer = engine(kind).answer(Plan(SearchRequest(sort=Sort.NEWEST), counted=Counted.NONE))
    assert answer.total == 2


def test_what_leaves_the_shop_leaves_the_index_and_comes_back(kind: str) -> None:
    product = make_product(title="Chả mực")
    rebuild(kind)
    assert found("chả mực") == ["Chả mực"]
    record = StockRecord.objects.filter(product=product)
    record.update(listed=False)
    followed()
    assert found("chả mực") == []
    record.update(listed=True)
    followed()
    assert found("chả mực") == ["Chả mực"]


def test_the_database_answers_while_there_is_no_index(kind: str) -> None:
    make_product(title="Chả mực", search_text="cha muc")
    with pytest.raises(EngineAway):
        engine(kind)
    assert found("chả mực") == ["Chả mực"]
    followed()
    assert IndexGeneration.objects.get().state == GenerationState.LIVE
    assert found("chả mực") == ["Chả mực"]


def test_an_index_that_is_lost_is_made_again(kind: str) -> None:
    make_product(title="Chả mực", search_text="cha muc")
    first = rebuild(kind)
    store(kind).remove(first.name)
    forget_all()
    assert found("chả mực") == ["Chả mực"]
    followed()
    assert IndexGeneration.objects.get(state=GenerationState.LIVE).name != first.name
    assert found("chả mực") == ["Chả mực"]


def test_a_rebuild_that_fails_leaves_everything_as_it_was(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_product(title="Chả mực")
    first = rebuild(kind)
    monkeypatch.setattr(rebuilding, "counted", lambda: 5)
    with pytest.raises(RebuildFailed):
        rebuild(kind)
    states = dict(IndexGeneration.objects.values_list("name", "state"))
    assert (states.pop(first.name), set(states.values())) == ("live", {"failed"})
    assert found("chả mực") == ["Chả mực"]


def test_writes_during_a_rebuild_are_in_the_new_index(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    product = make_product(title="Chả mực")
    rebuild(kind)
    read = rebuilding.every_document

    def disturbed(version: int) -> object:
        yield from read(version)
        Product.objects.filter(pk=product.pk).update(title="Chả cá")
        make_product(title="Mực khô")

    monkeypatch.setattr(rebuilding, "every_document", disturbed)
    rebuild(kind)
    assert sorted(found()) == ["Chả cá", "Mực khô"]
    assert found("chả cá") == ["Chả cá"]


def test_one_rebuild_at_a_time_and_a_dead_one_gives_way(kind: str) -> None:
    make_product()
    dead = IndexGeneration.objects.create(engine=kind, name="dead", schema="", lease_until="2100-01-01T00:00Z")
    with pytest.raises(AlreadyBuilding):
        rebuild(kind)
    assert not follow()
    IndexGeneration.objects.filter(pk=dead.pk).update(lease_until="2020-01-01T00:00Z")
    assert rebuild(kind).state == GenerationState.LIVE
    assert not IndexGeneration.objects.filter(pk=dead.pk).exists()


def test_one_writer_at_a_time(kind: str) -> None:
    product = make_product()
    generation = rebuild(kind)
    StockRecord.objects.filter(product=product).update(price=Decimal(99_000))
    assert claim(generation)
    assert not claim(IndexGeneration.objects.get(pk=generation.pk))
    assert not follow()
    assert noted() == {product.pk}
    writer = store(kind).writer(generation.name)
    assert take_over(generation, writer) == 1
    writer.close()


def test_stars_leave_the_index_with_the_day_that_their_certificate_ends(kind: str) -> None:
    make_certificate(make_product(), stars=5, days_left=3)
    rebuild(kind)
    forget_all()
    assert search(SearchRequest(stars=(5,))).total == 1
    with time_machine.travel(now() + dt.timedelta(days=5)):
        followed()
        assert search(SearchRequest(stars=(5,))).total == 0
    forget_all()


def test_monitors_see_how_the_index_stands(kind: str) -> None:
    product = make_product()
    assert waiting() is None
    rebuild(kind)
    assert waiting() == 0
    StockRecord.objects.filter(product=product).update(price=Decimal(99_000))
    assert waiting() == 1


def test_monitors_and_admins_see_whether_the_index_answers(kind: str) -> None:
    make_product()
    admin = sign_in(Client(), make_admin())
    resting = "Máy tìm kiếm đang nghỉ; danh sách lấy thẳng từ cơ sở dữ liệu."

    def seen() -> tuple[bool, bool]:
        forget_all()
        page = admin.get("/quan-tri/tac-vu/").content.decode()
        return b"shop_search_index_up 1.0" in exposition(), resting in page

    assert seen() == (False, True)
    generation = rebuild(kind)
    assert seen() == (True, False)
    store(kind).remove(generation.name)
    assert seen() == (False, True)


def test_old_generations_go_but_the_last(kind: str) -> None:
    make_product()
    names = [rebuild(kind).name for _time in range(3)]
    assert set(IndexGeneration.objects.values_list("name", "state")) == {(names[2], "live"), (names[1], "old")}


def test_a_shopper_sees_what_was_understood_and_takes_it_back(kind: str, client: Client) -> None:
    make_product(title="Chả mực Quảng Ninh")
    rebuild(kind)
    page = client.get("/tim-kiem/", {"q": "chả mực quảng ninh"})
    assert [card.title for card in page.context["listing"].cards] == ["Chả mực Quảng Ninh"]
    [chip] = page.context["listing"].understood
    assert chip.words == "Quảng Ninh"
    back = client.get(f"/tim-kiem/{chip.url}")
    assert (back.context["listing"].understood, len(back.context["listing"].cards)) == ([], 1)
    assert "tìm đúng những chữ này" in page.content.decode()


@pytest.mark.parametrize(
    ("q", "reading"),
    [
        ("chả mực", None),
        ("chã mục", Reading.WITHOUT_ACCENTS),
        ("chả mựcc", Reading.ONE_TYPO),
        ("cha mu", Reading.BEGINNINGS),
    ],
)
def test_the_page_says_how_strictly_words_were_taken(
    kind: str, client: Client, q: str, reading: Reading | None
) -> None:
    make_product(title="Chả mực")
    rebuild(kind)
    listing = client.get("/tim-kiem/", {"q": q}).context["listing"]
    assert ([card.title for card in listing.cards], listing.result.reading) == (
        ["Chả mực"],
        reading or Reading.AS_TYPED,
    )
    assert bool(listing.reading_words) == (reading in (Reading.WITHOUT_ACCENTS, Reading.ONE_TYPO))


def test_keys_of_a_keyboard_that_nobody_put_together(kind: str, client: Client) -> None:
    make_product(title="Chả mực")
    rebuild(kind)
    page = client.get("/tim-kiem/", {"q": "char muwcj"})
    assert [card.title for card in page.context["listing"].cards] == ["Chả mực"]
    assert "Đọc là “chả mực”." in page.content.decode()


def test_no_vendor_fills_the_first_page_unless_it_was_asked_for(kind: str) -> None:
    big, small = make_vendor(name="Hợp tác xã Lớn"), make_vendor(name="Nhà Nhỏ")
    for _number in range(30):
        make_product(title="Chả mực", vendor=big)
    mine = make_product(title="Chả mực", vendor=small)
    rebuild(kind)
    forget_all()
    first = search(SearchRequest(q="chả mực"))
    assert (mine.pk in first.ids[:4], first.total) == (True, 31)
    second = search(SearchRequest(q="chả mực", page=2))
    assert len(set(first.ids) | set(second.ids)) == 31
    assert mine.pk not in search(SearchRequest(q="chả mực", vendors=(big.slug,))).ids


def test_few_results_name_the_filter_that_hides_the_most(kind: str) -> None:
    here = make_product(title="Chả mực", price=100_000)
    for _number in range(3):
        make_product(title="Chả mực", price=900_000)
    rebuild(kind)
    forget_all()
    request = SearchRequest.read({"q": ["chả mực"], "gia": ["0-200000"], "con-hang": ["1"]})
    result = search(request)
    hidden_by = [(one.key, one.count) for one in result.relaxed]
    assert (result.ids, hidden_by) == ([here.pk], [(Key.PRICE, 3)])


def test_goods_from_near_come_first_unless_the_shopper_asks_for_a_place(kind: str) -> None:
    north, south = (make_vendor(commune=code) for code in ("00004", "26740"))
    far = make_product(title="Chả mực thượng hạng", vendor=south)
    make_certificate(far, stars=5)
    make_product(title="Chả mực của làng", vendor=north)
    rebuild(kind)
    forget_all()

    def first(near: str, **filters: Any) -> list[str]:
        result = search(SearchRequest(**filters), near=near)
        return [Product.objects.get(pk=pk).title for pk in result.ids]

    assert first("") == ["Chả mực thượng hạng", "Chả mực của làng"]
    assert first("01") == ["Chả mực của làng", "Chả mực thượng hạng"]
    assert first("01", q="chả mực") == ["Chả mực của làng", "Chả mực thượng hạng"]
    assert first("01", sort=Sort.STARS) == ["Chả mực thượng hạng", "Chả mực của làng"]
    both = (north.commune.province.slug, south.commune.province.slug)
    assert first("01", provinces=both) == ["Chả mực thượng hạng", "Chả mực của làng"]
