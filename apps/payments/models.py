"""Money a shopper owes or has paid for an order."""

from django.db import models
from django.db.models import Q

from apps.kernel.clock import now
from apps.payments.states import PaymentState
from apps.shop.order.models import Order


class Payment(models.Model):
    """One payment of an order through one provider, in whole dong."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    provider = models.CharField(max_length=16)
    amount = models.BigIntegerField()
    state = models.CharField(max_length=16, choices=PaymentState, default=PaymentState.OPEN)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=PaymentState.values), name="payment_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount_positive"),
        )

    def __str__(self) -> str:
        return f"{self.provider} {self.amount}"
