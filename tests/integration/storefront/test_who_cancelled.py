"""The page of an order says who took a part back."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.kernel.actor import Actor
from apps.ordering import services
from apps.ordering.models import VendorOrder
from tests.factories.catalogue import make_product
from tests.factories.people import make_user
from tests.factories.sales import ready_to_sell
from tests.integration.storefront.buying import add, filled_in, submit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "words"), [("vendor", "Nhà bán huỷ."), ("admin", "Sàn huỷ."), ("buyer", "Người mua huỷ.")]
)
@pytest.mark.parametrize("guest", [True, False])
def test_who_cancelled(client: Client, who: str, words: str, guest: bool) -> None:
    ready_to_sell()
    if not guest:
        client.force_login(make_user())
    add(client, make_product())
    submit(client, filled_in(client))
    part = VendorOrder.objects.get()
    url = reverse("storefront:order", args=[part.order.number])
    assert client.get(url).context["panels"][0].cancelled_by == ""
    if who == "buyer":
        client.post(reverse("storefront:order_cancel", args=[part.order.number]))
    else:
        vendor_id = part.vendor_id if who == "vendor" else None
        services.cancel(vendor_order=part, actor=Actor.person(make_user().pk, vendor_id), reason="Hỏng mẻ này.")
    page = client.get(url)
    assert page.context["panels"][0].cancelled_by == words
    assert page.content.decode().count(words) == 1
