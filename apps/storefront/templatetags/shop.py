"""Filters and tags of the templates: money, dates, icons, drawings, form controls; see docs/components.md."""

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
)
from django.forms.utils import flatatt
from django.template.context import Context
from django.urls import translate_url
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language, gettext, ngettext
from django_cotton.templatetags import Attrs
from lucide.templatetags.lucide import lucide

from apps.kernel.clock import today
from apps.kernel.money import Money
from apps.kernel.money import dong as dong_of
from apps.storefront import ornaments
from apps.storefront.pills import Pill, pill_of
from apps.storefront.seasons import harvest_words, month_name

register = template.Library()


@register.filter
def dong(amount: int | Decimal | Money | None) -> str:
    """`1.250.000 ₫` for whole dong; nothing for None."""
    if amount is None or amount == "":
        return ""
    if isinstance(amount, Decimal):
        return Money.from_decimal(amount).format()
    return amount.format() if isinstance(amount, Money) else dong_of(int(amount)).format()


@register.filter
def minus(amount: int | Money) -> str:
    """`−40.000 ₫`: something that is taken off."""
    return f"\N{MINUS SIGN}{dong(amount)}"


@register.filter
def unit_price(amount: int | Money | None, unit: str) -> str:
    """`3.000.000 ₫/100 g`; nothing without an amount."""
    return f"{dong(amount)}/{unit}" if amount is not None else ""


def _local(value: dt.date) -> dt.date:
    return localtime(value) if isinstance(value, dt.datetime) and is_aware(value) else value


@register.filter
def vn_date(value: dt.date | None) -> str:
    """`23/11/2026` in Vietnamese time, in both languages."""
    return _local(value).strftime("%d/%m/%Y") if value else ""


@register.filter
def vn_time(value: dt.datetime | None) -> str:
    """`23/11/2026, 14:05` in Vietnamese time, in both languages."""
    return _local(value).strftime("%d/%m/%Y, %H:%M") if value else ""


@register.filter
def weight(grams: int | None) -> str:
    """`650 g`, `2,9 kg`: a comma in both languages, as in prices."""
    if grams is None:
        return ""
    if grams < 1000:
        return f"{grams} g"
    kilograms = f"{grams // 1000},{grams % 1000:03d}".rstrip("0").rstrip(",")
    return f"{kilograms} kg"


@register.filter
def phone(value: object) -> str:
    """`0912 345 678` for a Vietnamese number in any notation; other text as it is."""
    text = str(value or "")
    digits = "".join(filter(str.isdigit, text))
    if digits.startswith("84") and len(digits) == 11:
        digits = "0" + digits[2:]
    if len(digits) != 10 or not digits.startswith("0"):
        return text
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}"


@register.filter
def decimal1(value: float | Decimal | None) -> str:
    """A figure with one decimal place: `4,6`; a comma in both languages, as in prices."""
    if value is None:
        return ""
    # number_format cuts digits off, it does not round.
    return number_format(Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP), 1)


@lru_cache(maxsize=256)
def _icon(name: str, css: str, label: str) -> SafeString:
    spoken = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    return mark_safe(lucide(name, size=24, **{"class": f"i {css}".strip()}, **spoken))


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """Inline lucide drawing; hidden from readers unless it has a label. Raises IconDoesNotExist."""
    return _icon(str(name), css, str(label))


@lru_cache(maxsize=64)
def _art(name: str) -> SafeString:
    path = Path(settings.BASE_DIR) / "frontend" / "dist" / "art" / f"{name}.svg"
    return mark_safe(path.read_text(encoding="utf-8")) if path.is_file() else SafeString("")


@register.simple_tag
def art(name: str) -> SafeString:
    """One of our drawings as inline SVG; nothing when the front end has not been built."""
    return _art(name)


