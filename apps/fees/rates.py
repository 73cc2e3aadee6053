"""Tax rates as the law dates them, in basis points (100 of them are one per cent), and how a share is rounded.

A new rate is a new entry with the day from which it holds; old entries stay, as they say what was right in their time.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.kernel.money import Money

WHOLE = 10_000


class Activity(TextChoices):
    """What a household or a person does for its revenue, as the tax tables tell it apart."""

    GOODS = "goods", _("Sale of goods")
    PRODUCTION = "production", _("Production and sale of own goods")
    SERVICES = "services", _("Services")
    TRANSPORT = "transport", _("Transport, services attached to goods")
    UNDETERMINED = "undetermined", _("Cannot be determined")


@dataclass(frozen=True, slots=True)
class TaxRates:
    """VAT, and PIT of who lives in Vietnam and of who does not, in basis points of the revenue."""

    vat: int
    pit_resident: int
    pit_non_resident: int

    def pit(self, *, is_resident: bool) -> int:
        """The rate of personal income tax."""
        return self.pit_resident if is_resident else self.pit_non_resident


TaxTable = Mapping[str, TaxRates]
# Decree 117/2025/NĐ-CP: platforms with a payment function withhold these of households and individuals. Production
# stands with transport and services attached to goods, as in Circular 40/2021/TT-BTC, annex I. What cannot be
# determined pays the highest rate.
TAX_TABLES: tuple[tuple[dt.date, TaxTable], ...] = (
    (
        dt.date(2025, 7, 1),
        MappingProxyType(
            {
                Activity.GOODS: TaxRates(100, 50, 100),
                Activity.PRODUCTION: TaxRates(300, 150, 200),
                Activity.SERVICES: TaxRates(500, 200, 500),
                Activity.TRANSPORT: TaxRates(300, 150, 200),
                Activity.UNDETERMINED: TaxRates(500, 200, 500),
            }
        ),
    ),
)
NO_TAX = TaxRates(0, 0, 0)
# The commission pays for a service of the platform, which owes VAT on it: 10 %, Law 13/2008/QH12, article 8,
# and since 2025-07-01 Law 48/2024/QH15, article 9.
FEE_VAT: tuple[tuple[dt.date, int], ...] = ((dt.date(2009, 1, 1), 1_000),)

T = TypeVar("T")


def tax_table(on: dt.date) -> TaxTable:
    """Rates by activity on a day; empty before platforms had to withhold anything."""
    empty: TaxTable = MappingProxyType({})
    return _latest(TAX_TABLES, on, empty)


def fee_vat(on: dt.date) -> int:
    """VAT on the commission on a day, in basis points."""
    return _latest(FEE_VAT, on, 0)


def share(amount: Money, basis_points: int) -> Money:
    """So many basis points of an amount that is not negative, in whole minor units, half up."""
    return Money((amount.amount * basis_points + WHOLE // 2) // WHOLE, amount.currency)


def before_share(whole: Money, basis_points: int) -> Money:
    """The most that stays within the whole when so many basis points of it come on top."""
    return Money(whole.amount * WHOLE // (WHOLE + basis_points), whole.currency)


def _latest(entries: Sequence[tuple[dt.date, T]], on: dt.date, otherwise: T) -> T:
    begun = [entry for since, entry in entries if since <= on]
    return begun[-1] if begun else otherwise
