"""Cards through Stripe's hosted Checkout: no card number touches this shop. VND has no minor unit: 1500 is 1,500 dong.

Every write carries a key that comes from a row of ours, so that asking again after a crash does nothing twice (Stripe
keeps keys for 24 hours, docs.stripe.com/idempotency). What is told in notices is asked for anew.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, Final

import stripe
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.kernel.clock import now
from apps.kernel.money import Money, dong
from apps.ledger.books import AccountKind
from apps.payments.models import Payment, Refund
from apps.payments.providers.breaker import Breaker
from apps.payments.providers.notices import BadNotice, DisputeTold, Notice
from apps.payments.providers.port import Outcome, ProviderAway, Returned, SentBack, Standing
from apps.payments.states import DisputeState

LEAST: Final = dong(12_000)  # about 0.50 US dollars, the least that Stripe charges
MOST: Final = dong(99_999_999)  # eight digits, whatever the currency
TIMEOUT_SECONDS: Final = 10
RETRIES: Final = 2
# A key that is older may be forgotten at Stripe: then it is looked up whether the work was done.
KEY_LIVES: Final = dt.timedelta(hours=23)
# Also a wrong key: the shopper pays in another way until somebody has set it right.
_AWAY: Final = (
    stripe.APIConnectionError,
    stripe.APIError,
    stripe.AuthenticationError,
    stripe.IdempotencyError,
    stripe.PermissionError,
    stripe.RateLimitError,
)
_SENT: Final = {
    "succeeded": SentBack.DONE,
    "pending": SentBack.WAITING,
    "requires_action": SentBack.WAITING,
    "failed": SentBack.REFUSED,
    "canceled": SentBack.REFUSED,
}
# A warning takes no money; it becomes a dispute or goes away.
_DISPUTES: Final = {"won": DisputeState.WON, "lost": DisputeState.LOST, "warning_closed": DisputeState.WON}
_breaker = Breaker()


def client() -> stripe.StripeClient:
    """Stripe's own client with the shop's key; STRIPE_API_BASE leads it to a stand-in."""
    return _client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE)


@cache
def _client(key: str, base: str) -> stripe.StripeClient:
    """One for all, as it keeps its connections."""
    bases: Any = dict.fromkeys(("api", "connect", "files", "meter_events"), base) if base else {}
    return stripe.StripeClient(
        key,
        base_addresses=bases,
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
    )


def is_test_mode() -> bool:
    """Whether the key moves no real money."""
    return settings.STRIPE_SECRET_KEY.startswith(("sk_test_", "rk_test_"))


@contextmanager
def asking() -> Iterator[stripe.StripeClient]:
    """`with asking() as api:` turns what passes by itself into ProviderAway, and stops asking after failures."""
    _breaker.check()
    try:
        yield client()
    except _AWAY as problem:
        _breaker.failed()
        raise ProviderAway(str(problem)) from problem
    _breaker.worked()


class Stripe:
    """See `Provider`."""

    code = "stripe"
    label = _("Card")
    prepaid = True
    account = AccountKind.STRIPE
    refund_account = AccountKind.STRIPE

    def takes(self, amount: Money) -> bool:
        """See `Provider`."""
        return bool(settings.STRIPE_SECRET_KEY) and LEAST <= amount <= MOST

    def begin(self, payment: Payment) -> tuple[str, str]:
        """See `Provider`."""
        with asking() as api:
            session = self._session(api, payment)
        return session.id, session.url or ""

    def ask(self, payment: Payment) -> Outcome:
        """See `Provider`."""
        with asking() as api:
            return _outcome(self._session(api, payment))

    def close(self, payment: Payment) -> Outcome:
        """See `Provider`."""
        with asking() as api:
            session = self._session(api, payment)
            if session.status == "open":
                with suppress(stripe.InvalidRequestError):  # it is paid, or has expired, at this very moment
                    api.v1.checkout.sessions.expire(session.id)
                session = _retrieved(api, session.id)
            return _outcome(session)

    def send_back(self, refund: Refund) -> Returned:
        """See `Provider`."""
        charge = refund.share.payment.charge
        with asking() as api:
            if refund.created_at < now() - KEY_LIVES and (known := _refund_of(api, refund, charge)):
                return _returned(known)
            try:
                made = api.v1.refunds.create(
                    params={
                        "payment_intent": charge,
                        "amount": refund.amount,
                        "metadata": {"refund": str(refund.pk)},
                    },
                    options={"idempotency_key": f"refund:{refund.pk}"},
                )
            except stripe.InvalidRequestError:
                return Returned(SentBack.REFUSED)
            return _returned(made)

    def _session(self, api: stripe.StripeClient, payment: Payment) -> stripe.checkout.Session:
        """The payment's page at Stripe, made when there is none yet; also when its name was lost in a crash."""
        if payment.reference:
            return _retrieved(api, payment.reference)
        return api.v1.checkout.sessions.create(
            params=_page_of(payment), options={"idempotency_key": f"payment:{payment.pk}"}
        )


