"""Looks up, inside the running shop, what the addresses of `pages.py` name; makes what the demo lacks."""

import json

from tests.e2e.conftest import Shop

# Runs in the shop, not in the test: see `Shop.run`.
_SCRIPT = """
import json
from apps.accounts.models import User
from apps.demo.cast import DEMO_VENDOR
from apps.demo.people import SELLER, SHOPPER
from apps.fees.models import CommissionRule
from apps.jobs.models import Job, JobState
from apps.kernel.actor import Actor
from apps.kernel.clock import now, today
from apps.kernel.money import dong
from apps.kernel.vietnamese import fold
from apps.listings.data import ListingData
from apps.listings.models import Listing
from apps.listings.services import create_listing
from apps.ledger.models import Entry
from apps.notifications.models import StockWish
from apps.ordering.models import VendorOrder
from apps.ordering.pricing import priced_basket
from apps.payments.models import Share
from apps.payments.services import transfers
from apps.payments.services.refunds import refund_amount
from apps.payments.transfer_content import content_of
from apps.payouts.models import Payout, PayoutRun
from apps.provenance.models import Certificate
from apps.places.models import Commune
from apps.purchase import services as purchase
from apps.shop.address.models import UserAddress
from apps.shop.basket.services import add_product
from apps.shop.catalogue.models import Category, Product
from apps.shop.order.models import Order
from apps.vendors.models import Vendor
from search.models import Asked, SavedSearch

vendor = Vendor.objects.get(memberships__user__email=SELLER)
category = Category.objects.get(name="Trà")
listings = Listing.objects.filter(vendor=vendor)
if not listings.filter(state="draft").exists():
    create_listing(vendor=vendor, actor=Actor.system(), data=ListingData(title="Nháp", category_id=category.pk))
if not Job.objects.filter(state=JobState.DEAD).exists():
    Job.objects.create(
        kind="order.placed", args={"order_id": 1}, state=JobState.DEAD, attempts=8, last_error="Disconnected: " * 20
    )
if not Asked.objects.exists():
    for place, words in enumerate(("mật ong", "chả mực", "chè hoa vàng", "trứng kiến", "rượu ba kích", "gà Tiên Yên")):
        Asked.objects.create(
            day=today(), folded=fold(words), words=words, province_code=vendor.commune.province_id, times=40 - place,
            missed=0 if place < 3 else 40 - place, results=9 - place, seen=30, opened=5 * place,
        )
person = User.objects.get(email=SHOPPER)
SavedSearch.objects.get_or_create(user=person, query="?q=ch%C3%A8", words="“chè”", is_muted=True)
SavedSearch.objects.get_or_create(user=person, query="?q=tr%C3%A0&sao=5", words="“trà” · OCOP 5 sao")
def came(reference, amount, content):
    transfer, _ = transfers.arrive(
        reference=reference, amount=dong(amount), content=content, happened_at=now(), source="notice",
        actor=Actor.provider(),
    )
    return transfers.match(transfer_id=transfer.pk, actor=Actor.provider())

rice = Product.objects.get(title="Nếp Tú Lệ")
basket = add_product(basket=None, user_id=None, product_id=rice.pk, quantity=1)
details = purchase.CheckoutDetails("Hoa", "0912345678", "26740", "Số 1", payment_method="vietqr")
total = priced_basket(basket, commune=Commune.objects.get(pk="26740")).total.amount
unpaid = purchase.place(basket_id=basket.pk, details=details, seen_total=total, actor=Actor.guest())
Order.objects.filter(pk=unpaid.pk).update(user=person)
came("FT-E2E-2", 1_000, content_of(unpaid.number))
due = came("FT-E2E-3", 9_000, "chuyen nham")
transfers.refuse(transfer_id=due.pk, actor=Actor.system())
paid = Share.objects.filter(payment__provider="vietqr", captured__gt=0).order_by("pk")[0]
refund_amount(share=paid, amount=dong(1_000), reason="Vỡ một hộp", actor=Actor.system())
on_sale = Product.objects.filter(stockrecords__listed=True, stockrecords__vendor_open=True).order_by("pk")
sku = lambda code: on_sale.get(stockrecords__partner_sku=code).get_absolute_url()
sold_out = on_sale.get(stockrecords__partner_sku="DS0005")
StockWish.objects.get_or_create(user=person, product=sold_out)
found = {
    "vendor": vendor.slug,
    "province": vendor.commune.province.slug,
    "category": category.slug,
    "family": category.get_parent().slug,
    "spirits": Category.objects.get(name="Rượu").slug,
    "valid": sku("DS0002"),
    "expired": sku("DS0044"),
    "revoked": sku("DS0194"),
    "sold_out": sold_out.get_absolute_url(),
    "sold_out_id": sold_out.pk,
    "spirit": on_sale.filter(is_alcohol=True)[0].get_absolute_url(),
    "service": on_sale.filter(shipping_weight_g=0)[0].get_absolute_url(),
    "reviewed": on_sale.filter(reviews__isnull=False)[0].get_absolute_url(),
    "shopper_order": Order.objects.filter(user=person).order_by("pk")[0].number,
    "address": UserAddress.objects.filter(user=person).order_by("pk")[0].pk,
    "approved_vendor": vendor.pk,
    "unpaid_order": unpaid.number,
    "new_transfer": came("FT-E2E-1", 5_000, "khong ro cua ai").pk,
    "due_transfer": due.pk,
    "rule": CommissionRule.objects.order_by("position")[0].pk,
    "payout": Payout.objects.filter(vendor=vendor).order_by("pk")[0].pk,
    "paid_run": PayoutRun.objects.filter(state="approved").order_by("pk")[0].pk,
    "open_run": PayoutRun.objects.filter(state="checked").order_by("pk")[0].pk,
    "entry": Entry.objects.filter(kind="earned").order_by("pk")[0].pk,
    "month": f"{today():%Y-%m}",
    "year": today().year,
}
for state in ("draft", "published", "submitted", "rejected", "paused"):
    found[state] = listings.filter(state=state).order_by("pk")[0].pk
for state in ("placed", "accepted", "packed", "shipped", "delivered", "cancelled"):
    found[f"{state}_order"] = VendorOrder.objects.filter(vendor=vendor, state=state).order_by("pk")[0].number
for state in ("shipped", "delivered", "cancelled"):
    found[f"my_{state}_order"] = Order.objects.filter(user=person, status=state).order_by("pk")[0].number
for state in ("applied", "rejected", "suspended"):
    found[f"{state}_vendor"] = Vendor.objects.filter(state=state).order_by("pk")[0].pk
for state in ("claimed", "verified"):
    found[f"{state}_certificate"] = Certificate.objects.filter(state=state).order_by("pk")[0].pk
print(json.dumps(found))
"""


def things_of(shop: Shop) -> dict[str, str]:
    """Names to ids, slugs, numbers and addresses."""
    found: dict[str, object] = json.loads(shop.run(_SCRIPT))
    return {name: str(value) for name, value in found.items()}
