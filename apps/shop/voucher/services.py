"""Voucher codes: made by admins, put into a basket by shoppers. Oscar's models hold the rules."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.kernel.clock import now
from apps.kernel.errors import DomainError
from apps.shop.basket.models import Basket
from apps.shop.basket.services import BasketClosed
from apps.shop.offer.models import Benefit, Condition, ConditionalOffer, Funder, Range
from apps.shop.voucher.models import Voucher

ALL_GOODS = "Tất cả sản phẩm"


class VoucherRefused(DomainError):
    """The code is unknown, over, or used up."""


@transaction.atomic
def create_voucher(
    *,
    code: str,
    name: str,
    percent: int | None = None,
    amount: int | None = None,
    minimum_amount: int = 1,
    usage: str = Voucher.MULTI_USE,
    days: int = 90,
    funded_by: str = Funder.PLATFORM,
) -> Voucher:
    """A code that takes per cent, or dong, off goods worth `minimum_amount` dong or more, for so many days from now.

    The platform pays for it, unless `funded_by` says that each vendor does for its own goods.

    Raises ValueError unless exactly one of percent and amount is given.
    """
    if (percent is None) == (amount is None):
        raise ValueError("a voucher gives per cent or dong, one of them")
    goods, _made = Range.objects.get_or_create(name=ALL_GOODS, defaults={"includes_all_products": True})
    condition = Condition.objects.create(range=goods, type=Condition.VALUE, value=Decimal(minimum_amount))
    benefit = Benefit.objects.create(
        range=goods,
        type=Benefit.PERCENTAGE if amount is None else Benefit.FIXED,
        value=Decimal(percent if amount is None else amount),  # type: ignore[arg-type]  # one of the two is given, see above
    )
    offer = ConditionalOffer.objects.create(
        name=name,
        offer_type=ConditionalOffer.VOUCHER,
        condition=condition,
        benefit=benefit,
        max_basket_applications=1,
        funded_by=funded_by,
    )
    start = now()
    voucher = Voucher.objects.create(
        code=code, name=name, usage=usage, start_datetime=start, end_datetime=start + dt.timedelta(days=days)
    )
    voucher.offers.add(offer)
    return voucher


@transaction.atomic
def apply_voucher(*, basket: Basket, code: str, user_id: int | None) -> Voucher:
    """Put a code into the basket, instead of the one that was there. Raises VoucherRefused or BasketClosed."""
    row = Basket.objects.select_for_update().filter(pk=basket.pk, status=Basket.OPEN).first()
    if row is None:
        raise BasketClosed
    code = code.strip().upper()
    voucher = Voucher.objects.filter(code=code).first()
    if voucher is None:
        raise VoucherRefused(_('There is no voucher "%(code)s".') % {"code": code[:40]})
    refuse_unless_usable(voucher=voucher, user_id=user_id)
    row.vouchers.set([voucher])
    return voucher


@transaction.atomic
def remove_voucher(*, basket: Basket, code: str) -> None:
    """Take a code out of the basket; an unknown one does not matter."""
    basket.vouchers.remove(*Voucher.objects.filter(code=code.strip().upper()))


def refuse_unless_usable(*, voucher: Voucher, user_id: int | None) -> None:
    """Raises VoucherRefused with the reason when the code is not running or this person may not use it (again)."""
    moment = now()
    if voucher.start_datetime > moment:
        raise VoucherRefused(_("This voucher does not run yet."))
    if voucher.end_datetime < moment:
        raise VoucherRefused(_("This voucher has ended."))
    if not _may_use(voucher, user_id):
        if voucher.usage == Voucher.ONCE_PER_CUSTOMER and user_id is None:
            raise VoucherRefused(_("Sign in to use this voucher: it is given once to each customer."))
        raise VoucherRefused(_("This voucher has been used already."))


def drop_used_vouchers(*, basket: Basket, user_id: int | None) -> None:
    """Lock the basket's codes in the caller's transaction and take out those that have ended or are used up.

    A single-use code is then still unused when the order is written: whoever comes second waits for the lock.
    """
    for voucher in basket.vouchers.select_for_update(no_key=True).order_by("pk"):
        if not voucher.is_active() or not _may_use(voucher, user_id):
            basket.vouchers.remove(voucher)


def drop_idle_vouchers(*, basket: Basket, codes: Collection[str]) -> None:
    """Take codes out that give nothing on this basket, such as below their minimum: an order would use them up."""
    basket.vouchers.remove(*Voucher.objects.filter(code__in=codes))


def _may_use(voucher: Voucher, user_id: int | None) -> bool:
    user = AnonymousUser() if user_id is None else User(pk=user_id)
    return bool(voucher.is_available_to_user(user=user)[0])
