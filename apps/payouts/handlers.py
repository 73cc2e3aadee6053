"""Jobs of payouts: the schedule prepares, approved payouts go out, providers are asked how they stand."""

import datetime as dt
from typing import Any

from apps.jobs.registry import handles, scheduled
from apps.jobs.services import enqueue
from apps.kernel.actor import Actor
from apps.kernel.clock import today
from apps.payouts.models import Payout, StripeAccount
from apps.payouts.providers import PROVIDERS
from apps.payouts.selectors import next_run_on, through_stripe
from apps.payouts.services import stripe_accounts
from apps.payouts.services.runs import NothingToPay, prepare
from apps.payouts.services.sending import send
from apps.payouts.states import PayoutState


@scheduled("payouts.prepare", every=dt.timedelta(days=1))
def on_prepare(args: dict[str, Any]) -> None:
    """On the day of the week that the setting names, prepare a run for two people to check and approve."""
    if next_run_on() != today():
        return
    try:
        prepare(actor=Actor.system(), due_on=today())
    except NothingToPay:
        return


@handles("payout.send")
def on_send(args: dict[str, Any]) -> None:
    """A payout was approved, or nobody knows yet how it ended."""
    send(payout_id=args["payout_id"], actor=Actor.system())


@scheduled("payouts.ask", every=dt.timedelta(hours=1))
def on_ask(args: dict[str, Any]) -> None:
    """Have providers asked about payouts that are still on their way."""
    asked = [code for code, provider in PROVIDERS.items() if not provider.by_hand]
    for pk in Payout.objects.filter(state=PayoutState.SENT, provider__in=asked).values_list("pk", flat=True):
        enqueue("payout.send", {"payout_id": pk})


@scheduled("stripe.accounts", every=dt.timedelta(days=1))
def on_stripe_accounts(args: dict[str, Any]) -> None:
    """Have Stripe asked which vendors' accounts may receive money: notices of version 2 are in no list to sweep."""
    if through_stripe():
        for pk in StripeAccount.objects.filter(removed_at=None).values_list("pk", flat=True):
            enqueue("stripe_account.refresh", {"account_id": pk})


@handles("stripe_account.refresh")
def on_stripe_account(args: dict[str, Any]) -> None:
    """Something may have changed about a vendor's account at Stripe."""
    account = StripeAccount.objects.get(pk=args["account_id"])
    stripe_accounts.refresh(account=account, actor=Actor.provider())
