"""Writes of listings: the product's facts, price, stock and its way through review; pictures are in `pictures`."""

import datetime as dt
import secrets
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from apps.jobs.services import enqueue, record
from apps.jobs.transitions import transition
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.errors import DomainError
from apps.kernel.ids import ALPHABET
from apps.kernel.vietnamese import nfc
from apps.listings.data import ListingData
from apps.listings.models import Listing
from apps.listings.policies import MAX_PRICE_AMOUNT, MAX_STOCK, Missing, may_edit, missing_for_review
from apps.listings.states import LISTING_TRANSITIONS, ListingState
from apps.places.models import Commune
from apps.shop.catalogue.models import Category, Product
from apps.shop.catalogue.services import VENDOR_FIELDS, create_product, create_stock_record, write_product
from apps.shop.partner.models import StockRecord
from apps.shop.partner.stock import set_level
from apps.vendors.models import Vendor
from apps.vendors.services import locked_is_open
from apps.vendors.states import VendorState


class NotEditable(DomainError):
    """Texts and pictures of a listing that is submitted, on sale or paused stay as they are."""

    default_message = _("Withdraw the product first: what is on sale was reviewed and cannot change unseen.")


class ListingIncomplete(DomainError):
    """The listing lacks something that a buyer must know; `missing` says what."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(" ".join(str(item.words) for item in missing))
        self.missing = missing


class BadPrice(DomainError):
    """A price that cannot be charged."""

    default_message = _("The price is a whole number of dong from 1 to 999,999,999.")


class BadStock(DomainError):
    """A stock that cannot be counted."""

    default_message = _("The stock is a whole number from 0 to 1,000,000.")


class StockMoved(DomainError):
    """Units were sold or came back while the vendor was typing a new stock."""

    def __init__(self, left: int) -> None:
        super().__init__(_("The stock changed meanwhile: %(left)d are left now. Look again and save.") % {"left": left})


class SkuTaken(DomainError):
    """The vendor uses this code for another product."""

    default_message = _("You use this code for another product.")


class UnknownCategory(DomainError):
    """No category has this id."""

    default_message = _("Choose a category from the list.")


class VendorMayNotSell(DomainError):
    """The vendor is not approved, or suspended."""

    default_message = _("The vendor is not approved to sell right now.")


class ReasonMissing(DomainError):
    """A rejection needs words that the vendor can act on."""

    default_message = _("Write the reason; the vendor reads it.")


@transaction.atomic
def create_listing(*, vendor: Vendor, actor: Actor, data: ListingData) -> Listing:
    """A draft with its product and stock record. Raises UnknownCategory, BadPrice, BadStock or SkuTaken."""
    _check_numbers(data)
    vendor_open = locked_is_open(vendor.pk)
    product = create_product(
        facts=data.facts(), is_service=data.is_service, names=_names(vendor, data), **_places_and_category(data)
    )
    sku = nfc(data.sku).strip() or _new_sku()
    try:
        with transaction.atomic():
            create_stock_record(
                product=product,
                partner_id=vendor.partner_id,
                sku=sku,
                price_amount=data.price_amount,
                available=data.available,
                vendor_open=vendor_open,
            )
    except IntegrityError as problem:
        raise SkuTaken from problem
    listing = Listing.objects.create(product=product, vendor=vendor)
    record(actor=actor, verb="listing.create", obj=listing, after={"title": product.title, "sku": sku})
    return listing


@transaction.atomic
def update_listing(*, listing: Listing, actor: Actor, data: ListingData) -> Listing:
    """Write all facts of a draft or rejected listing, its price and stock too.

    Raises NotEditable, UnknownCategory, BadPrice, BadStock or SkuTaken.
    """
    _check_numbers(data)
    row = _locked(listing)
    if not may_edit(row.state):
        raise NotEditable
    product = row.product
    before = _facts_of(product)
    write_product(
        product,
        facts=data.facts(),
        is_service=data.is_service,
        names=_names(row.vendor, data),
        **_places_and_category(data),
    )
    _write_stock(row, data)
    after = _facts_of(product)
    changed = [name for name in after if after[name] != before[name]]
    record(
        actor=actor,
        verb="listing.update",
        obj=row,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return row


@transaction.atomic
def set_price(*, listing: Listing, actor: Actor, price_amount: int) -> None:
    """Change the price (dong, VAT included) at once, also of what is on sale. Raises BadPrice."""
    _check_price(price_amount)
    stock = _locked_stock(listing)
    before = stock.price_amount
    if before != price_amount:
        StockRecord.objects.filter(pk=stock.pk).update(price=Decimal(price_amount), date_updated=now())
        record(
            actor=actor,
            verb="listing.price",
            obj=listing,
            before={"price_amount": before},
            after={"price_amount": price_amount},
        )


@transaction.atomic
def set_stock(*, listing: Listing, actor: Actor, available: int, seen: int | None = None) -> None:
    """Set how many units can still be sold; what open orders hold stays on top.

    `seen` is how many there were when the number was typed. Raises BadStock, or StockMoved when that has changed.
    """
    _check_stock(available)
    stock = _locked_stock(listing)
    before = stock.available
    if seen is not None and seen != before:
        raise StockMoved(before)
    if before != available:
        set_level(stockrecord_id=stock.pk, available=available)
        record(
            actor=actor,
            verb="listing.stock",
            obj=listing,
            before={"available": before},
            after={"available": available},
        )


@transaction.atomic
def set_terms(*, listing: Listing, actor: Actor, price_amount: int, available: int, seen: int) -> None:
    """Price and stock together, at once, also of what is on sale; a stock that was left as it was `seen` stays.

    Raises BadPrice, BadStock or StockMoved; nothing has changed then.
    """
    set_price(listing=listing, actor=actor, price_amount=price_amount)
    if available != seen:
        set_stock(listing=listing, actor=actor, available=available, seen=seen)


@transaction.atomic
def submit_listing(*, listing: Listing, actor: Actor) -> Listing:
    """Send a draft to review. Raises ListingIncomplete, or VendorMayNotSell for a suspended or closed vendor."""
    row = _locked(listing)
    if row.vendor.state not in (VendorState.APPLIED, VendorState.APPROVED):
        raise VendorMayNotSell
    if missing := missing_for_review(row.product, stock_of(row), pictures=row.product.images.count()):
        raise ListingIncomplete(missing)
    return _move(row, ListingState.SUBMITTED, actor, submitted_at=now(), state_reason="")


@transaction.atomic
def publish_listing(*, listing: Listing, actor: Actor, seen: dt.datetime | None = None) -> Listing:
    """Put a listing that waits for review on sale; `seen` is the `submitted_at` of what the reviewer has read.

    Raises VendorMayNotSell while the vendor is not approved, IllegalTransition when it was sent in anew meanwhile.
    """
    expect: dict[str, object] = {"state": ListingState.SUBMITTED}
    if seen is not None:
        expect["submitted_at"] = seen
    row = _on_sale(listing, actor, expect, published_at=now())
    _tell(row, "published", "")
    return row


@transaction.atomic
def reject_listing(*, listing: Listing, actor: Actor, reason: str) -> Listing:
    """Give a listing back with what has to change; the reason reaches the vendor. Raises ReasonMissing."""
    text = nfc(reason).strip()
    if not text:
        raise ReasonMissing
    row = _move(listing, ListingState.REJECTED, actor, reason=text, state_reason=text)
    _tell(row, "rejected", text)
    return row


@transaction.atomic
def pause_listing(*, listing: Listing, actor: Actor) -> Listing:
    """Take goods off sale for a while."""
    row = _move(listing, ListingState.PAUSED, actor)
    _set_listed(row, False)
    return row


@transaction.atomic
def resume_listing(*, listing: Listing, actor: Actor) -> Listing:
    """Put paused goods on sale again: they were reviewed. Raises VendorMayNotSell while the vendor is not approved."""
    return _on_sale(listing, actor, {"state": ListingState.PAUSED})


@transaction.atomic
def withdraw_listing(*, listing: Listing, actor: Actor) -> Listing:
    """Take a listing out of review or off sale to edit it; it needs a new review."""
    row = _move(listing, ListingState.DRAFT, actor)
    _hide(row)
    return row


@transaction.atomic
def archive_listing(*, listing: Listing, actor: Actor) -> Listing:
    """Lay a listing aside for good; orders keep what they need of it."""
    row = _move(listing, ListingState.ARCHIVED, actor)
    _hide(row)
    return row


def stock_of(listing: Listing) -> StockRecord:
    """The stock record of a listing."""
    return StockRecord.objects.get(product_id=listing.product_id)


def _move(listing: Listing, to: str, actor: Actor, **changes: Any) -> Listing:
    return transition(listing, to, table=LISTING_TRANSITIONS, actor=actor, **changes)


def _on_sale(listing: Listing, actor: Actor, expect: dict[str, object], **changes: Any) -> Listing:
    if not locked_is_open(listing.vendor_id):
        raise VendorMayNotSell
    row = _move(listing, ListingState.PUBLISHED, actor, expect=expect, state_reason="", **changes)
    _set_listed(row, True)
    Product.objects.filter(pk=row.product_id).update(is_public=True)
    return row


def _tell(listing: Listing, decision: str, reason: str) -> None:
    """Let the vendor know; handlers tell by the moment whether they did: the same decision can fall again."""
    args = {"listing_id": listing.pk, "decision": decision, "reason": reason, "at": now().isoformat()}
    enqueue("listing.decided", args)


def _hide(listing: Listing) -> None:
    _set_listed(listing, False)
    Product.objects.filter(pk=listing.product_id).update(is_public=False)


def _set_listed(listing: Listing, listed: bool) -> None:
    StockRecord.objects.filter(product_id=listing.product_id).update(listed=listed)


def _locked(listing: Listing) -> Listing:
    rows = Listing.objects.select_for_update(of=("self",)).select_related("product", "vendor__commune__province")
    return rows.get(pk=listing.pk)


def _locked_stock(listing: Listing) -> StockRecord:
    return StockRecord.objects.select_for_update().get(product_id=listing.product_id)


def _write_stock(listing: Listing, data: ListingData) -> None:
    stock = _locked_stock(listing)
    sku = nfc(data.sku).strip() or stock.partner_sku
    if StockRecord.objects.filter(partner_id=stock.partner_id, partner_sku=sku).exclude(pk=stock.pk).exists():
        raise SkuTaken
    # An empty price leaves the one before: goods that lie in baskets always have one.
    price = stock.price if data.price_amount is None else Decimal(data.price_amount)
    StockRecord.objects.filter(pk=stock.pk).update(partner_sku=sku, price=price, date_updated=now())
    set_level(stockrecord_id=stock.pk, available=data.available)


def _places_and_category(data: ListingData) -> dict[str, Any]:
    category = Category.objects.filter(pk=data.category_id).first()
    if category is None:
        raise UnknownCategory
    return {"category": category, "origin": _origin(data)}


def _origin(data: ListingData) -> Commune | None:
    return Commune.objects.select_related("province").filter(code=data.origin_commune_code).first()


def _names(vendor: Vendor, data: ListingData) -> tuple[str, ...]:
    """Other words under which shoppers look for the product: who makes it and where."""
    origin = _origin(data)
    return (vendor.name, *((origin.name, origin.province.name) if origin else ()))


def _facts_of(product: Product) -> dict[str, Any]:
    return {name: getattr(product, name) for name in (*VENDOR_FIELDS, "origin_commune_id")}


def _new_sku() -> str:
    return "SP" + "".join(secrets.choice(ALPHABET) for _ in range(8))


def _check_numbers(data: ListingData) -> None:
    if data.price_amount is not None:
        _check_price(data.price_amount)
    _check_stock(data.available)


def _check_price(price_amount: int) -> None:
    if not 1 <= price_amount <= MAX_PRICE_AMOUNT:
        raise BadPrice


def _check_stock(available: int) -> None:
    if not 0 <= available <= MAX_STOCK:
        raise BadStock
