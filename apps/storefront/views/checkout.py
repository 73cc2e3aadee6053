"""The one-page checkout, and the page that thanks for the order."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from apps.accounts.limits import Verdict, count_try, count_try_on, too_many
from apps.accounts.models import User
from apps.kernel.actor import Actor
from apps.kernel.errors import DomainError
from apps.ordering.pricing import BasketView, priced_basket
from apps.places.models import Commune, Province
from apps.purchase.services import TotalChanged, place
from apps.shop.address.models import UserAddress
from apps.shop.address.selectors import addresses_of
from apps.shop.address.services import AddressData, save_address
from apps.shop.basket.models import Basket
from apps.shop.basket.services import basket_after, open_basket
from apps.shop.order.models import Order
from apps.storefront import baskets, delivery_place
from apps.storefront.basket_rows import panels_of
from apps.storefront.forms.checkout import CheckoutForm
from apps.storefront.paying import next_step, ways
from apps.storefront.seen import basket_of_token, changes, read_token, seen_token

GUEST_SECONDS = 600
PHONE_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class _Shopper:
    """Who is buying: nobody known, or a person with an address book."""

    user_id: int | None
    addresses: list[UserAddress]
    initial: dict[str, Any]

    @property
    def actor(self) -> Actor:
        """The doer for services."""
        return Actor.guest() if self.user_id is None else Actor.person(self.user_id)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """Show the form, reload it with the communes of a province, or place the order."""
    shopper = _shopper(request)
    if request.method == "POST" and request.POST.get("action") != "communes":
        return _submit(request, shopper)
    if request.method == "POST":
        basket = baskets.current(request)
        basket_id = basket_of_token(request.POST.get("token", ""))
        if basket_id is not None and (basket is None or basket.pk != basket_id):
            return _leave(request, basket_id)
        return _page(request, shopper, CheckoutForm(initial=request.POST.dict()))
    return _page(request, shopper, CheckoutForm(initial=shopper.initial))


def _submit(request: HttpRequest, shopper: _Shopper) -> HttpResponse:
    """Place the order of the basket that the form was made for; sent twice it is the same order."""
    form = CheckoutForm(request.POST)
    basket_id = basket_of_token(request.POST.get("token", ""))
    verdict = _counted(request, shopper, form)
    if not verdict.allowed:
        return too_many(request, verdict.retry_after)
    if basket_id is None or not form.is_valid():
        return _page(request, shopper, form, status=422)
    try:
        order = place(
            basket_id=basket_id,
            details=form.details(),
            seen_total=form.cleaned_data["seen_total"],
            actor=shopper.actor,
        )
    except TotalChanged as change:
        return _page(request, shopper, form, status=409, change=change)
    except DomainError as problem:
        form.add_error(None, str(problem))
        return _page(request, shopper, form, status=409)
    if shopper.user_id is not None and form.cleaned_data["save_address"]:
        _keep_address(shopper.user_id, shopper.actor, form)
    response = HttpResponseRedirect(next_step(order, shopper.actor))
    baskets.open_order(request, response, order.number)
    rest = open_basket(user_id=shopper.user_id) if shopper.user_id else basket_after(basket_id=basket_id)
    baskets.write(response, rest)
    return response


def _counted(request: HttpRequest, shopper: _Shopper, form: CheckoutForm) -> Verdict:
    """Whether one more order is believed: a guest's address and a recipient's phone have their number each."""
    verdict = Verdict(True, 0)
    if shopper.user_id is None and (most := settings.GUEST_ORDERS_PER_ADDRESS):
        verdict = count_try(request, "guest-order", most=most, seconds=GUEST_SECONDS)
    if verdict.allowed and form.is_valid() and (most := settings.ORDERS_PER_PHONE):
        verdict = count_try_on(form.cleaned_data["phone"], "order-phone", most=most, seconds=PHONE_SECONDS)
    return verdict


def _page(
    request: HttpRequest,
    shopper: _Shopper,
    form: CheckoutForm,
    *,
    status: int = 200,
    change: TotalChanged | None = None,
) -> HttpResponse:
    """The form with the goods beside it, priced for the place that the form names."""
    basket = baskets.current(request)
    view = _priced(basket, form) if basket else None
    if view is None or not view.groups or view.blocked:
        return _leave(request)
    seen = read_token(request.POST.get("token", "")) if change else None
    open_ways = ways(view.total, has_alcohol=view.has_alcohol)
    context = {
        "form": form,
        "view": view,
        "panels": panels_of(view),
        "addresses": shopper.addresses,
        "signed_in": shopper.user_id is not None,
        "change": change,
        "changes": changes(seen, view) if seen else [],
        "token": seen_token(view),
        "ways": open_ways,
        "way_codes": [way.code for way in open_ways if not way.refused],
    }
    response = render(request, "storefront/checkout.html", context, status=status)
    baskets.keep_private(response)
    return response


def _leave(request: HttpRequest, basket_id: int | None = None) -> HttpResponse:
    """To the order that became of the basket, when this browser placed it, else to the basket.

    htmx would put a page that it was led to into the summary: it is told to open it instead.
    """
    order = Order.objects.filter(basket=basket_id).first() if basket_id else None
    target = reverse("storefront:basket")
    if order is not None and order.number in baskets.opened_orders(request):
        target = reverse("storefront:order", kwargs={"number": order.number})
        messages.info(request, _("The goods of that page are ordered already. This is the order."))
    elif request.method == "POST":
        messages.info(
            request, _("The basket has changed in the meantime. Look through it and go to the checkout again.")
        )
    if request.htmx:  # type: ignore[attr-defined]  # set by its middleware
        return HttpResponse(headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _priced(basket: Basket, form: CheckoutForm) -> BasketView:
    """Delivery to the chosen commune, or roughly to the province while that is all that is known."""
    province_code = str(form["province"].value() or "")
    commune = (
        Commune.objects.filter(pk=str(form["commune"].value() or ""), province=province_code)
        .select_related("province")
        .first()
    )
    province = None if commune else Province.objects.filter(pk=province_code).first()
    return priced_basket(basket, commune=commune, province=province)


def _shopper(request: HttpRequest) -> _Shopper:
    user_id = baskets.user_id_of(request)
    initial: dict[str, Any] = {"province": delivery_place.province_code(request), "payment_method": "cod"}
    if not isinstance(request.user, User):
        return _Shopper(None, [], initial)
    user_id = request.user.pk
    book = list(addresses_of(user_id))
    initial.update(
        name=request.user.full_name, phone=request.user.phone, email=request.user.email, save_address=not book
    )
    wanted = request.GET.get("dia-chi", "")
    chosen = next((row for row in book if str(row.pk) == wanted), book[0] if book else None)
    if chosen is not None:
        initial.update(
            name=chosen.first_name,
            phone=str(chosen.phone_number),
            province=chosen.commune.province_id,
            commune=chosen.commune_id,
            street=chosen.line1,
            address=chosen.pk,
        )
    return _Shopper(user_id, book, initial)


def _keep_address(user_id: int, actor: Actor, form: CheckoutForm) -> None:
    details = form.details()
    data = AddressData(name=details.name, phone=details.phone, commune_code=details.commune_code, street=details.street)
    save_address(user_id=user_id, actor=actor, data=data)
