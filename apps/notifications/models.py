"""What people were told, with the proof that a mail about it went out, and what they want to be told of."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.kernel.clock import now
from apps.shop.catalogue.models import Product
from apps.vendors.models import Vendor


class Channel(models.TextChoices):
    """How news reaches somebody."""

    LIST = "list"
    MAIL = "mail"


class Notification(models.Model):
    """One piece of news for one recipient over one channel, at most once (the constraint below).

    `event` and `facts` say what happened; the words are made when somebody reads them, in the reader's language.
    `occasion` tells apart what may happen to an object again: a product is turned down, corrected and turned down anew.
    """

    recipient = models.CharField(max_length=40)
    event = models.CharField(max_length=40)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    occasion = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=8, choices=Channel)
    created_at = models.DateTimeField(default=now)

    # In a person's list: whose, for whose work, and what to say.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="notices")
    vendor = models.ForeignKey(Vendor, null=True, on_delete=models.CASCADE, related_name="+")
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    read_at = models.DateTimeField(null=True, blank=True)

    # By mail: since when somebody is sending it, and when the mail server took it.
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["recipient", "event", "object_type", "object_id", "occasion", "channel"],
                name="notification_once",
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="notification_channel_known"),
            models.CheckConstraint(
                condition=Q(channel=Channel.LIST, user__isnull=False) | Q(channel=Channel.MAIL, user__isnull=True),
                name="notification_list_has_a_reader",
            ),
        )
        indexes = (
            models.Index(fields=["user", "vendor", "-created_at"], name="notification_list"),
            models.Index(
                fields=["user", "vendor"], condition=Q(read_at=None, channel="list"), name="notification_unread"
            ),
        )

    def __str__(self) -> str:
        return f"{self.event} {self.object_id} to {self.recipient}"


class StockWish(models.Model):
    """Somebody wants to know when a product that is sold out can be bought again; gone once they were told."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="stock_wishes")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=now)
    # Since when a job is on its way to tell them.
    noticed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "product"], name="stock_wish_once"),)
        indexes = (models.Index(fields=["product"], condition=Q(noticed_at=None), name="stock_wish_waiting"),)

    def __str__(self) -> str:
        return f"{self.user_id} waits for {self.product_id}"
