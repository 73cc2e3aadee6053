"""A vendor's own account at Stripe: opened with the password, held like a new bank account, asked about, taken away."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.jobs.services import enqueue, record
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.errors import DomainError
from apps.payouts.models import StripeAccount
from apps.payouts.providers import stripe as provider
from apps.payouts.selectors import stripe_account
from apps.payouts.services.accounts import HOLD, check_address
from apps.vendors.models import Vendor


class NoStripeAccount(DomainError):
    """The vendor has no account at Stripe, or has taken it away meanwhile."""

    default_message = _("There is no account at Stripe any more.")


def begin(*, vendor: Vendor, back: str, again: str, actor: Actor) -> str:
    """Stripe's page on which the vendor goes on, the account opened first when there is none; the two are addresses.

    The view has asked for the password again. Being killed anywhere in between, or coming twice, opens one account.
    Raises AddressTooNew, ProviderAway.
    """
    account = _row(vendor, actor)
    if not account.account_id:
        number, is_v2 = provider.open_account(account)
        account = _keep(account, actor, account_id=number, is_v2=is_v2)
    return provider.onboarding_link(account, back=back, again=again)


def refresh(*, account: StripeAccount, actor: Actor) -> StripeAccount:
    """Ask Stripe whether the account may receive money, and remember it. Raises ProviderAway."""
    if not account.account_id:
        return account
    return _keep(account, actor, may_receive=provider.may_receive(account))


@transaction.atomic
def remove(*, vendor: Vendor, actor: Actor) -> StripeAccount:
    """No payout goes to the vendor's account at Stripe from now on, the bank account counts. Raises NoStripeAccount."""
    Vendor.objects.select_for_update(no_key=True).get(pk=vendor.pk)
    account = stripe_account(vendor=vendor)
    if account is None:
        raise NoStripeAccount
    account.removed_at = now()
    account.save(update_fields=["removed_at"])
    record(actor=actor, verb="stripeaccount.withdrawn", obj=account)
    enqueue("stripe_account.withdrawn", {"account_id": account.pk})
    return account


@transaction.atomic
def _row(vendor: Vendor, actor: Actor) -> StripeAccount:
    """The vendor's account, or one that Stripe has yet to make; all who see the money are told of that one."""
    Vendor.objects.select_for_update(no_key=True).get(pk=vendor.pk)
    known = stripe_account(vendor=vendor)
    if known is not None:
        return known
    check_address(vendor)
    account = StripeAccount.objects.create(vendor=vendor, hold_until=now() + HOLD)
    record(actor=actor, verb="stripeaccount.opened", obj=account)
    enqueue("stripe_account.opened", {"account_id": account.pk})
    return account


@transaction.atomic
def _keep(account: StripeAccount, actor: Actor, **told: str | bool) -> StripeAccount:
    """Write what Stripe has said of an account, if that is news."""
    row = StripeAccount.objects.select_for_update(of=("self",)).select_related("vendor").get(pk=account.pk)
    news = {name: value for name, value in told.items() if getattr(row, name) != value}
    if news:
        for name, value in news.items():
            setattr(row, name, value)
        row.save(update_fields=[*news])
        record(actor=actor, verb="stripeaccount.told", obj=row, after=news)
    return row