def notice_of(raw: bytes, signature: str) -> Notice:
    """What a webhook says, once one of our secrets has signed exactly these bytes in time; raises BadNotice."""
    if not any(_is_signed(raw, signature, secret) for secret in settings.STRIPE_WEBHOOK_SECRETS):
        raise BadNotice("signature")
    try:
        return _notice(json.loads(raw))
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise BadNotice("content") from problem


def events_since(moment: dt.datetime, kinds: list[str]) -> list[Notice]:
    """Notices of these kinds since a moment, oldest first: what a webhook should have brought. Raises ProviderAway."""
    with asking() as api:
        params: Any = {"created": {"gte": int(moment.timestamp())}, "types": kinds, "limit": 100}
        found = [_notice(event.to_dict()) for event in api.v1.events.list(params=params).auto_paging_iter()]
    return found[::-1]


def refund_told(reference: str) -> tuple[int, Returned]:
    """The refund of ours that one at Stripe is, 0 for none of ours, and how it stands. Raises ProviderAway."""
    with asking() as api:
        made = api.v1.refunds.retrieve(reference)
    return _number(_refund_named_by(made)), _returned(made)


def payment_named_by(session_id: str) -> int:
    """The payment of ours that a page at Stripe belongs to; 0 when it is none of ours. Raises ProviderAway."""
    with asking() as api:
        return _number(api.v1.checkout.sessions.retrieve(session_id).client_reference_id)


def dispute_told(reference: str) -> DisputeTold:
    """A dispute as it is now; raises ProviderAway."""
    with asking() as api:
        found = api.v1.disputes.retrieve(reference, params={"expand": ["payment_intent"]})
    intent = found.payment_intent
    named = intent.metadata.to_dict() if isinstance(intent, stripe.PaymentIntent) and intent.metadata else {}
    due = found.evidence_details.due_by
    return DisputeTold(
        reference=found.id,
        payment_id=_number(named.get("payment")),
        amount=dong(found.amount),
        reason=found.reason,
        state=_DISPUTES.get(found.status, DisputeState.OPEN),
        fee=dong(sum(entry.fee for entry in found.balance_transactions)),
        answer_by=dt.datetime.fromtimestamp(due, dt.UTC) if due else None,
    )


def moved_between(since: dt.datetime, until: dt.datetime) -> dict[str, int]:
    """Dong that came to the market's balance in that time, or (below zero) left it, by charge, refund or dispute.

    Raises ProviderAway.
    """
    params: Any = {
        "created": {"gte": int(since.timestamp()), "lt": int(until.timestamp())},
        "expand": ["data.source"],
        "limit": 100,
    }
    moved: Counter[str] = Counter()
    with asking() as api:
        for entry in api.v1.balance_transactions.list(params=params).auto_paging_iter():
            moved[_source_of(entry)] += entry.net
    return dict(moved)


