"""Commission rules and rates in plain language: `Rượu: 10 %, ít nhất 5.000 ₫`."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from apps.fees.models import CommissionRule
from apps.kernel.money import NBSP, dong


def percent(basis_points: int) -> str:
    """`10 %`, `8,25 %`: a rate as people write it."""
    return f"{number_format(Decimal(basis_points) / 100)}{NBSP}%"


def rule_words(rule: CommissionRule) -> str:
    """A rule as a sentence; give one whose vendor, category and product are loaded."""
    return f"{', '.join(_conditions(rule))}: {', '.join(_fee(rule))}"


def _conditions(rule: CommissionRule) -> Iterator[str]:
    if rule.product is not None:
        yield str(rule.product.title)
    if rule.category is not None:
        yield rule.category.local_name
    if rule.vendor is not None:
        yield rule.vendor.name
    if rule.product is None and rule.category is None and rule.vendor is None:
        yield _("All goods")
    if rule.value_from is not None:
        yield _("from %(amount)s") % {"amount": dong(rule.value_from)}
    if rule.value_below is not None:
        yield _("below %(amount)s") % {"amount": dong(rule.value_below)}


def _fee(rule: CommissionRule) -> Iterator[str]:
    if rule.share_bps is not None:
        yield percent(rule.share_bps)
    else:
        yield _("%(amount)s for each unit") % {"amount": dong(rule.unit_amount or 0)}
    if rule.floor_amount is not None:
        yield _("at least %(amount)s") % {"amount": dong(rule.floor_amount)}
    if rule.cap_amount is not None:
        yield _("at most %(amount)s") % {"amount": dong(rule.cap_amount)}
