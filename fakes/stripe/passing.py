"""What time alone does: sessions end, authorisations lapse, payouts arrive, refunds are decided."""

from dataclasses import replace

from fakes.stripe import payments, payouts, refunds, sessions
from fakes.stripe.world import Call


def pass_time(call: Call) -> None:
    """Carry out everything whose time has come, in all accounts; inside a transaction."""
    call = replace(call, request_id=None, idempotency_key=None)
    _end_sessions(call)
    _release_authorisations(call)
    _settle(call)


def _end_sessions(call: Call) -> None:
    for session in call.store.select("checkout.session", status="open"):
        if session["expires_at"] <= call.now:
            sessions.end(call.as_account(call.store.owner(session)), session)


def _release_authorisations(call: Call) -> None:
    for intent in call.store.select("payment_intent", status="requires_capture"):
        if intent["created"] + payments.AUTHORISED_FOR <= call.now:
            payments.cancel(call.as_account(call.store.owner(intent)), intent, "automatic")


def _settle(call: Call) -> None:
    for payout in call.store.select("payout", status="pending"):
        if payout["arrival_date"] <= call.now:
            payouts.arrive(call.as_account(call.store.owner(payout)), payout)
    for status in ("succeeded", "failed"):
        for refund in call.store.select("refund", _becomes=status):
            if refund["_decided_at"] <= call.now:
                refunds.decide(call.as_account(call.store.owner(refund)), refund, status)
