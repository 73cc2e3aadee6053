"""Payouts as transfers from the market's balance at Stripe to vendors' own accounts there, and how those are opened.

Separate charges and transfers (docs.stripe.com/connect/separate-charges-and-transfers): the market is the merchant and
pays one transfer per payout out of its balance. What it does with the money then, Stripe settles with the vendor.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import stripe
from django.utils.translation import gettext as _

from apps.ledger.books import AccountKind
from apps.payments.providers.port import ProviderAway
from apps.payments.providers.stripe import asking
from apps.payouts.models import Payout, StripeAccount
from apps.payouts.providers.port import Answer, Standing

_COUNTRY: Final = "VN"
# Stripe's words for a platform that has version 1 of the accounts only.
_WITHOUT_V2: Final = frozenset({"accounts_v2_access_blocked", "non_connect_platform_accounts_v2_access_blocked"})
_SHORT: Final = frozenset({"balance_insufficient", "insufficient_funds"})
_NOT_ABLE: Final = frozenset({"insufficient_capabilities_for_transfer", "account_invalid"})


@dataclass(frozen=True, slots=True)
class TransferTold:
    """A transfer at Stripe: the key of our payout, and what was taken back of it, in dong by Stripe's number."""

    payout_key: str
    reversals: dict[str, int]


class StripeTransfers:
    """See `PayoutProvider`."""

    code = "stripe"
    by_hand = False
    account = AccountKind.STRIPE

    def send(self, payout: Payout) -> Answer:
        """See `PayoutProvider`; Stripe forgets keys after 24 hours, so that it is looked up first."""
        with asking() as api:
            made = _transfer_of(api, payout)
            if made is None:
                try:
                    made = api.v1.transfers.create(_transfer(payout), {"idempotency_key": _attempt(payout)})
                except stripe.InvalidRequestError as problem:
                    return _refusal(problem)
        return Answer(Standing.DONE, made.id)

    def ask(self, payout: Payout) -> Answer:
        """See `PayoutProvider`."""
        with asking() as api:
            made = _transfer_of(api, payout)
        return Answer(Standing.UNKNOWN) if made is None else Answer(Standing.DONE, made.id)


def transfer_told(reference: str) -> TransferTold:
    """A transfer and its reversals as they are now; raises ProviderAway."""
    with asking() as api:
        made = api.v1.transfers.retrieve(reference)
        back = api.v1.transfers.reversals.list(reference, {"limit": 100}).auto_paging_iter()
        return TransferTold(_payout_named_by(made), {reversal.id: reversal.amount for reversal in back})


def open_account(account: StripeAccount) -> tuple[str, bool]:
    """The number of the vendor's account, made once however often it is asked for, and whether version 2 made it.

    Raises ProviderAway.
    """
    key = f"account:{account.key}"
    with _setting_up() as api:
        try:
            return api.v2.core.accounts.create(_recipient(account), {"idempotency_key": f"{key}:v2"}).id, True
        except stripe.InvalidRequestError as problem:
            if problem.code not in _WITHOUT_V2:
                raise
        return api.v1.accounts.create(_express(account), {"idempotency_key": f"{key}:v1"}).id, False


def onboarding_link(account: StripeAccount, *, back: str, again: str) -> str:
    """Stripe's page on which the vendor says who it is and where its bank is; it opens once, for a few minutes.

    Stripe leads to `back` afterwards, and to `again` when the link is used up. Raises ProviderAway.
    """
    urls: Any = {"return_url": back, "refresh_url": again}
    with _setting_up() as api:
        if account.is_v2:
            use: Any = {"type": "account_onboarding", "account_onboarding": urls}
            return api.v2.core.account_links.create({"account": account.account_id, "use_case": use}).url
        wanted: Any = {"account": account.account_id, "type": "account_onboarding", **urls}
        return api.v1.account_links.create(wanted).url


def may_receive(account: StripeAccount) -> bool:
    """Whether Stripe lets the account receive transfers now; raises ProviderAway."""
    with _setting_up() as api:
        if account.is_v2:
            wanted: Any = {"include": ["configuration.recipient"]}
            found: Any = api.v2.core.accounts.retrieve(account.account_id, wanted).to_dict()
            for name in ("configuration", "recipient", "capabilities", "stripe_balance", "stripe_transfers"):
                found = found.get(name) or {}
            return bool(found.get("status") == "active")
        capabilities = api.v1.accounts.retrieve(account.account_id).capabilities
    return capabilities is not None and capabilities.transfers == "active"


@contextmanager
def _setting_up() -> Iterator[stripe.StripeClient]:
    """`asking`, for what people have to put right when Stripe refuses it: the vendor tries again later."""
    try:
        with asking() as api:
            yield api
    except stripe.InvalidRequestError as problem:
        raise ProviderAway(str(problem)) from problem


def _recipient(account: StripeAccount) -> Any:
    """An account of version 2 that receives transfers; the market bears its losses and pays its fees."""
    return {
        "contact_email": account.vendor.email,
        "display_name": account.vendor.name,
        "dashboard": "express",
        "identity": {"country": _COUNTRY.lower()},
        "configuration": {"recipient": {"capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}}},
        "defaults": {"responsibilities": {"losses_collector": "application", "fees_collector": "application"}},
        "metadata": {"vendor": str(account.vendor_id)},
    }


def _express(account: StripeAccount) -> Any:
    """The same in version 1; who only receives agrees to the terms for recipients."""
    return {
        "type": "express",
        "country": _COUNTRY,
        "email": account.vendor.email,
        "capabilities": {"transfers": {"requested": True}},
        "tos_acceptance": {"service_agreement": "recipient"},
        "metadata": {"vendor": str(account.vendor_id)},
    }


def _transfer(payout: Payout) -> Any:
    return {
        "amount": payout.amount,
        "currency": "vnd",
        "destination": payout.stripe_account.account_id if payout.stripe_account else "",
        "transfer_group": payout.number,
        "metadata": {"payout": str(payout.key)},
    }


def _attempt(payout: Payout) -> str:
    """The key of one attempt: Stripe repeats a refusal for 24 hours under the same key, also after it was put right."""
    return f"payout:{payout.key}:{payout.sent_at.timestamp() if payout.sent_at else 0:.6f}"


def _transfer_of(api: stripe.StripeClient, payout: Payout) -> stripe.Transfer | None:
    """The payout's transfer; its number may be that of another shop's payout, its key is not."""
    made = api.v1.transfers.list({"transfer_group": payout.number, "limit": 100}).auto_paging_iter()
    return next((one for one in made if _payout_named_by(one) == str(payout.key)), None)


def _payout_named_by(made: stripe.Transfer) -> str:
    return str((made.metadata.to_dict() if made.metadata else {}).get("payout", ""))


def _refusal(problem: stripe.InvalidRequestError) -> Answer:
    """Why Stripe moved nothing, in words that admins and the vendor read."""
    if problem.code in _SHORT:
        return Answer(Standing.REFUSED, reason=_("The market's balance at Stripe does not suffice yet."))
    if problem.code in _NOT_ABLE:
        words = _("Stripe does not let this account receive money at the moment.")
        return Answer(Standing.REFUSED, reason=words, account_is_bad=True)
    return Answer(Standing.REFUSED, reason=f"Stripe: {problem.user_message or problem}")
