"""Orders for whoever placed them: thanks, where each parcel is, and taking a part back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.limits import count_try, count_try_on, too_many
from apps.kernel.actor import Actor
from apps.kernel.errors import DomainError
from apps.kernel.ids import normalise
from apps.ordering.order_views import OrderView, PartView, order_view
from apps.ordering.selectors import track
from apps.ordering.services import cancel_order_by_shopper, cancel_part_by_shopper
from apps.storefront import baskets
from apps.storefront.forms.tracking import TrackingForm
from apps.storefront.order_pages import panels_of
from apps.storefront.own_orders import actor_of, ask_for_phone, order_url, own_order
from apps.storefront.paying import money_of

MOST_TRIES = 10
TRIES_SECONDS = 600
# More than one client may ask: whoever floods an order must not easily shut its owner out.
MOST_TRIES_ON_ORDER = 20


@never_cache
@sensitive_post_parameters("phone")
@require_http_methods(["GET", "HEAD", "POST"])
def tracking(request: HttpRequest) -> HttpResponse:
    """Find an order by number and phone; a wrong pair never says which of the two is wrong."""
    if request.method != "POST":
        form = TrackingForm(initial={"number": request.GET.get("so", "")[:20]})
        return render(request, "storefront/tracking.html", {"form": form})
    verdict = count_try(request, "track", most=MOST_TRIES, seconds=TRIES_SECONDS)
    if not verdict.allowed:
        return too_many(request, verdict.retry_after)
    form = TrackingForm(request.POST)
    if form.is_valid():
        number = form.cleaned_data["number"]
        verdict = count_try_on(normalise(number), "track-order", most=MOST_TRIES_ON_ORDER, seconds=TRIES_SECONDS)
        if not verdict.allowed:
            return too_many(request, verdict.retry_after)
        found = track(number, form.cleaned_data["phone"])
        if found is not None:
            response = HttpResponseRedirect(order_url(found.number))
            baskets.open_order(request, response, found.number)
            return response
        form.add_error(
            None, _("No order has this number and this phone. Compare both with the confirmation page or the mail.")
        )
    return render(request, "storefront/tracking.html", {"form": form}, status=422)


@never_cache
@require_safe
def order(request: HttpRequest, number: str) -> HttpResponse:
    """Where each part of an order is."""
    view = _own_order(request, number)
    return render_order(request, view, crumb=False) if view else ask_for_phone(number)


@never_cache
@require_safe
def order_placed(request: HttpRequest, number: str) -> HttpResponse:
    """Thanks, with each vendor's part; a guest is offered an account."""
    view = _own_order(request, number)
    if view is None:
        return ask_for_phone(number)
    money = money_of(view.order)
    if money.waits:
        return HttpResponseRedirect(reverse("storefront:pay", kwargs={"number": view.number}))
    signed_in = baskets.user_id_of(request) is not None
    context = {"view": view, "panels": panels_of(view), "money": money, "signed_in": signed_in}
    return _private(render(request, "storefront/order_placed.html", context))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def order_cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Ask, then take back the whole order or the part that `phan` names, as long as the vendors have not confirmed."""
    view = _own_order(request, number)
    if view is None:
        return ask_for_phone(number)
    wanted = request.POST.get("phan") or request.GET.get("phan") or ""
    part = next((part for part in view.parts if part.number == wanted), None)
    if request.method != "POST":
        return _private(render(request, "storefront/order_cancel.html", {"view": view, "part": part}))
    try:
        _cancel(view, part, actor_of(request))
    except DomainError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Cancelled. Nothing is to be paid for it, and what you have paid comes back."))
    return HttpResponseRedirect(order_url(view.number))


def render_order(request: HttpRequest, view: OrderView, *, crumb: bool) -> HttpResponse:
    """The page of an order; `crumb` leads back to the list in the account."""
    context = {"view": view, "panels": panels_of(view), "money": money_of(view.order), "crumb": crumb}
    return _private(render(request, "storefront/order.html", context))


def _cancel(view: OrderView, part: PartView | None, actor: Actor) -> None:
    if part is None:
        cancel_order_by_shopper(order=view.order, actor=actor)
    else:
        cancel_part_by_shopper(vendor_order=part.vendor_order, actor=actor)


def _own_order(request: HttpRequest, number: str) -> OrderView | None:
    found = own_order(request, number)
    return order_view(found) if found else None


def _private(response: HttpResponse) -> HttpResponse:
    baskets.keep_private(response)
    return response
