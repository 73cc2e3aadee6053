"""Finding any order and reading what happened to it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from apps.backoffice import selectors
from apps.backoffice.access import admin_required
from apps.backoffice.pages import show
from apps.shop.order.models import Order

PAGE_SIZE = 30


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
    parts = found.vendor_orders.select_related("vendor").prefetch_related("lines", "parcels__carrier").order_by("pk")
    context = {
        "order": found,
        "parts": parts,
        "payments": found.payments.all(),
        "history": selectors.history(found)[:200],
        "room": "orders",
    }
    return show(request, "order", context)
