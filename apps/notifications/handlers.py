"""Turns what happened into news: to the shopper, to those who work for a vendor, to those who applied.

A handler may run twice: each piece of news reaches a list and a mailbox once. What was overtaken, such as "on its way"
for a parcel that went back, is no news any more.
"""

import datetime as dt
from typing import Any

from apps.accounts.models import DataExport, Erasure, User
from apps.accounts.states import ErasureState, ExportState
from apps.jobs.registry import handles, scheduled
from apps.kernel.clock import now
from apps.listings.models import Listing
from apps.notifications.models import StockWish
from apps.notifications.news import News
from apps.notifications.services import list_news, mail_news, purge_old, tell_person
from apps.notifications.wishes import can_be_bought, look_for_stock, purge_wishes, wait_on
from apps.ordering.models import VendorOrder
from apps.ordering.states import VendorOrderState
from apps.payments.models import Dispute, Refund
from apps.payments.states import DisputeState
from apps.payouts.models import BankAccount, Payout, StripeAccount
from apps.payouts.services.accounts import link_of
from apps.payouts.states import BankAccountState
from apps.provenance.models import Certificate
from apps.shop.order.models import Order
from apps.vendors.models import Vendor
from apps.vendors.policies import Area
from apps.vendors.selectors import members_in

_ENDED = (VendorOrderState.CANCELLED, VendorOrderState.RETURNED)


@handles("order.placed")
def on_order_placed(args: dict[str, Any]) -> None:
    """Confirm the order to the shopper."""
    order = Order.objects.select_related("user", "shipping_address").get(pk=args["order_id"])
    parts = order.vendor_orders.select_related("vendor").prefetch_related("lines").order_by("pk")
    facts = {"number": order.number, "order": order.number}
    context = {"order": order, "parts": parts, "total": order.total_incl_tax}
    _tell_shopper(order, News("order.placed", "order", order.pk, facts), context)


@handles("order.unpaid")
def on_order_unpaid(args: dict[str, Any]) -> None:
    """Tell the shopper that an order was given up for want of its payment; one that is alive again is no news."""
    order = Order.objects.select_related("user").get(pk=args["order_id"])
    if order.status == VendorOrderState.CANCELLED:
        _tell_shopper(
            order, News("order.unpaid", "order", order.pk, {"number": order.number, "order": order.number}), {}
        )


@handles("refund.paid")
def on_refund_paid(args: dict[str, Any]) -> None:
    """Tell the shopper that money is on its way back, for what and why."""
    refund = Refund.objects.select_related("share__payment__order__user", "share__vendor_order__vendor")
    made = refund.get(pk=args["refund_id"])
    order = made.share.payment.order
    facts = {
        "number": order.number,
        "order": order.number,
        "amount": made.amount,
        "name": made.share.vendor_order.vendor.name,
        "reason": made.reason,
    }
    _tell_shopper(order, News("refund.paid", "refund", made.pk, facts), {})


@handles("dispute.opened")
def on_dispute_opened(args: dict[str, Any]) -> None:
    """Tell every admin by when to answer at Stripe: without an answer the money is lost. What has ended is no news."""
    dispute = Dispute.objects.select_related("payment__order").get(pk=args["dispute_id"])
    if dispute.state != DisputeState.OPEN:
        return
    facts = {"number": dispute.payment.order.number, "amount": dispute.amount}
    if dispute.answer_by:
        facts["by"] = dispute.answer_by.isoformat()
    for admin in User.objects.filter(is_staff=True, is_active=True):
        tell_person(admin, News("dispute.opened", "dispute", dispute.pk, facts, f"admin {admin.pk}"))


@handles("vendor_order.placed")
def on_vendor_order_placed(args: dict[str, Any]) -> None:
    """Tell the vendor what to confirm; the mail shows its own part only."""
    part = _part(args)
    _tell_vendor(part.vendor, Area.ORDERS, news_of_new_part(part), {"part": part})


@handles("vendor_order.accepted")
def on_vendor_order_accepted(args: dict[str, Any]) -> None:
    """Tell the shopper that a vendor has confirmed its part."""
    _tell_of_part("accepted", _part(args))


@handles("vendor_order.shipped")
def on_vendor_order_shipped(args: dict[str, Any]) -> None:
    """Tell the shopper that a part is on its way, with carrier and number."""
    _tell_of_part("shipped", _part(args))


@handles("vendor_order.delivered")
def on_vendor_order_delivered(args: dict[str, Any]) -> None:
    """Tell the shopper that a part has arrived."""
    _tell_of_part("delivered", _part(args))


@handles("vendor_order.cancelled")
def on_vendor_order_cancelled(args: dict[str, Any]) -> None:
    """Tell the shopper that a part will not come, and why."""
    _tell_of_part("cancelled", _part(args))


