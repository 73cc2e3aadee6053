"""Finding any order and reading what happened to it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from apps.backoffice import selectors
from apps.backoffice.access import admin_required
from apps.backoffice.pages import show
from apps.backoffice.record import deeds
from apps.ordering.models import VendorOrder
from apps.ordering.order_views import order_view
from apps.payments.selectors import refunds_of, shares_of
from apps.shop.order.models import Order

PAGE_SIZE = 30
RECORD_SHOWN = 200


@admin_required
def orders(request: HttpRequest) -> HttpResponse:
    """Orders, the latest first; search by number, phone, e-mail or recipient."""
    text = request.GET.get("q", "").strip()
    page = Paginator(selectors.orders(text), PAGE_SIZE).get_page(request.GET.get("trang"))
    return show(request, "orders", {"page": page, "text": text, "room": "orders"})


@admin_required
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One order with its parts, parcels, payments and history."""
    found = get_object_or_404(
        Order.objects.select_related("shipping_address__commune__province", "user"), number=number
    )
    view = order_view(found)
    parts = {str(part.vendor_order.pk): part.number for part in view.parts}
    names = {(VendorOrder._meta.label, pk): number for pk, number in parts.items()}
    context = {
        "order": found,
        "view": view,
        "payments": found.payments.order_by("pk"),
        "shares": shares_of(found),
        "refunds": refunds_of(found),
        "history": deeds(selectors.history(found, parts)[:RECORD_SHOWN], names),
        "room": "orders",
    }
    return show(request, "order", context)
