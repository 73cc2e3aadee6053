"""The ways to pay as a shopper chooses between them, and what became of the money of an order."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django_stubs_ext import StrOrPromise

from apps.kernel.actor import Actor
from apps.kernel.money import Money
from apps.payments.models import Payment, Refund
from apps.payments.providers import offered, provider_of
from apps.payments.providers.cod import Cash
from apps.payments.providers.port import ProviderAway
from apps.payments.selectors import latest_payment, refunds_of
from apps.payments.services.opening import begin
from apps.payments.states import PaymentState
from apps.shop.order.models import Order


@dataclass(frozen=True, slots=True)
class Way:
    """One way to pay; `code` chooses its words and drawing in the templates."""

    code: str
    label: StrOrPromise
    # Cash is not taken for drinks with alcohol.
    refused: bool = False


@dataclass(frozen=True, slots=True)
class OrderMoney:
    """The payment of an order that counts, and what went back of it."""

    payment: Payment | None
    refunds: Sequence[Refund]

    @property
    def label(self) -> StrOrPromise:
        """The way it is paid, in words; empty when nothing was to pay."""
        return provider_of(self.payment.provider).label if self.payment else ""

    @property
    def waits(self) -> bool:
        """Whether the order waits for its money."""
        return bool(self.payment and self.payment.state == PaymentState.OPEN and self.payment.expires_at)


def ways(amount: Money, *, has_alcohol: bool) -> list[Way]:
    """The ways in which an amount can be paid, the ones that are refused for these goods last."""
    found = [
        Way(provider.code, provider.label, refused=has_alcohol and provider.code == Cash.code)
        for provider in offered(amount)
    ]
    return sorted(found, key=lambda way: way.refused)


def money_of(order: Order) -> OrderMoney:
    """The money of an order, for its pages; two queries."""
    return OrderMoney(latest_payment(order), refunds_of(order))


def next_step(order: Order, actor: Actor) -> str:
    """Where to send the shopper after placing an order: to the provider, to our page of the payment, or to the thanks.

    A provider that is away is no reason to lose the order: our page offers it again, and the other ways.
    """
    payment = latest_payment(order)
    if payment is None or payment.expires_at is None or payment.state != PaymentState.OPEN:
        return reverse("storefront:order_placed", kwargs={"number": order.number})
    try:
        address = begin(payment=payment, actor=actor)
    except ProviderAway:
        address = ""
    return address or reverse("storefront:pay", kwargs={"number": order.number})
