"""The part of an order that one vendor fulfils, with its own copy of whatever that vendor may see."""

from django.db import models
from django.db.models import F, Q

from apps.delivery.models import Carrier
from apps.kernel.clock import now
from apps.ordering.states import VendorOrderState
from apps.shop.order.models import Line, Order
from apps.vendors.models import Vendor


class OrderNumber(models.Model):
    """One row per number given out; its id runs through a keyed permutation. Gaps do not matter."""

    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return str(self.pk)


class VendorOrder(models.Model):
    """One vendor's part of an order; amounts are whole dong. Vendor pages never look beyond this row and its lines."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="vendor_orders")
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="vendor_orders")
    number = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=16, choices=VendorOrderState, default=VendorOrderState.PLACED)
    cancel_reason = models.TextField(blank=True)

    recipient_name = models.CharField(max_length=120)
    recipient_phone = models.CharField(max_length=16)
    street = models.CharField(max_length=200)
    commune_name = models.CharField(max_length=80)
    province_name = models.CharField(max_length=80)
    delivery_note = models.TextField(blank=True)
    gift_message = models.TextField(blank=True)

    items_amount = models.BigIntegerField()
    discount_amount = models.BigIntegerField(default=0)
    shipping_amount = models.BigIntegerField()
    total_amount = models.BigIntegerField()
    # Withheld of the delivery fee for the tax office, as the rates were at the sale.
    shipping_tax_vat_amount = models.BigIntegerField(default=0, db_default=0)
    shipping_tax_pit_amount = models.BigIntegerField(default=0, db_default=0)
    # What the courier collects at the door; 0 when paid before.
    cash_amount = models.BigIntegerField(default=0)
    weight_g = models.PositiveIntegerField()

    placed_at = models.DateTimeField(default=now)
    accept_by = models.DateTimeField()
    ship_by = models.DateTimeField()
    arrives_from = models.DateField()
    arrives_until = models.DateField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    packed_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["order", "vendor"], name="vendor_order_once_per_vendor"),
            models.CheckConstraint(condition=Q(state__in=VendorOrderState.values), name="vendor_order_state_known"),
            models.CheckConstraint(
                condition=Q(total_amount=F("items_amount") - F("discount_amount") + F("shipping_amount")),
                name="vendor_order_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(shipping_tax_vat_amount__gte=0, shipping_tax_pit_amount__gte=0),
                name="vendor_order_tax_not_negative",
            ),
        )
        indexes = (models.Index(fields=["vendor", "state", "accept_by"], name="vendor_order_board"),)

    def __str__(self) -> str:
        return self.number


class VendorOrderLine(models.Model):
    """One product of a vendor order as it was at the sale; amounts are whole dong."""

    vendor_order = models.ForeignKey(VendorOrder, on_delete=models.PROTECT, related_name="lines")
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="vendor_line")
    # The stock record that gave the units; kept as a number so that nothing can null it.
    stockrecord_id = models.BigIntegerField()
    product_id = models.BigIntegerField()
    sku = models.CharField(max_length=128)
    title = models.CharField(max_length=255)
    unit = models.CharField(max_length=60, blank=True)
    quantity = models.PositiveIntegerField()
    unit_price_amount = models.BigIntegerField()
    items_amount = models.BigIntegerField()
    discount_amount = models.BigIntegerField(default=0)
    # The part of the discount that the platform pays for; the rest is the vendor's.
    platform_discount_amount = models.BigIntegerField(default=0, db_default=0)
    # Terms of the sale, frozen: what the platform takes, VAT on it, and what is withheld for the tax office.
    commission_amount = models.BigIntegerField(default=0, db_default=0)
    commission_vat_amount = models.BigIntegerField(default=0, db_default=0)
    tax_vat_amount = models.BigIntegerField(default=0, db_default=0)
    tax_pit_amount = models.BigIntegerField(default=0, db_default=0)
    # Which rule it was; a number, as the rule may change while the amounts stay.
    commission_rule_id = models.BigIntegerField(null=True, blank=True)
    # What the certificate said on the day of the sale; empty when none was valid.
    stars_at_sale = models.PositiveSmallIntegerField(null=True, blank=True)
    certificate_number_at_sale = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(items_amount=F("unit_price_amount") * F("quantity")), name="vendor_order_line_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(platform_discount_amount__gte=0, platform_discount_amount__lte=F("discount_amount")),
                name="vendor_order_line_discount_has_parts",
            ),
            models.CheckConstraint(
                condition=Q(
                    commission_amount__gte=0, commission_vat_amount__gte=0, tax_vat_amount__gte=0, tax_pit_amount__gte=0
                ),
                name="vendor_order_line_terms_not_negative",
            ),
        )

    def __str__(self) -> str:
        return f"{self.quantity} x {self.title}"


class Parcel(models.Model):
    """What was handed to a carrier."""

    vendor_order = models.ForeignKey(VendorOrder, on_delete=models.PROTECT, related_name="parcels")
    carrier = models.ForeignKey(Carrier, on_delete=models.PROTECT, related_name="+")
    tracking_number = models.CharField(max_length=40)
    handed_over_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.tracking_number

    @property
    def tracking_url(self) -> str:
        """The carrier's page of this parcel, or empty."""
        return self.carrier.tracking_url.replace("{number}", self.tracking_number)
