"""Money of the demo's vendors: one run is paid out, one waits for its second pair of eyes, the rest is due or held."""

import datetime as dt
from collections.abc import Mapping

from apps.accounts.models import User
from apps.demo.cast import SECOND_VENDOR
from apps.demo.people import ADMIN, SECOND_ADMIN
from apps.demo.rows import dice
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.money import dong
from apps.kernel.vietnamese import fold
from apps.ordering.states import VendorOrderState
from apps.payments.banks import BANKS
from apps.payments.models import Share
from apps.payments.services.cash import remit
from apps.payments.services.settling import settle
from apps.payments.states import CashHolder
from apps.payouts.models import BankAccount
from apps.payouts.services.accounts import HOLD
from apps.payouts.services.runs import approve, drop, prepare
from apps.payouts.services.sending import confirm_all, export, fail
from apps.payouts.states import BankAccountState
from apps.vendors.models import Vendor
from apps.vendors.states import VendorState

_LONG_AGO = dt.timedelta(days=40)
# Of ten completed parts so many are in the run that was paid, and after them in the one that waits.
_PAID, _WAITING = 5, 8


def make_payouts(vendors: Mapping[str, Vendor], people: Mapping[str, User]) -> None:
    """Bank accounts for those who sell, and what carriers have handed over on its way to them."""
    admin, other = (Actor.person(people[email].pk) for email in (ADMIN, SECOND_ADMIN))
    _make_accounts(vendors)
    _hand_over(range(_PAID))
    run = approve(run=prepare(actor=admin), actor=other)
    export(run=run, actor=other)
    *_others, last = run.payouts.order_by("pk")
    fail(payout=last, reason="Số tài khoản đã đóng", account_is_bad=True, actor=other)
    drop(payout=last, reason="Số tài khoản đã đóng, chờ nhà bán nhập tài khoản mới", actor=other)
    confirm_all(run=run, reference="FT26320884217", actor=other)
    _hand_over(range(_PAID, _WAITING))
    prepare(actor=other)
    _hand_over(range(_WAITING, 10))


def _make_accounts(vendors: Mapping[str, Vendor]) -> None:
    """An account for all who may sell but one; that of the second demo vendor was changed yesterday."""
    selling = [(code, vendor) for code, vendor in vendors.items() if vendor.state == VendorState.APPROVED]
    BankAccount.objects.bulk_create(_account(code, vendor) for code, vendor in selling[1:])
    yesterday = now() - dt.timedelta(days=1)
    values = {"number": "190342208860", "confirmed_at": yesterday, "hold_until": yesterday + HOLD}
    account = _account(SECOND_VENDOR, vendors[SECOND_VENDOR])
    for name, value in values.items():
        setattr(account, name, value)
    account.proposed_at = yesterday
    account.save()


def _account(code: str, vendor: Vendor) -> BankAccount:
    chance, at = dice("bank", code), now() - _LONG_AGO
    return BankAccount(
        vendor=vendor,
        bank_bin=chance.choice(list(BANKS)[:10]),
        number=str(chance.randint(10**11, 10**12 - 1)),
        holder=fold(vendor.name).upper()[:70],
        state=BankAccountState.CONFIRMED,
        proposed_at=at,
        confirmed_at=at,
        hold_until=at,
    )


def _hand_over(places: range) -> None:
    """The carriers pay in the cash of these of every ten parcels; what is due then is booked."""
    held = Share.objects.filter(cash_holder=CashHolder.CARRIER, vendor_order__state=VendorOrderState.COMPLETED)
    for share in held.select_related("vendor_order").order_by("pk"):
        if share.vendor_order_id % 10 in places:
            remit(share_id=share.pk, amount=dong(share.captured), reference="DEMO", actor=Actor.system())
            settle(order_id=share.vendor_order.order_id, actor=Actor.system())
