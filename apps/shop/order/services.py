"""Oscar's order: the contract with the shopper, written once and never changed but for its status."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from oscar.core.prices import Price

from apps.accounts.models import User
from apps.jobs.services import record
from apps.kernel.actor import Actor
from apps.kernel.money import Money
from apps.places.models import Commune
from apps.shop.address.services import ensure_vietnam
from apps.shop.basket.models import Basket
from apps.shop.order.models import Order, ShippingAddress
from apps.shop.order.utils import OrderCreator


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets the goods and where; the phone is in E.164, the e-mail may be empty."""

    name: str
    phone: str
    commune: Commune
    street: str
    email: str = ""
    note: str = ""
    gift_message: str = ""
    language: str = "vi"


class VendorDelivery:
    """Oscar's shipping method on paper: fees were worked out per vendor before."""

    name = "Giao theo từng nhà bán"
    code = "per-vendor"

    def discount(self, basket: Basket) -> Decimal:
        """Offers on delivery are not given."""
        return Decimal(0)


def write_order(
    *, basket: Basket, number: str, recipient: Recipient, shipping: Money, total: Money, user_id: int | None
) -> Order:
    """Oscar's rows of an order, in the caller's transaction; offers are applied to this very basket object already."""
    address = ShippingAddress.objects.create(
        first_name=recipient.name,
        line1=recipient.street,
        line3=recipient.commune.full_name,
        line4=recipient.commune.province.full_name,
        country=ensure_vietnam(),
        commune=recipient.commune,
        phone_number=recipient.phone,
        notes=recipient.note,
    )
    order: Order = OrderCreator().place_order(
        basket,
        _price(total),
        VendorDelivery(),
        _price(shipping),
        user=AnonymousUser() if user_id is None else User.objects.get(pk=user_id),
        shipping_address=address,
        order_number=number,
        guest_email=recipient.email,
        guest_phone=recipient.phone,
        gift_message=recipient.gift_message,
        language=recipient.language,
    )
    return order


@transaction.atomic
def adopt_orders(*, numbers: Sequence[str], user: User, actor: Actor) -> int:
    """Give a new account the guest orders that its browser placed or found; returns how many.

    An order that names another e-mail address stays a guest's: whoever looked it up may have done so for somebody else.
    """
    own = Q(guest_email="") | Q(guest_email__iexact=user.email)
    orders = list(Order.objects.select_for_update(no_key=True).filter(own, number__in=numbers, user=None))
    for order in orders:
        Order.objects.filter(pk=order.pk).update(user_id=user.pk)
        record(actor=actor, verb="order.adopted", obj=order, after={"user": user.pk})
    return len(orders)


def _price(amount: Money) -> Price:
    return Price(currency=amount.currency, excl_tax=amount.to_decimal(), incl_tax=amount.to_decimal())