@handles("vendor_order.returned")
def on_vendor_order_returned(args: dict[str, Any]) -> None:
    """Tell the shopper that a part went back to its vendor."""
    _tell_of_part("returned", _part(args))


@handles("vendor_order.withdrawn")
def on_vendor_order_withdrawn(args: dict[str, Any]) -> None:
    """Tell the vendor that a part was taken back: nothing has to be packed for it."""
    part = _part(args)
    news = News("vendor_order.withdrawn", "vendor_order", part.pk, {"number": part.number})
    _tell_vendor(part.vendor, Area.ORDERS, news, {"part": part})


@handles("vendor.decided")
def on_vendor_decided(args: dict[str, Any]) -> None:
    """Tell the applicant or vendor what was decided, and why."""
    vendor = Vendor.objects.get(pk=args["vendor_id"])
    facts = {"name": vendor.name, "reason": args["reason"]}
    news = News(f"vendor.{args['decision']}", "vendor", vendor.pk, facts, _occasion(args))
    _tell_vendor(vendor, Area.PROFILE, news, {})


@handles("listing.decided")
def on_listing_decided(args: dict[str, Any]) -> None:
    """Tell the vendor whether a listing is on sale, and why not."""
    listing = Listing.objects.select_related("vendor", "product").get(pk=args["listing_id"])
    facts = {"listing": listing.pk, "title": listing.product.title, "reason": args["reason"]}
    news = News(f"listing.{args['decision']}", "listing", listing.pk, facts, _occasion(args))
    _tell_vendor(listing.vendor, Area.LISTINGS, news, {})


@handles("certificate.decided")
def on_certificate_decided(args: dict[str, Any]) -> None:
    """Tell the vendor whether a certificate's stars show, and why not."""
    certificate = Certificate.objects.select_related("vendor", "product__listing").get(pk=args["certificate_id"])
    facts = {
        "listing": certificate.product.listing.pk,
        "title": certificate.product.title,
        "number": certificate.number,
        "reason": args["reason"],
    }
    news = News(f"certificate.{args['decision']}", "certificate", certificate.pk, facts, _occasion(args))
    _tell_vendor(certificate.vendor, Area.LISTINGS, news, {})


@handles("payout.sent")
def on_payout_sent(args: dict[str, Any]) -> None:
    """Tell the vendor that its money is on its way."""
    _tell_of_payout("sent", args)


@handles("payout.failed")
def on_payout_failed(args: dict[str, Any]) -> None:
    """Tell the vendor that its money came back, and why."""
    _tell_of_payout("failed", args)


@handles("bank_account.proposed")
def on_bank_account_proposed(args: dict[str, Any]) -> None:
    """Send the link that lets a new bank account count; only the mail has it. One that waits no more is no news."""
    account = _bank_account(args)
    if account.state == BankAccountState.PROPOSED:
        _tell_of_account("proposed", account, {"word": link_of(account)})


@handles("bank_account.confirmed")
def on_bank_account_confirmed(args: dict[str, Any]) -> None:
    """Tell the vendor's people from when on payouts go to the new account: somebody may not have wanted it."""
    _tell_of_account("confirmed", _bank_account(args), {})


@handles("stripe_account.opened")
def on_stripe_account_opened(args: dict[str, Any]) -> None:
    """Somebody leads payouts to an account at Stripe: everybody who sees the money is told."""
    _tell_of_account("opened", _stripe_account(args), {})


@handles("stripe_account.withdrawn")
def on_stripe_account_withdrawn(args: dict[str, Any]) -> None:
    """Payouts go to the bank again."""
    _tell_of_account("withdrawn", _stripe_account(args), {})


@handles("bank_account.withdrawn")
def on_bank_account_withdrawn(args: dict[str, Any]) -> None:
    """Tell the vendor's people that a change was taken back."""
    _tell_of_account("withdrawn", _bank_account(args), {})


@handles("privacy.export_ready")
def on_export_ready(args: dict[str, Any]) -> None:
    """Tell the person that the copy of their data can be fetched; one that is gone meanwhile is no news."""
    export = DataExport.objects.select_related("user").get(pk=args["export_id"])
    if export.state == ExportState.READY and export.expires_at:
        facts = {"until": export.expires_at.isoformat()}
        tell_person(export.user, News("privacy.export_ready", "export", export.pk, facts))


@handles("privacy.erasure_asked")
def on_erasure_asked(args: dict[str, Any]) -> None:
    """Tell the person when it will be done and how to stop it: somebody else may have asked."""
    erasure = Erasure.objects.select_related("user").get(pk=args["erasure_id"])
    if erasure.state == ErasureState.WAITING:
        facts = {"until": erasure.due_at.isoformat()}
        tell_person(erasure.user, News("privacy.erasure_asked", "erasure", erasure.pk, facts))


