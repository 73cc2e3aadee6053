"""The search box offers rows while somebody types: by keys, by finger, read aloud, and never in the way."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.e2e.checks import axe_faults, sideways
from tests.e2e.conftest import DESK, PHONE, NewPage

NARROW: ViewportSize = {"width": 320, "height": 380}  # what a keyboard leaves of a small phone
CAKE = "Chả mực viên Hạ Long"


def typed(page: Page, words: str, path: str = "/") -> tuple[Locator, Locator]:
    """Types into the box of the header; the box and the rows that are offered."""
    page.goto(path)
    box, rows = page.locator("header [name=q]"), page.locator("header [role=option]")
    box.focus()
    page.keyboard.type(words, delay=20)
    expect(rows.first).to_be_visible()
    return box, rows


def test_arrows_choose_enter_goes_there_and_escape_closes(new_page: NewPage) -> None:
    page = new_page(DESK)
    box, rows = typed(page, "cha m")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("header .search [role=status]")).to_have_text(f"{rows.count()} gợi ý")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    expect(rows.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(rows.first.get_attribute("id")))
    page.keyboard.press("ArrowUp")
    expect(rows.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(rows).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("cha m")
    expect(page.locator("header .search [role=status]")).to_have_text("")
    page.keyboard.type("u")
    expect(rows.first).to_contain_text("Chả mực")
    name = rows.first.locator("span").inner_text()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)


def test_enter_alone_searches_for_what_was_typed(new_page: NewPage) -> None:
    page = new_page(DESK)
    typed(page, "cha m")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    address = urlsplit(page.url)
    assert (address.path, parse_qs(address.query)) == ("/tim-kiem/", {"q": ["cha m"]})


@pytest.mark.parametrize("size", [NARROW, PHONE], ids=["narrow", "phone"])
def test_on_a_phone_all_rows_can_be_reached_and_pressed(new_page: NewPage, size: ViewportSize) -> None:
    page = new_page(size)
    _box, rows = typed(page, "tra")
    frame = page.locator("header [role=listbox]").bounding_box()
    assert frame is not None
    assert frame["x"] >= 0
    assert frame["x"] + frame["width"] <= size["width"]
    assert frame["y"] + frame["height"] <= size["height"]
    heights = [box["height"] for row in rows.all() if (box := row.bounding_box())]
    assert (len(heights), min(heights) >= 44) == (rows.count(), True)
    assert sideways(page) == []
    with page.expect_navigation():
        rows.last.click()
    assert urlsplit(page.url).path.split("/")[1] in {"san-pham", "nha-ban", "tinh", "danh-muc"}


def test_the_rows_go_when_the_box_is_left(new_page: NewPage) -> None:
    page = new_page(DESK)
    _box, rows = typed(page, "cha m")
    page.keyboard.press("Tab")
    expect(rows).to_have_count(0)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(("language", "words"), [("/", "bac gi"), ("/en/", "tea")])
def test_axe_finds_nothing(new_page: NewPage, size: ViewportSize, language: str, words: str) -> None:
    page = new_page(size)
    _box, _rows = typed(page, words, language)
    page.keyboard.press("ArrowDown")
    assert axe_faults(page) == []


def test_what_was_typed_is_marked_in_the_names(new_page: NewPage) -> None:
    page = new_page(DESK)
    _box, rows = typed(page, "cha mu")
    row = rows.filter(has_text=CAKE)
    assert row.locator("mark").all_inner_texts() == ["Chả", "mự"]
    expect(row.locator(".kind")).to_have_text("Sản phẩm")
    expect(row.locator("span")).to_have_text(CAKE)


def test_without_scripts_the_box_is_a_form(new_page: NewPage) -> None:
    page = new_page(PHONE, scripts=False)
    page.goto("/")
    page.locator("header [name=q]").fill("chả mực")
    with page.expect_navigation():
        page.locator("header .btn-search").click()
    assert parse_qs(urlsplit(page.url).query) == {"q": ["chả mực"]}
    expect(page.locator("header [role=option]")).to_have_count(0)


def test_another_spelling_is_one_click_away(new_page: NewPage) -> None:
    page = new_page(PHONE)
    page.goto("/tim-kiem/?q=chả mựt&sap-xep=gia-tang")
    with page.expect_navigation():
        page.get_by_role("link", name="chả mực", exact=True).click()
    assert parse_qs(urlsplit(page.url).query) == {"q": ["chả mực"], "sap-xep": ["gia-tang"]}
    expect(page.locator(".goods-name").first).to_contain_text("Chả mực")