@lru_cache(maxsize=16)
def _star_label(stars: int, long: bool, language: str) -> SafeString:
    star = format_html('<svg viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', ornaments.STAR)
    return format_html(
        '<span class="ocop">{}<span class="stars">{}</span><span class="vh">{}</span></span>',
        gettext("OCOP certificate") if long else "OCOP",
        SafeString(star * stars),
        ngettext("%(count)d star", "%(count)d stars", stars) % {"count": stars},
    )


@register.simple_tag
def star_label(stars: int, long: bool = False) -> SafeString:
    """The red label of a valid certificate, 3 to 5 stars."""
    return _star_label(int(stars), long, get_language() or "")


_season_strip = lru_cache(maxsize=512)(ornaments.season_strip)


@register.simple_tag
def season_strip(months: Collection[int]) -> SafeString:
    """The twelve cells; empty months mean all year."""
    return _season_strip(frozenset(months), today().month)


_SOURCE = '<source type="{}" srcset="{}" sizes="{}">'
_IMAGE = '<img src="{}" width="{}" height="{}" alt="{}" class="{}" {}>'


@register.simple_tag
def picture_element(picture: Any, sizes: str = "100vw", lazy: bool = True, css: str = "") -> SafeString:
    """`<picture>` with its formats, for `<c-picture>` and the cards; a plain block when there is no picture."""
    if not picture:
        return format_html('<span class="bone block aspect-square w-full {}"></span>', css)
    sources = format_html_join("", _SOURCE, ((mime, srcset, sizes) for mime, srcset in picture.sources))
    when = SafeString('loading="lazy" decoding="async"' if lazy else 'fetchpriority="high"')
    image = format_html(_IMAGE, picture.src, picture.width, picture.height, picture.alt, css, when)
    return format_html("<picture>{}{}</picture>", sources, image)


@register.simple_tag
def season_months(months: Collection[int]) -> list[dict[str, Any]]:
    """Twelve months with their CSS classes, for the numbered form of the season strip."""
    now = today().month
    names = {True: "all"} if not months else {}
    return [
        {
            "number": month,
            "css": f"{names.get(True) or ('on' if month in months else '')} {'now' if month == now else ''}",
        }
        for month in range(1, 13)
    ]


register.filter("harvest_words", harvest_words)
register.filter("month_name", month_name)


@register.filter
def in_season(months: Collection[int]) -> bool:
    """True when the goods have a season and this month is in it."""
    return today().month in months


@register.simple_tag
def seal(stars: int, number: str, uid: str = "seal", size: int = 168) -> SafeString:
    """The ink seal of a certificate; one per screen."""
    return ornaments.seal(stars, number, uid=uid, size=size)


@register.simple_tag
def pill(kind: str, state: str) -> Pill:
    """Look and words of a state, for `<c-pill>`."""
    return pill_of(kind, state)


@register.simple_tag
def rest(attrs: Mapping[str, Any]) -> SafeString:
    """Attributes that a component passes on, escaped."""
    return flatatt(_plain(attrs))


def _plain(attrs: Mapping[str, Any]) -> dict[str, Any]:
    """Without those that the component has declared for itself."""
    return attrs.attrs_dict() if isinstance(attrs, Attrs) else dict(attrs)


@register.simple_tag
def control(field: BoundField, attrs: Mapping[str, Any] | None = None, hint: object = "", **more: object) -> SafeString:
    """The widget of a bound field with our classes; `attrs` and keywords (`_` stands for `-`) are added to it."""
    widget = field.field.widget
    given: dict[str, Any] = {name.replace("_", "-"): value for name, value in more.items()}
    if attrs is not None:
        given |= _plain(attrs)
    if not isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        given["class"] = " ".join(filter(None, ["input", widget.attrs.get("class"), given.get("class")]))
    # The error replaces the hint, so only one of the two is there to point at.
    if field.errors:
        given["aria-describedby"] = f"{field.auto_id}_error"
    elif hint or field.help_text:
        given["aria-describedby"] = f"{field.auto_id}_helptext"
    return field.as_widget(attrs=given)