@handles("privacy.erasure_refused")
def on_erasure_refused(args: dict[str, Any]) -> None:
    """Tell the person that something stood against it when it was due."""
    erasure = Erasure.objects.select_related("user").get(pk=args["erasure_id"])
    tell_person(erasure.user, News("privacy.erasure_refused", "erasure", erasure.pk))


@scheduled("stock.look", every=dt.timedelta(minutes=5))
def on_stock_look(args: dict[str, Any]) -> None:
    """See which goods that people wait for can be bought again."""
    look_for_stock()


@handles("stock.back")
def on_stock_back(args: dict[str, Any]) -> None:
    """Tell the person once and forget the wish; what is sold out again meanwhile is no news."""
    wish = StockWish.objects.select_related("user", "product").filter(pk=args["wish_id"]).first()
    if wish is None:
        return
    product = wish.product
    if not can_be_bought().filter(pk=product.pk).exists():
        wait_on(wish)
        return
    facts = {"title": product.title, "slug": product.slug, "product": product.pk}
    tell_person(wish.user, News("stock.back", "product", product.pk, facts, str(wish.pk)))
    wish.delete()


def news_of_new_part(part: VendorOrder) -> News:
    """A vendor has something to confirm."""
    facts = {"number": part.number, "total": part.total_amount, "by": part.accept_by.isoformat()}
    return News("vendor_order.placed", "vendor_order", part.pk, facts)


def news_of_part(outcome: str, part: VendorOrder) -> News:
    """A step of a part (`accepted`, `shipped`, ...) as its shopper reads of it."""
    facts = {
        "number": part.number,
        "order": part.order.number,
        "name": part.vendor.name,
        "reason": part.cancel_reason if outcome in _ENDED else "",
    }
    return News(f"vendor_order.{outcome}", "vendor_order", part.pk, facts)


def _part(args: dict[str, Any]) -> VendorOrder:
    parts = VendorOrder.objects.select_related("vendor", "order__user")
    return parts.prefetch_related("lines", "parcels__carrier").get(pk=args["vendor_order_id"])


def _occasion(args: dict[str, Any]) -> str:
    """Which time it was decided: the same decision can fall again."""
    return str(args.get("at", ""))


def _tell_of_part(outcome: str, part: VendorOrder) -> None:
    if part.state in _ENDED and outcome not in _ENDED:
        return
    _tell_shopper(part.order, news_of_part(outcome, part), {"part": part})


def _tell_of_payout(outcome: str, args: dict[str, Any]) -> None:
    payout = Payout.objects.select_related("vendor").get(pk=args["payout_id"])
    facts = {
        "payout": payout.pk,
        "number": payout.number,
        "amount": payout.amount,
        "account": payout.destination,
        "reason": payout.state_reason if outcome == "failed" else "",
    }
    _tell_vendor(payout.vendor, Area.MONEY, News(f"payout.{outcome}", "payout", payout.pk, facts, _occasion(args)), {})


def _bank_account(args: dict[str, Any]) -> BankAccount:
    return BankAccount.objects.select_related("vendor").get(pk=args["account_id"])


def _stripe_account(args: dict[str, Any]) -> StripeAccount:
    return StripeAccount.objects.select_related("vendor").get(pk=args["account_id"])


def _tell_of_account(outcome: str, account: BankAccount | StripeAccount, context: dict[str, Any]) -> None:
    kind = "bank_account" if isinstance(account, BankAccount) else "stripe_account"
    facts = {"account": str(account)}
    if account.hold_until:
        facts["until"] = account.hold_until.isoformat()
    news = News(f"{kind}.{outcome}", kind, account.pk, facts)
    _tell_vendor(account.vendor, Area.MONEY, news, context)


def _tell_shopper(order: Order, news: News, context: dict[str, Any]) -> None:
    """Into the list of whoever is known, and to the address of the order; a guest without one tracks by phone."""
    if order.user_id is not None:
        list_news(news, user_ids=[order.user_id])
    if order.contact_email:
        language = order.user.language if order.user else order.language
        mail_news(news, recipient="shopper", to=order.contact_email, language=language, context=context)


def _tell_vendor(vendor: Vendor, area: Area, news: News, context: dict[str, Any]) -> None:
    """Into the lists of the members who do that work, and to the vendor's own address."""
    list_news(news, user_ids=members_in(vendor=vendor, area=area), vendor_id=vendor.pk)
    context = {"vendor": vendor, **context}
    mail_news(news, recipient="vendor", to=vendor.email, language=vendor.language, context=context)


@scheduled("notifications.purge", every=dt.timedelta(days=1))
def on_purge(args: dict[str, Any]) -> None:
    """Forget what was read, and the proofs of what was mailed, after half a year; and wishes after a year."""
    purge_old(before=now() - dt.timedelta(days=180))
    purge_wishes()