def _source_of(entry: stripe.BalanceTransaction) -> str:
    """A charge is known here by its payment intent, everything else by its own number."""
    source: Any = entry.source
    if source is None or isinstance(source, str):
        return source or entry.id
    return str(source.payment_intent if source.object == "charge" else source.id)


def _page_of(payment: Payment) -> Any:
    """What the page shows and where it leads; the same for a payment whenever it is worked out."""
    order = payment.order
    back = settings.SITE_URL + reverse("storefront:pay_back", kwargs={"number": order.number})
    leave = settings.SITE_URL + reverse("storefront:pay", kwargs={"number": order.number})
    name = _("Order %(number)s") % {"number": order.number}
    page: dict[str, Any] = {
        "mode": "payment",
        "client_reference_id": str(payment.pk),
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": "vnd",
                    "unit_amount": payment.amount,
                    "product_data": {"name": name},
                },
            }
        ],
        "payment_intent_data": {"transfer_group": f"order_{order.number}", "metadata": {"payment": str(payment.pk)}},
        "metadata": {"payment": str(payment.pk), "order": order.number},
        "locale": "en" if order.language == "en" else "vi",
        "success_url": back,
        "cancel_url": leave,
    }
    if order.contact_email:
        page["customer_email"] = order.contact_email
    return page


def _retrieved(api: stripe.StripeClient, session_id: str) -> stripe.checkout.Session:
    wanted = ["payment_intent.latest_charge.balance_transaction"]
    return api.v1.checkout.sessions.retrieve(session_id, params={"expand": wanted})


def _outcome(session: stripe.checkout.Session) -> Outcome:
    intent = session.payment_intent
    if session.payment_status == "paid" and intent is not None:
        return Outcome(Standing.PAID, intent if isinstance(intent, str) else intent.id, _fee(intent))
    return Outcome(Standing.CLOSED if session.status == "expired" else Standing.WAITING)


def _fee(intent: "str | stripe.PaymentIntent") -> Money | None:
    """What Stripe keeps, as far as it is known and in dong."""
    charge = None if isinstance(intent, str) else intent.latest_charge
    entry = None if charge is None or isinstance(charge, str) else charge.balance_transaction
    if entry is None or isinstance(entry, str) or entry.currency != "vnd":
        return None
    return dong(entry.fee)


def _refund_of(api: stripe.StripeClient, refund: Refund, charge: str) -> stripe.Refund | None:
    made = api.v1.refunds.list(params={"payment_intent": charge, "limit": 100}).auto_paging_iter()
    return next((one for one in made if _refund_named_by(one) == str(refund.pk)), None)


def _refund_named_by(made: stripe.Refund) -> str:
    """Our refund's id, as we gave it along."""
    named = made.metadata.to_dict() if made.metadata else {}
    return str(named.get("refund", ""))


def _returned(made: stripe.Refund) -> Returned:
    return Returned(_SENT.get(made.status or "", SentBack.WAITING), made.id)


def _number(named: str | None) -> int:
    return int(named) if named and named.isdecimal() else 0


def _is_signed(raw: bytes, signature: str, secret: str) -> bool:
    if not signature.isascii():  # the library would compare it and raise TypeError
        return False
    try:
        return bool(stripe.WebhookSignature.verify_header(raw, signature, secret, settings.WEBHOOK_TOLERANCE_SECONDS))
    except (stripe.SignatureVerificationError, ValueError):
        return False


def _notice(event: dict[str, Any]) -> Notice:
    """Of an event of API v1, which carries its object, or of v2, which only names it."""
    named = event["related_object"] if "related_object" in event else event["data"]["object"]
    made = event["created"]
    at = dt.datetime.fromisoformat(made) if isinstance(made, str) else dt.datetime.fromtimestamp(made, dt.UTC)
    return Notice(
        event_id=str(event["id"]),
        kind=str(event["type"]),
        object_id=str((named or {}).get("id") or ""),
        account=str(event.get("account") or ""),
        happened_at=at,
    )
