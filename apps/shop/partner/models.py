"""Stock records: the only sellable quantity, with the columns that decide whether a product may be bought."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from oscar.apps.partner.abstract_models import AbstractStockRecord


class StockRecord(AbstractStockRecord):
    """Stock and price of a product; a product belongs to one vendor, so it has one record.

    `vendor_open` is written by vendors only and `listed` by listings only: a conditional UPDATE must
    filter on columns of its own table, and one flag with two writers would lift what the other set.
    """

    num_in_stock = models.PositiveIntegerField(default=0)
    num_allocated = models.PositiveIntegerField(default=0)
    vendor_open = models.BooleanField(default=False)
    listed = models.BooleanField(default=False)

    class Meta(AbstractStockRecord.Meta):
        constraints = (
            models.UniqueConstraint(fields=["product"], name="stockrecord_one_per_product"),
            models.CheckConstraint(
                condition=Q(num_allocated__gte=0, num_allocated__lte=F("num_in_stock")),
                name="stockrecord_never_oversold",
            ),
            models.CheckConstraint(condition=Q(price__isnull=True) | Q(price__gt=0), name="stockrecord_price_positive"),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price=Cast("price", models.BigIntegerField())),
                name="stockrecord_price_whole_dong",
            ),
        )

    @property
    def available(self) -> int:
        """Units that can still be sold."""
        return self.num_in_stock - self.num_allocated

    @property
    def is_on_sale(self) -> bool:
        """True when vendor and listing both allow a sale, whatever the stock."""
        return self.vendor_open and self.listed

    @property
    def price_amount(self) -> int:
        """Price in whole dong, VAT included; 0 while a draft has none."""
        return int(self.price or Decimal(0))


from oscar.apps.partner.models import *  # type: ignore[assignment]  # Oscar skips what we declared above; mypy cannot see that
