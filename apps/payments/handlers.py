"""Jobs of payments: what orders, time and providers bring about."""

from typing import Any

from apps.jobs.registry import handles
from apps.kernel.actor import Actor
from apps.payments.services import receiving, refunds, settling, transfers


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


@handles("refund.send")
def on_refund_send(args: dict[str, Any]) -> None:
    """A refund was claimed."""
    refunds.send(refund_id=args["refund_id"], actor=Actor.system())
