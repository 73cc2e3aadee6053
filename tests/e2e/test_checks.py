"""The checks of the other tests notice what they are there for: each is shown a page that was spoilt."""

import pytest
from playwright.sync_api import Page

from tests.e2e.checks import axe_faults, contrast_faults, sideways
from tests.e2e.conftest import NewPage
from tests.e2e.hands import Keys

SIGN_IN = "/tai-khoan/login/"


@pytest.fixture
def page(new_page: NewPage) -> Page:
    page: Page = new_page()
    page.goto(SIGN_IN)
    return page


def test_axe_notices_a_field_without_a_name(page: Page) -> None:
    page.evaluate("document.querySelector('label[for=id_login]').remove()")
    assert [fault.split(":")[0] for fault in axe_faults(page)] == ["label"]


def test_contrast_notices_faint_words(page: Page) -> None:
    page.evaluate("document.querySelector('h1').style.color = '#ccc'")
    assert [fault.split(":")[0] for fault in contrast_faults(page)] == ["color-contrast"]


def test_a_page_that_is_too_wide_is_noticed_at_both_widths(page: Page) -> None:
    page.evaluate("document.querySelector('h1').style.width = '500px'")
    lines = [line for line in sideways(page) if not line.startswith("<")]
    assert [line.split(" px:")[0] for line in lines] == ["320", "390"]


def test_a_stop_without_a_ring_is_noticed(page: Page) -> None:
    page.evaluate("document.querySelectorAll('*').forEach(element => { element.style.outline = 'none' })")
    with pytest.raises(AssertionError, match="no ring"):
        Keys(page).reach(page.locator("#id_login"))


def test_a_covered_stop_is_noticed(page: Page) -> None:
    page.evaluate(
        "const lid = document.createElement('div');"
        "Object.assign(lid.style, {position: 'fixed', inset: 0, zIndex: 99});"
        "document.body.append(lid)"
    )
    with pytest.raises(AssertionError, match="covered"):
        Keys(page).reach(page.locator("#id_login"))


def test_a_trap_is_noticed(page: Page) -> None:
    page.evaluate(
        "const field = document.querySelector('#id_login');"
        "field.addEventListener('keydown', (event) => { if (event.key === 'Tab') event.preventDefault() })"
    )
    missed = Keys(page).missed()
    assert [line for line in missed if 'id="id_password"' in line] != []


def test_what_tab_leaves_out_is_noticed(page: Page) -> None:
    page.evaluate(
        "document.querySelector('#id_password').addEventListener('focus', () => {"
        "  document.querySelector('footer a').focus() })"
    )
    missed = Keys(page).missed()
    assert [line for line in missed if "data-busy" in line] != []
