"""What is done about Stripe's notices of accounts and transfers, and what of them the daily comparison knows."""

from collections.abc import Collection, Mapping

from apps.kernel.actor import Actor
from apps.payments.models import WebhookEvent
from apps.payments.services.inbox import follows
from apps.payments.services.reconciling import Source, compares, of_rows
from apps.payouts.models import Payout, StripeAccount
from apps.payouts.providers import STRIPE
from apps.payouts.providers.stripe import transfer_told
from apps.payouts.services import reversing, stripe_accounts
from apps.payouts.services.sending import send
from apps.payouts.states import PayoutState


@follows("account.updated", "v2.core.account[configuration.recipient].capability_status_updated")
def on_account(event: WebhookEvent) -> None:
    """A vendor's account may receive money, or may not any more."""
    for account in StripeAccount.objects.filter(account_id=event.object_id):
        stripe_accounts.refresh(account=account, actor=Actor.provider())


@follows("transfer.reversed")
def on_reversal(event: WebhookEvent) -> None:
    """Somebody took a transfer back at Stripe, or a part of it."""
    told = transfer_told(event.object_id)
    payout = Payout.objects.filter(key=told.payout_key, provider=STRIPE.code).first() if told.payout_key else None
    if payout is None:
        return  # made at Stripe by hand; the daily comparison lists it
    if payout.state == PayoutState.SENT:
        payout = send(payout_id=payout.pk, actor=Actor.provider())  # the answer to it was lost
    if payout.state == PayoutState.PAID:
        reversing.take_back(payout=payout, reversals=told.reversals)


def _reversals(named: Collection[str]) -> Mapping[str, str]:
    """Entries of reversals have Stripe's own number."""
    return {name: name for name in named if name.startswith("trr_")}


compares(of_rows("payout", ("paid",), Payout.objects.filter(provider=STRIPE.code), "reference"))
compares(Source(reversing.KIND, (reversing.WHAT,), _reversals, _reversals))