@register.simple_tag
def form_errors(form: BaseForm) -> list[tuple[str, str]]:
    """(id of the control, words) of everything that is wrong with a form, in the order of its fields."""
    found = [("", str(words)) for words in form.non_field_errors()]
    for field in form:
        found += [(field.id_for_label or field.auto_id, str(words)) for words in field.errors]
    return found


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """True for a field that is one box to tick."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_choices(field: BoundField) -> bool:
    """True for a field that is a list of boxes or buttons."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def is_file(field: BoundField) -> bool:
    """True for a field that takes a file."""
    return isinstance(field.field.widget, FileInput)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The query string of this page with some keys replaced; a key with None is left out (`_` stands for `-`)."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        key = name.replace("_", "-")
        params.pop(key, None)
        if value is not None:
            params[key] = str(value)
    return f"?{params.urlencode()}" if params else "?"


@register.simple_tag(takes_context=True)
def page_query(context: Context, param: str, number: int) -> str:
    """The query string for another page of this list; the first page has no number, so it has one address."""
    return query(context, **{param: number if number > 1 else None})


@register.filter
def page_numbers(page: Page[Any]) -> list[int | str]:
    """Numbers for the links between pages, with gaps."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[dict[str, Any]]:
    """This page in every language: code, own name, address and whether it is the current one."""
    request = context.get("request")
    if request is None:
        return []
    names = {"vi": "Tiếng Việt", "en": "English"}
    return [
        {
            "code": code,
            "name": names[code],
            "url": _in_language(request.get_full_path(), code, get_language()),
            "path": _in_language(request.path, code, get_language()) + _page_of(context),
            "current": code == get_language(),
        }
        for code, _ in settings.LANGUAGES
    ]


@lru_cache(maxsize=1024)
def _in_language(path: str, code: str, _now: str | None) -> str:
    """The same page in another language; a page asks several times, and Django reads all its addresses each time."""
    return translate_url(path, code)


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> str:
    """The full address of this page, of its query only the number of the page, for search engines."""
    request = context.get("request")
    return f"{settings.SITE_URL}{request.path}{_page_of(context)}" if request is not None else settings.SITE_URL


def _page_of(context: Context) -> str:
    """`?trang=2` on the further pages of a list."""
    shown = getattr(context.get("listing"), "page", context.get("page"))
    number = getattr(shown, "number", 1)
    return f"?trang={number}" if isinstance(number, int) and number > 1 else ""


@register.simple_tag
def platform() -> dict[str, str]:
    """Who runs the marketplace, as the law wants it shown."""
    details: dict[str, str] = settings.PLATFORM
    return details


@register.simple_tag
def site_url() -> str:
    """Scheme and host of the shop, without a slash at the end."""
    return str(settings.SITE_URL)


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """The stored colour theme of the tools: light, dark or auto."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request is not None else ""
    return chosen if chosen in {"light", "dark"} else "auto"


@register.simple_tag(takes_context=True)
def waiting_messages(context: Context) -> list[Message]:
    """Messages for this reader; asks for them only when a cookie says that there can be any (keeps pages cacheable)."""
    request = context.get("request")
    if request is None or not {"messages", settings.SESSION_COOKIE_NAME} & request.COOKIES.keys():
        return []
    return list(context.get("messages") or [])


@register.filter
def message_link(message: Message) -> dict[str, str] | None:
    """Address and words of the one action of a message, given as extra tag `link:<address>|<words>`."""
    tags = message.extra_tags or ""
    if not tags.startswith("link:"):
        return None
    url, _, words = tags.removeprefix("link:").partition("|")
    return {"url": url, "words": words}


@register.simple_tag
def in_vietnamese(text: str) -> SafeString:
    """Text that is only there in Vietnamese, marked as such on pages in another language."""
    if get_language() == "vi":
        return format_html("{}", text)
    return format_html('<span lang="vi">{}</span>', text)
