"""The basket: what is in it by vendor, and every way to change it; all of them work without scripts."""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.kernel.errors import DomainError
from apps.ordering.pricing import priced_basket
from apps.places.selectors.known import known_provinces
from apps.shop.address.selectors import addresses_of
from apps.shop.basket import services
from apps.shop.basket.models import Basket
from apps.shop.voucher.services import apply_voucher, remove_voucher
from apps.storefront import baskets, delivery_place
from apps.storefront.basket_rows import panels_of
from apps.storefront.guards import safe_next, same_origin_post
from apps.vendors.models import Vendor

_VOUCHER = re.compile(r"voucher ?(.*)")
_LONGEST_CODE = 40
_LARGEST, _MOST_DIGITS = 999_999_999, 30
_LINE = re.compile(r"line-(\d+)")
_REMOVED = re.compile(r"removed-(\d+)-(\d+)")


@never_cache
@require_safe
def basket(request: HttpRequest) -> HttpResponse:
    """The basket, priced as it would be ordered now, with delivery to the chosen province."""
    found = baskets.current(request)
    known = known_provinces()
    chosen = known.by_code(delivery_place.province_code(request) or _home_province(request))
    view = priced_basket(found, province=chosen) if found else None
    units = baskets.units_in(found) if found else 0
    answers = _sorted_messages(request)
    context = {
        "view": view,
        "panels": panels_of(view, answers.lines) if view else [],
        "province": chosen,
        "provinces": [(row.code, row.name, row == chosen) for row in known.ordered],
        "voucher_error": answers.voucher[0],
        "voucher_code": answers.voucher[1],
        "has_parked": view is not None and units > view.count,
        "removed": answers.removed,
        "messages": answers.others,
        "basket_count": units,
    }
    response = render(request, "storefront/basket.html", context)
    baskets.keep_private(response)
    # The count in the header stays true when the basket changed elsewhere.
    baskets.write(response, found, units=units)
    return response


@same_origin_post
def add(request: HttpRequest) -> HttpResponse:
    """Put a product into the basket and go on where the shopper was; htmx gets the confirmation alone."""
    product_id, quantity = _number(request, "product_id") or 0, _number(request, "quantity")
    if quantity is None:
        return _told(request, _not_a_quantity())
    try:
        changed = services.add_product(
            basket=baskets.current(request),
            user_id=baskets.user_id_of(request),
            product_id=product_id,
            quantity=quantity,
        )
    except DomainError as problem:
        return _told(request, str(problem))
    title = changed.lines.filter(product_id=product_id).values_list("product__title", flat=True).first() or ""
    response = _told(request, _("%(title)s is in the basket.") % {"title": title}, changed)
    baskets.write(response, changed)
    return response


@same_origin_post
def change_line(request: HttpRequest, line_id: int) -> HttpResponse:
    """Set a line's quantity, or take it out; the answer to a refused change stands beside the line."""
    found = baskets.current(request)
    response = HttpResponseRedirect(reverse("storefront:basket"))
    if found is None:
        return response
    quantity = 0 if "remove" in request.POST else _number(request, "quantity")
    if quantity is None:
        messages.error(request, _not_a_quantity(), extra_tags=f"line-{line_id}")
        return response
    if quantity == 0:
        _offer_back(request, found, line_id)
    try:
        found = services.set_quantity(basket=found, line_id=line_id, quantity=quantity)
    except DomainError as problem:
        messages.error(request, str(problem), extra_tags=f"line-{line_id}")
    baskets.write(response, found)
    return response


@same_origin_post
def voucher(request: HttpRequest) -> HttpResponse:
    """Apply a code, or take one out."""
    found = baskets.current(request)
    code = " ".join(request.POST.get("code", "").split())[:_LONGEST_CODE]
    if found is not None:
        try:
            if "remove" in request.POST:
                remove_voucher(basket=found, code=request.POST["remove"])
            else:
                apply_voucher(basket=found, code=code, user_id=baskets.user_id_of(request))
        except DomainError as problem:
            messages.error(request, str(problem), extra_tags=f"voucher {code}")
    return HttpResponseRedirect(f"{reverse('storefront:basket')}#ma-giam-gia")


