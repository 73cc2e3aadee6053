"""Notices of the bank and of Stripe, signed as those sign them."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import stripe
from django.conf import settings

from fakes.bank import sign


def notice(**fields: Any) -> bytes:
    """The body of the bank's notice of 100,000 dong."""
    given = {"reference": "FT1", "amount": 100_000, "content": "", "happened_at": "2026-11-30T10:00:00+07:00"}
    return json.dumps({**given, **fields}, ensure_ascii=False).encode()


def signature(body: bytes, *, secret: str = "", at: float = 0) -> str:
    """The header that goes with a body of the bank's, now unless told."""
    return sign(body, secret or settings.BANK_NOTICE_SECRETS[0], int(at or time.time()))


def event(name: str) -> bytes:
    """The body of a notice of Stripe's, under a name of its own: a page was paid that nobody here has opened."""
    session = {"id": f"cs_{name}", "object": "checkout.session"}
    kind, created = "checkout.session.completed", int(time.time())
    return json.dumps(
        {"id": f"evt_{name}", "object": "event", "type": kind, "created": created, "data": {"object": session}}
    ).encode()


def event_signature(body: bytes, *, secret: str = "", at: float = 0) -> str:
    """The header that goes with a body of Stripe's, now unless told."""
    header: str = stripe.WebhookSignature.generate_signature_header(
        body.decode("latin-1"), secret or settings.STRIPE_WEBHOOK_SECRETS[0], int(at or time.time())
    )
    return header


@dataclass(frozen=True)
class Teller:
    """Who sends notices: where to, how one with a name of its own reads, and how it is signed."""

    path: str
    header: str
    secrets: str  # the setting
    body: Callable[[str], bytes]
    sign: Callable[..., str]


TELLERS = {
    "bank": Teller(
        "/webhooks/bank/",
        "X-Bank-Signature",
        "BANK_NOTICE_SECRETS",
        lambda name: notice(reference=name, amount=1_000, content="khong ro"),
        signature,
    ),
    "stripe": Teller("/webhooks/stripe/", "Stripe-Signature", "STRIPE_WEBHOOK_SECRETS", event, event_signature),
}
