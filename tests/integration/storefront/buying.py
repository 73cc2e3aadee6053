"""A browser without scripts for the tests of basket, checkout and orders."""

from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse

from apps.shop.catalogue.models import Product

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

HERE = {"Sec-Fetch-Site": "same-origin"}
FORM: dict[str, Any] = {
    "name": "Nguyễn Thị Hoa",
    "phone": "0912 345 678",
    "email": "",
    "province": "79",
    "commune": "26740",
    "street": "Số 12, đường Lê Lợi",
    "note": "",
    "gift_message": "",
    "payment_method": "cod",
    "action": "place",
}


def add(client: Client, product: Product, quantity: int = 1) -> "Response":
    """Put a product into the basket from its page."""
    return client.post(reverse("storefront:basket_add"), {"product_id": product.pk, "quantity": quantity}, headers=HERE)


def filled_in(client: Client, **changes: Any) -> dict[str, Any]:
    """The checkout form as the page offers it after the province and commune are chosen, filled in."""
    chosen = {**FORM, "action": "communes", **changes}
    page = client.post(reverse("storefront:checkout"), {**chosen, "action": "communes"})
    view = page.context["view"]
    return {**FORM, "token": page.context["token"], "seen_total": view.total.amount, **changes}


def submit(client: Client, form: dict[str, Any]) -> "Response":
    """Send the checkout form."""
    return client.post(reverse("storefront:checkout"), form)
