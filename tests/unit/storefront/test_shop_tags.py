"""Filters and tags of the template library."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from apps.kernel.money import FractionOfMinorUnit, Money
from apps.storefront.templatetags import shop


def _render(source: str, **context: object) -> str:
    return Template("{% load shop %}" + source).render(Context(context))


def _request(path: str, **cookies: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    return request


@pytest.mark.parametrize("amount", [1250000, Decimal("1250000.00"), Money(1250000)])
def test_money_reads_the_same_from_every_type(amount: object) -> None:
    assert _render("{{ amount|dong }}", amount=amount) == "1.250.000\u00a0₫"


def test_no_amount_prints_nothing() -> None:
    assert _render("{{ amount|dong }}{{ amount|unit_price:'100 g' }}", amount=None) == ""


def test_a_fraction_of_a_dong_is_refused() -> None:
    with pytest.raises(FractionOfMinorUnit):
        shop.dong(Decimal("0.5"))


def test_unit_price() -> None:
    assert shop.unit_price(3_000_000, "100 g") == "3.000.000\u00a0₫/100 g"


def test_dates_are_in_vietnamese_time() -> None:
    late_in_london = dt.datetime(2026, 11, 23, 18, 30, tzinfo=dt.UTC)
    assert (shop.vn_date(late_in_london), shop.vn_time(late_in_london)) == ("24/11/2026", "24/11/2026, 01:30")
    assert shop.vn_date(dt.date(2026, 11, 23)) == "23/11/2026"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("+84912345678", "0912 345 678"), ("0912.345.678", "0912 345 678"), ("1900 0000", "1900 0000"), (None, "")],
)
def test_phone(text: object, shown: str) -> None:
    assert shop.phone(text) == shown


@pytest.mark.parametrize("language", ["vi", "en"])
def test_one_decimal_place_with_a_comma_as_in_prices(language: str) -> None:
    with override(language):
        assert shop.decimal1(4.56) == "4,6"


def test_stars_are_read_aloud() -> None:
    with override("vi"):
        label = shop.star_label(4)
    assert label.count("<path") == 4
    assert '<span class="vh">4 sao</span>' in label


def test_attributes_that_a_component_passes_on_are_escaped() -> None:
    assert shop.rest({"data-x": '"><script>', "hidden": True, "id": None}) == (
        ' data-x="&quot;&gt;&lt;script&gt;" hidden'
    )


def test_query_replaces_and_drops_keys() -> None:
    request = RequestFactory().get("/tim-kiem/?q=tr%C3%A0&sao=5&sao=4&trang=3")
    shown = _render("{% query trang=None con_hang=1 %}", request=request)
    assert shown == "?q=tr%C3%A0&amp;sao=5&amp;sao=4&amp;con-hang=1"


def test_first_page_has_no_number() -> None:
    request = RequestFactory().get("/tim-kiem/?trang=3")
    assert _render('{% page_query "trang" 1 %}', request=request) == "?"


def test_theme_comes_from_the_cookie_and_nothing_else_does() -> None:
    assert shop.theme(Context({"request": _request("/", theme="dark")})) == "dark"
    assert shop.theme(Context({"request": _request("/", theme='"><b>')})) == "auto"


def test_messages_are_not_asked_for_without_a_cookie() -> None:
    message = Message(SUCCESS, "kept")
    assert shop.waiting_messages(Context({"request": _request("/"), "messages": [message]})) == []
    assert shop.waiting_messages(Context({"request": _request("/", sessionid="x"), "messages": [message]})) == [message]


class _Recipient(forms.Form):
    phone = forms.CharField(help_text="For the courier.")
    note = forms.CharField(required=False)


def test_control_points_at_its_hint() -> None:
    html = shop.control(_Recipient()["phone"], autocomplete="tel")
    assert 'class="input"' in html
    assert 'aria-describedby="id_phone_helptext"' in html
    assert 'autocomplete="tel"' in html


def test_control_points_at_its_error_instead_of_the_hint() -> None:
    html = shop.control(_Recipient({"phone": ""})["phone"])
    assert 'aria-describedby="id_phone_error"' in html
    assert 'aria-invalid="true"' in html


def test_errors_of_a_form_link_to_their_controls() -> None:
    assert [place for place, _ in shop.form_errors(_Recipient({"phone": ""}))] == ["id_phone"]


def test_text_in_another_language_is_marked() -> None:
    with override("en"):
        assert shop.in_vietnamese("Chả mực <3") == '<span lang="vi">Chả mực &lt;3</span>'
    with override("vi"):
        assert shop.in_vietnamese("Chả mực") == "Chả mực"


@pytest.mark.parametrize(
    ("grams", "words"), [(None, ""), (650, "650 g"), (1000, "1 kg"), (2900, "2,9 kg"), (12_050, "12,05 kg")]
)
def test_weight(grams: int | None, words: str) -> None:
    assert shop.weight(grams) == words
