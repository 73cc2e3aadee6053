"""Commission rules, and what the tax tables make of a vendor or of one of its products."""

from django.db import models
from django.db.models import F, Q

from apps.fees.rates import WHOLE, Activity, share
from apps.kernel.money import Money, dong
from apps.shop.catalogue.models import Category, Product
from apps.vendors.models import Vendor

_SHARE_ONLY = Q(share_bps__isnull=False, unit_amount__isnull=True)
_UNIT_ONLY = Q(share_bps__isnull=True, unit_amount__isnull=False)


class CommissionRule(models.Model):
    """What the platform takes of a line, in dong; the first active rule by position whose conditions all hold counts.

    An empty condition holds for everything. Keys are protected: a rule whose vendor could vanish would become one for
    everybody. Changing a rule changes no order: amounts are frozen on the line at the sale.
    """

    position = models.IntegerField(unique=True)
    is_active = models.BooleanField(default=True)

    vendor = models.ForeignKey(Vendor, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # With everything below it in the tree.
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # The line's revenue in dong, from the first on, below the second.
    value_from = models.BigIntegerField(null=True, blank=True)
    value_below = models.BigIntegerField(null=True, blank=True)

    # One of the two: basis points of the revenue, or dong for each unit.
    share_bps = models.PositiveIntegerField(null=True, blank=True)
    unit_amount = models.BigIntegerField(null=True, blank=True)
    floor_amount = models.BigIntegerField(null=True, blank=True)
    cap_amount = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.CheckConstraint(condition=_SHARE_ONLY | _UNIT_ONLY, name="commission_rule_share_or_unit"),
            models.CheckConstraint(
                condition=Q(share_bps__isnull=True) | Q(share_bps__gte=0, share_bps__lte=WHOLE),
                name="commission_rule_share_of_a_whole",
            ),
            models.CheckConstraint(
                condition=(Q(unit_amount__isnull=True) | Q(unit_amount__gte=0))
                & (Q(floor_amount__isnull=True) | Q(floor_amount__gte=0))
                & (Q(cap_amount__isnull=True) | Q(cap_amount__gte=0)),
                name="commission_rule_gives_nothing_back",
            ),
            models.CheckConstraint(
                condition=Q(floor_amount__isnull=True)
                | Q(cap_amount__isnull=True)
                | Q(floor_amount__lte=F("cap_amount")),
                name="commission_rule_floor_below_cap",
            ),
            models.CheckConstraint(
                condition=(Q(value_from__isnull=True) | Q(value_from__gte=0))
                & (Q(value_below__isnull=True) | Q(value_below__gt=0))
                & (Q(value_from__isnull=True) | Q(value_below__isnull=True) | Q(value_from__lt=F("value_below"))),
                name="commission_rule_band_not_empty",
            ),
        )

    def __str__(self) -> str:
        return f"{self.position}"

    def is_in_band(self, revenue: Money) -> bool:
        """True when the line's revenue lies in the rule's band."""
        low = self.value_from is None or self.value_from <= revenue.amount
        return low and (self.value_below is None or revenue.amount < self.value_below)

    def commission(self, revenue: Money, quantity: int) -> Money:
        """What the rule takes of a line of so many units, before VAT: never more than the line brings in."""
        by_unit = dong(self.unit_amount or 0) * quantity
        taken = by_unit if self.share_bps is None else share(revenue, self.share_bps)
        if self.floor_amount is not None:
            taken = max(taken, dong(self.floor_amount))
        if self.cap_amount is not None:
            taken = min(taken, dong(self.cap_amount))
        return min(taken, revenue)


class TaxTreatment(models.Model):
    """Which tax rates hold for a vendor or one of its products from a day on; without one it lives here and trades.

    Staff enter what the tax office has said; the latest row that has begun counts, a product's before its vendor's.
    """

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="tax_treatments")
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    activity = models.CharField(max_length=16, choices=Activity)
    # Where the taxpayer lives is a fact of the vendor as a whole: only its own row may say "abroad".
    is_resident = models.BooleanField(default=True)
    # The letter or paper that says so.
    source = models.CharField(max_length=200)
    valid_from = models.DateField()

    class Meta:
        ordering = ("vendor", "product", "valid_from")
        constraints = (
            models.CheckConstraint(condition=Q(activity__in=Activity.values), name="tax_treatment_activity_known"),
            models.CheckConstraint(
                condition=Q(product__isnull=True) | Q(is_resident=True), name="tax_treatment_residence_is_the_vendors"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="tax_treatment_has_a_source"),
            models.UniqueConstraint(
                fields=["vendor", "valid_from"], condition=Q(product__isnull=True), name="tax_treatment_once_a_day"
            ),
            models.UniqueConstraint(fields=["product", "valid_from"], name="tax_treatment_of_product_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.vendor} / {self.product or '*'} / {self.valid_from}"
