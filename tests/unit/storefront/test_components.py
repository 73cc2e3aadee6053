"""Components with the values that pages give them."""

import datetime as dt
from dataclasses import dataclass
from xml.etree import ElementTree

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

from apps.listings.states import ListingState
from apps.ordering.states import VendorOrderState
from apps.provenance.states import CertificateState
from apps.storefront.pills import pill_of
from apps.vendors.states import VendorState


def _render(source: str, **context: object) -> str:
    engine = engines["django"]
    return str(engine.from_string(source).render(context, RequestFactory().get("/")))


def _compiled(source: str) -> str:
    """Cotton compiles tags when a template is loaded from a file, so the source goes through its compiler here."""
    from django_cotton.compiler_regex import CottonCompiler

    return str(CottonCompiler().process(source))


def _component(source: str, **context: object) -> str:
    return _render(_compiled(source), **context).strip()


@dataclass(frozen=True)
class _Certificate:
    stars: int = 5
    number: str = "QN-2025-0418"
    valid_from: dt.date = dt.date(2025, 6, 26)
    valid_until: dt.date = dt.date(2028, 6, 26)
    months_passed: int = 17
    months_left: int = 19
    days_left: int = 580
    expired: bool = False


@pytest.mark.parametrize(
    ("kind", "states"),
    [
        ("order", VendorOrderState),
        ("listing", ListingState),
        ("vendor", VendorState),
        ("certificate", CertificateState),
    ],
)
def test_every_state_has_a_look_and_its_own_words(kind: str, states: type[VendorOrderState]) -> None:
    assert [str(pill_of(kind, state.value).words) for state in states] == [str(state.label) for state in states]


def test_a_pill_has_icon_and_word() -> None:
    with override("vi"):
        html = _component('<c-pill kind="order" state="shipped" />')
    assert 'class="pill go' in html
    assert "<svg" in html
    assert "Đang giao" in html


def test_an_expired_certificate_has_neither_seal_nor_stars() -> None:
    valid = _component('<c-certificate :certificate="it" />', it=_Certificate())
    over = _component('<c-certificate :certificate="it" />', it=_Certificate(expired=True))
    assert ('class="seal"' in valid, 'class="seal"' in over) == (True, False)


def test_a_button_with_an_address_is_a_link() -> None:
    html = _component('<c-button kind="secondary" href="/x/?a=1" data-x="{{ bad }}">Go</c-button>', bad='"><i>')
    element = ElementTree.fromstring(html)  # noqa: S314
    assert (element.tag, element.get("href"), element.get("data-x")) == ("a", "/x/?a=1", '"><i>')


def test_pagination_links_work_without_script() -> None:
    page = Paginator(range(60), 20).page(2)
    html = _component('<c-pagination :page="page" />', page=page)
    assert [part.split('"')[0] for part in html.split('href="')[1:]] == ["?", "?", "?trang=2", "?trang=3", "?trang=3"]


def test_a_count_of_zero_disables_the_box() -> None:
    assert "disabled" in _component('<c-checkbox name="sao" value="5" :count="0">5</c-checkbox>')
    assert "disabled" not in _component('<c-checkbox name="sao" value="5" :count="2">5</c-checkbox>')
