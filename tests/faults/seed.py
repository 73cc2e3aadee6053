"""Fills a new shop with the least that can be bought, sold and photographed; runs inside the shop's own process."""

from typing import Any

from django.core.management import call_command

from apps.accounts.models import User
from apps.jobs.services import enqueue
from apps.kernel.actor import Actor
from apps.ordering.models import VendorOrder
from apps.ordering.services import cancel
from apps.payments.services.opening import begin
from apps.payouts.services.runs import approve, prepare
from apps.shop.catalogue.models import Product
from apps.shop.order.models import Order
from tests.factories import shop
from tests.factories.catalogue import make_product
from tests.factories.payments import bring, complete
from tests.factories.payouts import make_stripe_account
from tests.factories.people import PASSWORD
from tests.factories.sales import make_order, ready_to_sell
from tests.factories.vendors import make_vendor

STOCK = 100_000


def fill(orders: int = 3) -> dict[str, Any]:
    """Migrate and fill; what a test must know to act: ids, and who signs in with what."""
    call_command("migrate", verbosity=0)
    ready_to_sell()
    owner = User.objects.create_user("nha-ban@example.test", PASSWORD)
    listing = shop.published(shop.vendor(owner), available=STOCK)
    draft = shop.draft(listing.vendor)
    second = make_product(vendor=make_vendor(), price=50_000, stock=STOCK)
    for number in range(orders):
        make_order(listing.product, second, email=f"khach{number}@example.test")
    return {
        "owner": "nha-ban@example.test",
        "password": PASSWORD,
        "products": [listing.product_id, second.pk],
        "draft": draft.pk,
        "numbers": list(Order.objects.values_list("number", flat=True)),
    }


def order() -> str:
    """One order of one vendor's goods; its number."""
    number: str = make_order(Product.objects.order_by("pk")[0], email="khach@example.test").number
    return number


def card() -> list[str]:
    """An order that waits for a card: its number, and the page where it is paid."""
    made = make_order(Product.objects.order_by("pk")[0], payment_method="stripe")
    return [made.number, begin(payment=made.payments.get(), actor=Actor.system())]


def look() -> None:
    """The next worker asks Stripe what has happened."""
    enqueue("stripe.sweep")


def pay_out(number: str, account_id: str) -> int:
    """The goods of a paid order have arrived, and two people let its vendor's money go to its account at Stripe."""
    for part in VendorOrder.objects.filter(order__number=number):
        complete(bring(part))
        if not part.vendor.stripe_accounts.exists():
            make_stripe_account(part.vendor, account_id=account_id)
    one, two = (User.objects.create_user(f"{who}-{number}@example.test", PASSWORD, is_staff=True) for who in "ab")
    run = prepare(actor=Actor.person(one.pk))
    return approve(run=run, actor=Actor.person(two.pk)).pk


def take_back(number: str) -> None:
    """The vendors cannot send an order that is paid."""
    for part in VendorOrder.objects.filter(order__number=number):
        cancel(vendor_order=part, actor=Actor.system(), reason="Hết hàng")
