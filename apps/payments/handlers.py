"""Jobs of payments: what orders, time and providers bring about."""

import datetime as dt
from typing import Any

from django.conf import settings

from apps.jobs.registry import handles, scheduled
from apps.kernel.actor import Actor
from apps.kernel.clock import today
from apps.payments.services import inbox, receiving, reconciling, refunds, settling, transfers


@handles("payment.settle")
def on_settle(args: dict[str, Any]) -> None:
    """A part of an order was cancelled, delivered, completed or sent back, or money came."""
    settling.settle(order_id=args["order_id"], actor=Actor.system())


@handles("payment.end")
def on_end(args: dict[str, Any]) -> None:
    """Nobody waits for this payment any more."""
    receiving.end(payment_id=args["payment_id"], actor=Actor.system())
    transfers.drop(payment_id=args["payment_id"], actor=Actor.system())


@handles("transfer.match")
def on_transfer_match(args: dict[str, Any]) -> None:
    """Money came to the bank account."""
    transfers.match(transfer_id=args["transfer_id"], actor=Actor.system())


@handles("webhook.follow")
def on_webhook(args: dict[str, Any]) -> None:
    """A provider has told something."""
    inbox.follow(event_id=args["event_id"])


@scheduled("stripe.sweep", every=dt.timedelta(minutes=15))
def on_sweep(args: dict[str, Any]) -> None:
    """Fetch what no webhook has brought."""
    if settings.STRIPE_SECRET_KEY:
        inbox.sweep()


@scheduled("stripe.reconcile", every=dt.timedelta(days=1))
def on_reconcile(args: dict[str, Any]) -> None:
    """Compare yesterday with Stripe's report."""
    if settings.STRIPE_SECRET_KEY:
        reconciling.reconcile(day=today() - dt.timedelta(days=1))


@handles("refund.send")
def on_refund_send(args: dict[str, Any]) -> None:
    """A refund was claimed."""
    refunds.send(refund_id=args["refund_id"], actor=Actor.system())
