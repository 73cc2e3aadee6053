"""Paying an order that waits for its money: the step of its provider, another way, and the way back from a provider."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.kernel.errors import DomainError
from apps.kernel.money import dong
from apps.ordering.order_views import order_view
from apps.payments.models import Payment
from apps.payments.providers.port import ProviderAway
from apps.payments.providers.stripe import Stripe, is_test_mode
from apps.payments.providers.vietqr import VietQR
from apps.payments.selectors import open_payment_of
from apps.payments.services.opening import NothingToPay, begin, pay_otherwise
from apps.payments.services.receiving import check
from apps.shop.order.models import Order
from apps.shop.order.selectors import has_alcohol
from apps.storefront import baskets
from apps.storefront.own_orders import actor_of, ask_for_phone, order_url, own_order
from apps.storefront.paying import next_step, ways
from apps.storefront.transfer_step import transfer_step


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, number: str) -> HttpResponse:
    """The page of the payment that an order waits for; its buttons lead to the provider or choose another way."""
    order = own_order(request, number)
    if order is None:
        return ask_for_phone(number)
    payment = open_payment_of(order)
    if payment is None:
        return HttpResponseRedirect(order_url(order.number))
    if request.method == "POST" and request.POST.get("action") == "begin":
        return _begin(request, order, payment)
    if request.method == "POST":
        return _otherwise(request, order, payment)
    return _page(request, order, payment)


@never_cache
@require_safe
def waiting(request: HttpRequest, number: str) -> HttpResponse:
    """For the page that waits: nothing as long as nothing has changed, else where to go."""
    order = own_order(request, number)
    payment = open_payment_of(order) if order else None
    if order is not None and payment is not None:
        return _news(request, order, payment)
    target = reverse("storefront:pay_back", kwargs={"number": number})
    return HttpResponse(headers={"HX-Redirect": target})


@never_cache
@require_safe
def code(request: HttpRequest, number: str) -> HttpResponse:
    """The code of a transfer as a picture, for banking apps that look for it among the photos of the phone."""
    order = own_order(request, number)
    if order is None:
        return ask_for_phone(number)
    payment = open_payment_of(order)
    if payment is None or payment.provider != VietQR.code:
        return HttpResponseRedirect(order_url(order.number))
    response = HttpResponse(transfer_step(payment).picture(), content_type="image/png")
    response.headers["Content-Disposition"] = f'inline; filename="vietqr-{order.number}.png"'
    baskets.keep_private(response)
    return response


@never_cache
@require_safe
def back(request: HttpRequest, number: str) -> HttpResponse:
    """The shopper comes back from a provider: it is asked how the payment stands, whatever the address says."""
    order = own_order(request, number)
    if order is None:
        return ask_for_phone(number)
    payment = open_payment_of(order)
    if payment is not None:
        try:
            check(payment_id=payment.pk, actor=actor_of(request))
        except ProviderAway:
            messages.info(request, _("The payment is still being checked. This page looks again by itself."))
    if open_payment_of(order) is not None:
        return HttpResponseRedirect(reverse("storefront:pay", kwargs={"number": order.number}))
    return HttpResponseRedirect(reverse("storefront:order_placed", kwargs={"number": order.number}))


def _page(request: HttpRequest, order: Order, payment: Payment) -> HttpResponse:
    others = [way for way in ways(dong(payment.amount), has_alcohol=has_alcohol(order)) if way.code != payment.provider]
    context = {
        "view": order_view(order),
        "payment": payment,
        "others": [way for way in others if not way.refused],
        **_step(request, payment),
    }
    response = render(request, "storefront/pay.html", context)
    baskets.keep_private(response)
    return response


def _step(request: HttpRequest, payment: Payment) -> dict[str, Any]:
    """What the step of the payment's provider shows beside the payment itself."""
    if payment.provider != VietQR.code:
        return {"test_mode": payment.provider == Stripe.code and is_test_mode()}
    step = transfer_step(payment)
    here = reverse("storefront:pay", kwargs={"number": payment.order.number})
    return {"transfer": step, "test_bank": step.test_bank(request.build_absolute_uri(here))}


def _news(request: HttpRequest, order: Order, payment: Payment) -> HttpResponse:
    """Nothing, unless more of the money has come than the page knows of (`den`, in dong)."""
    context = {"payment": payment, "number": order.number, **_step(request, payment)}
    if "transfer" not in context or str(context["transfer"].came) == request.GET.get("den"):
        return HttpResponse(status=204)
    return render(request, "storefront/paying/vietqr_step.html", {**context, "swap": True})


def _begin(request: HttpRequest, order: Order, payment: Payment) -> HttpResponse:
    try:
        address = begin(payment=payment, actor=actor_of(request))
    except ProviderAway:
        messages.error(
            request, _("The payment page cannot be reached at the moment. Try again, or pay in another way.")
        )
        address = ""
    return HttpResponseRedirect(address or reverse("storefront:pay", kwargs={"number": order.number}))


def _otherwise(request: HttpRequest, order: Order, payment: Payment) -> HttpResponse:
    wanted = request.POST.get("provider", "")
    open_ways = {way.code for way in ways(dong(payment.amount), has_alcohol=has_alcohol(order)) if not way.refused}
    actor = actor_of(request)
    try:
        if wanted not in open_ways:
            raise NothingToPay(_("Choose how to pay."))
        pay_otherwise(payment_id=payment.pk, provider=wanted, actor=actor)
    except DomainError as problem:
        messages.error(request, str(problem))
        return HttpResponseRedirect(order_url(order.number))
    return HttpResponseRedirect(next_step(order, actor))
