"""Orders that a browser may open: it placed or found them, or its person owns them."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from apps.kernel.actor import Actor
from apps.ordering.selectors import order_by_number
from apps.shop.order.models import Order
from apps.storefront import baskets


def own_order(request: HttpRequest, number: str) -> Order | None:
    """The order, when this browser placed or found it or the person signed in owns it."""
    found = order_by_number(number)
    if found is None:
        return None
    user_id = baskets.user_id_of(request)
    owns = user_id is not None and found.user_id == user_id
    return found if owns or found.number in baskets.opened_orders(request) else None


def actor_of(request: HttpRequest) -> Actor:
    """Who does something with an order."""
    user_id = baskets.user_id_of(request)
    return Actor.guest() if user_id is None else Actor.person(user_id)


def ask_for_phone(number: str) -> HttpResponse:
    """Known or not, a stranger's order answers with the same form."""
    return HttpResponseRedirect(f"{reverse('storefront:tracking')}?so={number[:20]}")


def order_url(number: str) -> str:
    """The order's page."""
    return reverse("storefront:order", kwargs={"number": number})
