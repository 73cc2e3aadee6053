"""Every change of a basket: the row is locked first, so that nothing is put into a basket while it is ordered."""

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.kernel.clock import now
from apps.kernel.errors import DomainError
from apps.shop.basket.models import Basket, Line
from apps.shop.partner.models import StockRecord

# Longer than the cookie of a guest's basket lives.
KEEP_GUESTS = dt.timedelta(days=90)
CLEAR_BATCH = 500


class NotOnSale(DomainError):
    """The product is unknown, not published, or its vendor is closed."""

    default_message = _("This product is not on sale at the moment.")


class OnlySoManyLeft(DomainError):
    """More was asked for than is left; `available` says how much that is."""

    def __init__(self, available: int) -> None:
        self.available = available
        if available:
            words = ngettext(
                "Only %(count)d left. Choose %(count)d or fewer.",
                "Only %(count)d left. Choose %(count)d or fewer.",
                available,
            )
            super().__init__(words % {"count": available})
        else:
            super().__init__(_("This product has just sold out."))


class BasketFull(DomainError):
    """More units than one order may have."""

    def __init__(self) -> None:
        limit = settings.OSCAR_MAX_BASKET_QUANTITY_THRESHOLD
        super().__init__(_("One order may have %(count)d units at most.") % {"count": limit})


class BasketClosed(DomainError):
    """The basket was ordered, or merged into another one, in the meantime."""

    default_message = _("This basket has been ordered already. Start a new one.")


def open_basket(*, user_id: int | None = None, basket_id: int | None = None) -> Basket | None:
    """The person's open basket, or the guest's one with this id; None when there is none, and none is made."""
    if user_id is not None:
        return Basket.objects.filter(owner_id=user_id, status=Basket.OPEN).first()
    if basket_id is not None:
        return Basket.objects.filter(pk=basket_id, owner=None, status=Basket.OPEN).first()
    return None


def basket_after(*, basket_id: int) -> Basket | None:
    """The open basket that the goods set aside went to when this one was ordered."""
    return Basket.objects.filter(parked_for_id=basket_id, status=Basket.OPEN).first()


@transaction.atomic
def add_product(*, basket: Basket | None, user_id: int | None, product_id: int, quantity: int = 1) -> Basket:
    """Put units of a product into the basket, which is made when there is none.

    Raises NotOnSale, OnlySoManyLeft, BasketFull or BasketClosed; nothing is changed then.
    """
    record = StockRecord.objects.filter(product_id=product_id).first()
    if record is None or not record.is_on_sale or quantity < 1:
        raise NotOnSale
    basket = _own_basket(user_id) if basket is None else _locked(basket)
    lines = {line.stockrecord_id: line for line in Line.objects.filter(basket=basket)}
    line = lines.get(record.pk) or Line(
        basket=basket,
        product_id=product_id,
        stockrecord=record,
        quantity=0,
        line_reference=f"{product_id}_{record.pk}",
        price_currency=record.price_currency,
    )
    wanted = quantity + line.quantity
    _check_room(sum(other.quantity for other in lines.values()), record, wanted, line.quantity)
    # The shopper has just seen today's price on the product's page.
    line.quantity, line.price_incl_tax, line.price_excl_tax = wanted, record.price, record.price
    line.date_created = now()
    line.save()
    basket.reset_offer_applications()
    return basket


@transaction.atomic
def set_quantity(*, basket: Basket, line_id: int, quantity: int) -> Basket:
    """Change a line's quantity; zero takes the line out. Raises OnlySoManyLeft, BasketFull or BasketClosed.

    Fewer units may always be chosen, also of goods that are no longer on sale. An unknown line is left alone.
    """
    basket = _locked(basket)
    line = Line.objects.filter(basket=basket, pk=line_id).select_related("stockrecord").first()
    if line is None:
        return basket
    if quantity < 1:
        line.delete()
        return basket
    if quantity > line.quantity and not line.stockrecord.is_on_sale:
        raise NotOnSale
    units = sum(Line.objects.filter(basket=basket).values_list("quantity", flat=True))
    _check_room(units, line.stockrecord, quantity, line.quantity)
    line.quantity = quantity
    line.save()
    return basket


@transaction.atomic
def merge_on_sign_in(*, user_id: int, basket_id: int | None) -> Basket | None:
    """Bring a guest's basket along when its shopper signs in; the person's basket then, None when there is none.

    Quantities of the same product are added, as far as the stock goes.
    """
    guests = Basket.objects.select_for_update().filter(owner=None, status=Basket.OPEN)
    guest = None if basket_id is None else guests.filter(pk=basket_id).first()
    if guest is None:
        return open_basket(user_id=user_id)
    _take_back(guest)
    own = Basket.objects.select_for_update().filter(owner_id=user_id, status=Basket.OPEN).first()
    if own is None:
        guest.owner_id = user_id
        guest.save()
        return guest
    _pour(guest, into=own)
    return own


