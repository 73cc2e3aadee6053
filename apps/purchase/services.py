"""One submit of a checkout: order and payment rows in one transaction, whatever the shopper clicks."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.phones import parse_phone
from apps.kernel.actor import Actor
from apps.kernel.errors import DomainError
from apps.kernel.money import Money, dong
from apps.ordering.pricing import BasketView, priced_basket
from apps.ordering.services import place_order
from apps.ordering.states import PayWhen
from apps.payments.providers import offered, provider_of
from apps.payments.providers.cod import Cash
from apps.payments.services.opening import open_payment
from apps.places.models import Commune
from apps.purchase.retries import retrying
from apps.shop.basket.models import Basket
from apps.shop.basket.services import BasketClosed, locked_basket, submit
from apps.shop.order.models import Order
from apps.shop.order.services import Recipient
from apps.shop.voucher.services import drop_idle_vouchers, drop_used_vouchers

NAME_LENGTH = 120
STREET_LENGTH = 200


@dataclass(frozen=True, slots=True)
class CheckoutDetails:
    """What the shopper filled in; `phone` as typed or in E.164, the e-mail may be empty."""

    name: str
    phone: str
    commune_code: str
    street: str
    email: str = ""
    note: str = ""
    gift_message: str = ""
    payment_method: str = Cash.code
    language: str = "vi"


class NameMissing(DomainError):
    """No recipient."""

    default_message = _("Write the recipient's name as the courier should read it.")


class StreetMissing(DomainError):
    """No house number, street or hamlet."""

    default_message = _("Write the house number and street, or the hamlet.")


class CommuneMissing(DomainError):
    """No commune, or one that is not in the list."""

    default_message = _("Choose the commune or ward from the list.")


class UnknownPaymentMethod(DomainError):
    """Not one of the ways to pay."""

    default_message = _("Choose how to pay.")


class BasketEmpty(DomainError):
    """Nothing to order."""

    default_message = _("The basket is empty.")


class BasketBlocked(DomainError):
    """A line cannot be ordered; the basket page says which and why."""

    default_message = _("Some goods in the basket cannot be ordered. The basket shows which ones and why.")

    def __init__(self, view: BasketView) -> None:
        super().__init__()
        self.view = view


class NoDelivery(DomainError):
    """Some vendor's parcel has no tariff to the chosen place."""

    default_message = _("Nothing is delivered there yet. Choose another place, or take the goods of that vendor out.")


class CashRefused(DomainError):
    """Drinks with alcohol are not sold online for cash (Law 44/2019/QH14, Decree 24/2020/NĐ-CP)."""

    default_message = _(
        "Drinks with alcohol cannot be paid in cash on delivery. Take them out of the basket to order the rest."
    )


class TotalChanged(DomainError):
    """The total is another one than the shopper saw; `view` is the basket as it is now."""

    def __init__(self, old: Money, new: Money, view: BasketView) -> None:
        super().__init__(
            _("The total changed from %(old)s to %(new)s. Look through the order again.")
            % {"old": old.format(), "new": new.format()}
        )
        self.old, self.new, self.view = old, new, view


@retrying
@transaction.atomic
def place(*, basket_id: int, details: CheckoutDetails, seen_total: int, actor: Actor) -> Order:
    """Order what is in the basket, provided that it still costs `seen_total` dong; stock is reserved, a payment opened.

    The locked row of the basket is the token: who comes second with the same basket gets the order of who came first.
    Raises one of this module's errors, BadPhone, BasketClosed or OutOfStock; nothing has happened then.
    """
    basket = locked_basket(basket_id=basket_id)
    if basket.owner_id is not None and basket.owner_id != actor.user_id:
        raise BasketClosed
    if basket.status == Basket.SUBMITTED:
        return Order.objects.get(basket=basket)
    if basket.status != Basket.OPEN:
        raise BasketClosed
    recipient = _recipient(details)
    drop_used_vouchers(basket=basket, user_id=actor.user_id)
    view = priced_basket(basket, commune=recipient.commune)
    _check(view, details, dong(seen_total))
    drop_idle_vouchers(basket=basket, codes=[voucher.code for voucher in view.vouchers if not voucher.discount])
    order = place_order(
        view=view,
        recipient=recipient,
        actor=actor,
        pay=_pay_when(view, details.payment_method),
    )
    if view.total:
        open_payment(order=order, provider=details.payment_method, actor=actor)
    submit(basket=basket)
    return order


def _recipient(details: CheckoutDetails) -> Recipient:
    """The details checked one by one; the first that is wrong is raised."""
    name, street = details.name.strip(), details.street.strip()
    if not name:
        raise NameMissing
    phone = parse_phone(details.phone)
    commune = Commune.objects.select_related("province").filter(pk=details.commune_code).first()
    if commune is None:
        raise CommuneMissing
    if not street:
        raise StreetMissing
    return Recipient(
        name=name[:NAME_LENGTH],
        phone=phone,
        commune=commune,
        street=street[:STREET_LENGTH],
        email=details.email.strip(),
        note=details.note.strip(),
        gift_message=details.gift_message.strip(),
        language=details.language,
    )


def _check(view: BasketView, details: CheckoutDetails, seen: Money) -> None:
    """Refuse what the shopper has not agreed to or must not order."""
    if not view.groups:
        raise BasketEmpty
    if view.blocked:
        raise BasketBlocked(view)
    if view.undeliverable:
        raise NoDelivery
    if view.has_alcohol and details.payment_method == Cash.code:
        raise CashRefused
    if view.total != seen:
        raise TotalChanged(seen, view.total, view)
    if details.payment_method not in {provider.code for provider in offered(view.total)}:
        raise UnknownPaymentMethod


def _pay_when(view: BasketView, method: str) -> PayWhen:
    if not view.total:
        return PayWhen.NOTHING
    return PayWhen.FIRST if provider_of(method).prepaid else PayWhen.AT_DOOR
