"""News from orders that change what is owed."""

from typing import Any

from apps.jobs.registry import handles
from apps.kernel.actor import Actor
from apps.payments.services import settle_cash


@handles("payment.settle")
def settle(args: dict[str, Any]) -> None:
    """A part of an order was cancelled or delivered."""
    settle_cash(order_id=args["order_id"], actor=Actor.system())