@same_origin_post
def only_vendor(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the other vendors' goods aside and go to the checkout with this vendor's alone."""
    found = baskets.current(request)
    seller = Vendor.objects.filter(slug=slug).first()
    if found is None or seller is None or not found.lines.filter(stockrecord__partner=seller.partner_id).exists():
        return HttpResponseRedirect(reverse("storefront:basket"))
    try:
        services.park_others(basket=found, partner_id=seller.partner_id)
    except DomainError as problem:
        messages.error(request, str(problem))
        return HttpResponseRedirect(reverse("storefront:basket"))
    return HttpResponseRedirect(reverse("storefront:checkout"))


@same_origin_post
def all_vendors(request: HttpRequest) -> HttpResponse:
    """Bring back what was set aside."""
    found = baskets.current(request)
    response = HttpResponseRedirect(reverse("storefront:basket"))
    if found is not None:
        try:
            baskets.write(response, services.unpark(basket=found))
        except DomainError as problem:
            messages.error(request, str(problem))
    return response


@dataclass(frozen=True, slots=True)
class _Answers:
    """Messages of the last change, sorted by the place where the basket shows them."""

    lines: dict[int, str]
    voucher: tuple[str, str]  # what is wrong with the code, the code as it was typed
    removed: tuple[str, int, int] | None  # title, product, quantity
    others: list[Message]


def _sorted_messages(request: HttpRequest) -> _Answers:
    lines: dict[int, str] = {}
    others: list[Message] = []
    voucher_error, removed = ("", ""), None
    for message in messages.get_messages(request):
        tag = message.extra_tags or ""
        if match := _LINE.fullmatch(tag):
            lines[int(match[1])] = str(message.message)
        elif match := _REMOVED.fullmatch(tag):
            removed = (str(message.message), int(match[1]), int(match[2]))
        elif match := _VOUCHER.fullmatch(tag):
            voucher_error = (str(message.message), match[1])
        else:
            others.append(message)
    return _Answers(lines, voucher_error, removed, others)


def _offer_back(request: HttpRequest, found: Basket, line_id: int) -> None:
    """Keep what is about to be taken out for the undo button of the next page."""
    line = found.lines.filter(pk=line_id).values_list("product__title", "product_id", "quantity").first()
    if line is not None:
        title, product_id, quantity = line
        messages.info(request, title, extra_tags=f"removed-{product_id}-{quantity}")


def _told(request: HttpRequest, words: str, changed: Basket | None = None) -> HttpResponse:
    """Say what happened: as a toast and the new count for htmx, else on the page where the shopper was."""
    link = {"url": reverse("storefront:basket"), "action": _("See the basket")} if changed else {}
    if request.htmx:  # type: ignore[attr-defined]  # set by its middleware
        context = {"oob": True, "basket_count": changed and baskets.units_in(changed)}
        response = render(request, "storefront/basket_count.html", context) if changed else HttpResponse(status=204)
        response["HX-Trigger"] = json.dumps({"toast": {"words": words, **link}})
        return response
    level = messages.SUCCESS if changed else messages.ERROR
    tags = f"link:{link['url']}|{link['action']}" if link else ""
    messages.add_message(request, level, words, extra_tags=tags)
    return HttpResponseRedirect(safe_next(request, _page_before(request)))


def _page_before(request: HttpRequest) -> str:
    """The page of ours that the form stood on; the basket when the browser keeps it to itself."""
    parts = urlsplit(request.headers.get("Referer", ""))
    here = (parts.scheme, parts.netloc) == (request.scheme, request.get_host())
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if here else reverse("storefront:basket")


def _home_province(request: HttpRequest) -> str:
    """Code of the province of a person's first address; empty for a guest or while there is none."""
    user_id = baskets.user_id_of(request)
    first = addresses_of(user_id).first() if user_id is not None else None
    return first.commune.province_id if first else ""


def _not_a_quantity() -> str:
    return _("Write the quantity as a whole number, such as 2.")


def _number(request: HttpRequest, name: str) -> int | None:
    """A whole number of the form, None for anything else; SQL integers are smaller than what somebody may type."""
    text = request.POST.get(name, "1").strip()
    if not (text.isascii() and text.isdecimal()):
        return None
    return min(int(text), _LARGEST) if len(text) <= _MOST_DIGITS else _LARGEST
