"""What is done about Stripe's notices: the object is asked for anew, so that their order and number do not matter."""

from apps.kernel.actor import Actor
from apps.payments.models import Payment, Refund, WebhookEvent
from apps.payments.providers import stripe as provider
from apps.payments.providers.port import SentBack
from apps.payments.services import receiving, refunds
from apps.payments.services.disputes import follow_dispute
from apps.payments.services.inbox import follows


@follows(
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
)
def on_session(event: WebhookEvent) -> None:
    """A shopper has paid, or can pay no more."""
    payment = Payment.objects.filter(provider=provider.Stripe.code, reference=event.object_id).first()
    if payment is None:
        payment = _of_lost_session(event.object_id)
    if payment is None:
        return
    payment = receiving.check(payment_id=payment.pk, actor=Actor.provider())
    if event.kind == "checkout.session.expired":
        receiving.end(payment_id=payment.pk, actor=Actor.provider())


@follows("refund.created", "refund.updated", "refund.failed")
def on_refund(event: WebhookEvent) -> None:
    """A refund has got through, or has not."""
    pk, answer = provider.refund_told(event.object_id)
    refund = Refund.objects.filter(pk=pk).first()
    if refund is None:
        return  # made at Stripe by hand; the daily comparison lists it
    if answer.what is SentBack.DONE:
        refunds.confirm(refund_id=refund.pk, reference=answer.reference, actor=Actor.provider())
    elif answer.what is SentBack.REFUSED:
        refunds.fail(refund_id=refund.pk, actor=Actor.provider())


@follows(
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
)
def on_dispute(event: WebhookEvent) -> None:
    """A cardholder's bank takes money back, or gives it again."""
    told = provider.dispute_told(event.object_id)
    if Payment.objects.filter(pk=told.payment_id).exists():
        receiving.check(payment_id=told.payment_id, actor=Actor.provider())  # its own notice may come later
        follow_dispute(told=told, actor=Actor.provider())


def _of_lost_session(session_id: str) -> Payment | None:
    """The payment whose page was made before a crash: the page names it."""
    pk = provider.payment_named_by(session_id)
    payment = Payment.objects.filter(pk=pk, provider=provider.Stripe.code, reference="").first()
    if payment is not None:
        Payment.objects.filter(pk=payment.pk).update(reference=session_id)
    return payment