@transaction.atomic
def park_others(*, basket: Basket, partner_id: int) -> Basket:
    """Set aside what does not come from this partner, to buy from one vendor alone; what was aside comes back first."""
    basket = _locked(basket)
    _take_back(basket)
    others = Line.objects.filter(basket=basket).exclude(stockrecord__partner_id=partner_id)
    if others.exists():
        parked = Basket.objects.create(owner_id=basket.owner_id, status=Basket.SAVED, parked_for=basket)
        others.update(basket=parked)
    return basket


@transaction.atomic
def unpark(*, basket: Basket) -> Basket:
    """Put the goods that were set aside back into the basket."""
    basket = _locked(basket)
    _take_back(basket)
    return basket


def submit(*, basket: Basket) -> None:
    """Mark a locked basket as ordered, in the caller's transaction; goods set aside become the open basket."""
    basket.submit()
    Basket.objects.filter(parked_for=basket, status=Basket.SAVED).update(status=Basket.OPEN)


def locked_basket(*, basket_id: int) -> Basket:
    """The basket in any state, its row locked for the caller's transaction; raises BasketClosed when there is none."""
    basket = Basket.objects.select_for_update().filter(pk=basket_id).first()
    if basket is None:
        raise BasketClosed
    return basket


def clear_old() -> int:
    """Delete guests' baskets that nobody has touched for long, with what was set aside from them; returns how many.

    Baskets of persons, and those that were ordered, stay. One transaction for each batch.
    """
    long_ago = now() - KEEP_GUESTS
    old = (
        Basket.objects.filter(Q(status=Basket.OPEN) | Q(status=Basket.SAVED, parked_for=None))
        .filter(owner=None, date_created__lt=long_ago)
        .exclude(lines__date_updated__gte=long_ago)
        .exclude(parked__lines__date_updated__gte=long_ago)
    )
    deleted = 0
    while batch := list(old.values_list("pk", flat=True)[:CLEAR_BATCH]):
        with transaction.atomic():
            Basket.objects.filter(parked_for__in=batch).delete()
            Basket.objects.filter(pk__in=batch).delete()
        deleted += len(batch)
    return deleted


def _locked(basket: Basket) -> Basket:
    row = locked_basket(basket_id=basket.pk)
    if row.status != Basket.OPEN:
        raise BasketClosed
    return row


def _own_basket(user_id: int | None) -> Basket:
    """A new basket, or the one that another tab of the same person has just made."""
    if user_id is None:
        return Basket.objects.create()
    try:
        with transaction.atomic():
            return Basket.objects.create(owner_id=user_id)
    except IntegrityError:
        return Basket.objects.select_for_update().get(owner_id=user_id, status=Basket.OPEN)


def _check_room(units: int, record: StockRecord, wanted: int, had: int) -> None:
    """Refuse an increase beyond the stock or beyond what one order may have; `units` are in the basket now."""
    if wanted > had and wanted > record.available:
        raise OnlySoManyLeft(record.available)
    if units - had + wanted > settings.OSCAR_MAX_BASKET_QUANTITY_THRESHOLD:
        raise BasketFull


def _take_back(basket: Basket) -> None:
    parked = Basket.objects.select_for_update().filter(parked_for=basket, status=Basket.SAVED).first()
    if parked is not None:
        _pour(parked, into=basket)


def _pour(source: Basket, *, into: Basket) -> None:
    """Move lines over; a product in both keeps one line with both quantities, as far as the stock goes.

    A basket has one code: its own, else the one that comes along.
    """
    kept = {line.stockrecord_id: line for line in Line.objects.filter(basket=into)}
    for line in Line.objects.filter(basket=source).select_related("stockrecord"):
        same = kept.get(line.stockrecord_id)
        if same is None:
            Line.objects.filter(pk=line.pk).update(basket=into)
            continue
        most = max(same.quantity, line.stockrecord.available)
        Line.objects.filter(pk=same.pk).update(quantity=min(same.quantity + line.quantity, most))
        line.delete()
    if not into.vouchers.exists():
        into.vouchers.set(source.vouchers.all())
    Basket.objects.filter(pk=source.pk).update(status=Basket.MERGED, date_merged=now(), parked_for=None)
    into.reset_offer_applications()
