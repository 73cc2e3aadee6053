"""Money in and back in whole dong: payments with a share per vendor order, refunds, and what providers tell us."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from apps.kernel.clock import now
from apps.ordering.models import VendorOrder, VendorOrderLine
from apps.payments.states import CashHolder, DisputeState, PaymentState, RefundState, TransferState
from apps.shop.order.models import Order


class Payment(models.Model):
    """One try to pay an order through one provider; only one of an order's is open at a time."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    provider = models.CharField(max_length=16)
    amount = models.BigIntegerField()
    state = models.CharField(max_length=16, choices=PaymentState, default=PaymentState.OPEN)
    created_at = models.DateTimeField(default=now)
    # Until when the money is waited for; cash at the door has no such hour.
    expires_at = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    # What the provider calls it: the page where it is paid, and the charge once it is.
    reference = models.CharField(max_length=120, blank=True, db_index=True)
    charge = models.CharField(max_length=120, blank=True, db_index=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=PaymentState.values), name="payment_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount_positive"),
            models.UniqueConstraint(fields=["order"], condition=Q(state="open"), name="payment_one_open_per_order"),
        )
        indexes = (models.Index(fields=["state", "expires_at"], name="payment_by_time"),)

    def __str__(self) -> str:
        return f"{self.provider} {self.amount}"


class Share(models.Model):
    """The part of a payment that belongs to one vendor order. Its row is locked by whoever moves that money."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="shares")
    vendor_order = models.ForeignKey(VendorOrder, on_delete=models.PROTECT, related_name="shares")
    authorised = models.BigIntegerField()
    captured = models.BigIntegerField(default=0)
    # Claimed for refunds before any provider is asked, and what is back already.
    refunding = models.BigIntegerField(default=0)
    refunded = models.BigIntegerField(default=0)
    cash_holder = models.CharField(max_length=16, choices=CashHolder, blank=True, default=CashHolder.NOBODY)
    remitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["payment", "vendor_order"], name="share_once"),
            models.CheckConstraint(
                condition=Q(captured__gte=0, captured__lte=F("authorised")), name="share_captures_what_was_authorised"
            ),
            models.CheckConstraint(
                condition=Q(refunding__gte=0, refunded__gte=0, captured__gte=F("refunding") + F("refunded")),
                name="share_refunds_what_was_captured",
            ),
            models.CheckConstraint(condition=Q(cash_holder__in=CashHolder.values), name="share_holder_known"),
        )

    def __str__(self) -> str:
        return f"{self.captured} / {self.authorised}"

    @property
    def left(self) -> int:
        """Dong that are here and not claimed for a refund."""
        return self.captured - self.refunding - self.refunded


class Refund(models.Model):
    """Money on its way back to a shopper, for one vendor order."""

    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="refunds")
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=16, choices=RefundState, default=RefundState.CLAIMED)
    reference = models.CharField(max_length=120, blank=True, db_index=True)
    created_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=RefundState.values), name="refund_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_amount_positive"),
        )
        indexes = (models.Index(fields=["state", "created_at"], name="refund_queue"),)

    def __str__(self) -> str:
        return f"{self.amount}"


class RefundLine(models.Model):
    """What of a refund is for one line of the vendor order, or for its delivery (no line)."""

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(VendorOrderLine, null=True, on_delete=models.PROTECT, related_name="refund_lines")
    amount = models.BigIntegerField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(amount__gt=0), name="refund_line_amount_positive"),)

    def __str__(self) -> str:
        return f"{self.amount}"


class WebhookEvent(models.Model):
    """The inbox: one notice of a provider, by its own id; what it is about is asked for anew, so no body is kept."""

    provider = models.CharField(max_length=16)
    event_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=80)
    object_id = models.CharField(max_length=120)
    # The connected account that it concerns, if not the market's own.
    account = models.CharField(max_length=120, blank=True)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField(default=now)
    processed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["provider", "event_id"], name="webhook_event_once"),)
        indexes = (models.Index(fields=["provider", "-happened_at"], name="webhook_event_by_time"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"


class BankTransfer(models.Model):
    """Money that came to the market's bank account, as a notice or a statement of the bank says."""

    reference = models.CharField(max_length=120, unique=True)
    amount = models.BigIntegerField()
    content = models.CharField(max_length=300, blank=True)
    happened_at = models.DateTimeField()
    source = models.CharField(max_length=16)  # notice or statement
    state = models.CharField(max_length=16, choices=TransferState, default=TransferState.NEW)
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="transfers")
    # How much of it pays the order; the rest goes back.
    used = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=TransferState.values), name="bank_transfer_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="bank_transfer_amount_positive"),
            models.CheckConstraint(condition=Q(used__gte=0, used__lte=F("amount")), name="bank_transfer_used_within"),
        )
        indexes = (models.Index(fields=["state", "happened_at"], name="bank_transfer_queue"),)

    def __str__(self) -> str:
        return self.reference

    @property
    def back(self) -> int:
        """Dong that pay no order."""
        return self.amount - self.used


class Dispute(models.Model):
    """A cardholder's bank has taken the money back until it is settled who is right."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes")
    reference = models.CharField(max_length=120, unique=True)
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=16, choices=DisputeState, default=DisputeState.OPEN)
    answer_by = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=DisputeState.values), name="dispute_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="dispute_amount_positive"),
        )

    def __str__(self) -> str:
        return self.reference


class Reconciliation(models.Model):
    """One day of a provider's own report beside our ledger, with every difference."""

    provider = models.CharField(max_length=16)
    day = models.DateField()
    compared = models.PositiveIntegerField()
    # Each: what the provider calls it, dong there, dong here.
    differences: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["provider", "day"], name="reconciliation_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.provider} {self.day}"
