"""Writes of commission rules and tax treatments; what was sold before keeps its terms."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.fees.models import CommissionRule, TaxTreatment
from apps.fees.rates import WHOLE, Activity
from apps.fees.selectors import withholds
from apps.jobs.services import record
from apps.kernel.actor import Actor
from apps.kernel.errors import DomainError
from apps.shop.catalogue.models import Category, Product
from apps.shop.partner.models import StockRecord
from apps.vendors.models import Vendor


class BadRule(DomainError):
    """A commission rule that contradicts itself or names what is not there; without that part it would be wider."""


class BadTreatment(DomainError):
    """A tax treatment that cannot be."""


@dataclass(frozen=True, slots=True)
class RuleData:
    """The conditions of a rule (None holds for everything) and what it takes: basis points, or dong for each unit."""

    vendor_id: int | None = None
    category_id: int | None = None
    product_id: int | None = None
    value_from: int | None = None
    value_below: int | None = None
    share_bps: int | None = None
    unit_amount: int | None = None
    floor_amount: int | None = None
    cap_amount: int | None = None


@transaction.atomic
def add_rule(*, data: RuleData, actor: Actor) -> CommissionRule:
    """A new rule on top of all others; raises BadRule."""
    _check(data)
    highest = min((rule.position for rule in _locked()), default=1)
    rule = CommissionRule.objects.create(position=highest - 1, **asdict(data))
    record(actor=actor, verb="commission.add", obj=rule, after=asdict(data))
    return rule


@transaction.atomic
def change_rule(*, rule: CommissionRule, data: RuleData, actor: Actor) -> CommissionRule:
    """Other conditions or another fee from now on, at the same place; raises BadRule."""
    _check(data)
    row = CommissionRule.objects.select_for_update().get(pk=rule.pk)
    before = {name: getattr(row, name) for name in asdict(data)}
    for name, value in asdict(data).items():
        setattr(row, name, value)
    row.save()
    record(actor=actor, verb="commission.change", obj=row, before=before, after=asdict(data))
    return row


@transaction.atomic
def move_rule(*, rule: CommissionRule, up: bool, actor: Actor) -> bool:
    """Let the rule change places with the one above or below it; False when there is none."""
    rules = _locked()
    at = next(place for place, row in enumerate(rules) if row.pk == rule.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rules):
        return False
    moved, other = rules[at], rules[to]
    # Two rows never have one position, not even between two statements.
    for row, position in ((moved, rules[0].position - 1), (other, moved.position), (moved, other.position)):
        CommissionRule.objects.filter(pk=row.pk).update(position=position)
    record(actor=actor, verb="commission.move", obj=rule, before={"place": at + 1}, after={"place": to + 1})
    return True


@transaction.atomic
def switch_rule(*, rule: CommissionRule, on: bool, actor: Actor) -> bool:
    """Let the rule count from now on, or not; False when it was so already."""
    changed = CommissionRule.objects.filter(pk=rule.pk, is_active=not on).update(is_active=on)
    if changed:
        record(actor=actor, verb="commission.switch", obj=rule, before={"on": not on}, after={"on": on})
    return bool(changed)


@transaction.atomic
def treat(
    *,
    vendor: Vendor,
    product: Product | None,
    activity: str,
    is_resident: bool,
    source: str,
    valid_from: dt.date,
    actor: Actor,
) -> TaxTreatment:
    """Which tax rates hold for a vendor or one of its products from a day on, instead of what was said for that day.

    Raises BadTreatment.
    """
    _check_treatment(vendor, product, activity, is_resident, source)
    said = {"activity": activity, "is_resident": is_resident, "source": source.strip()}
    found, _made = TaxTreatment.objects.update_or_create(
        vendor=vendor, product=product, valid_from=valid_from, defaults=said
    )
    record(actor=actor, verb="tax.treat", obj=found, after=_facts(found))
    return found


@transaction.atomic
def drop_treatment(*, treatment: TaxTreatment, actor: Actor) -> None:
    """Take back what was said: the treatment before it, or that of everybody, holds again."""
    record(actor=actor, verb="tax.drop", obj=treatment, before=_facts(treatment))
    treatment.delete()


def _locked() -> list[CommissionRule]:
    """All rules from the top, locked: places are changed by one person at a time."""
    list(CommissionRule.objects.select_for_update().order_by("pk"))
    # Read once more: who waited for the locks has not seen what was added meanwhile.
    return list(CommissionRule.objects.order_by("position"))


def _check(data: RuleData) -> None:
    problem = next(_problems(data), None)
    if problem is not None:
        raise BadRule(problem)


def _problems(data: RuleData) -> Iterator[Any]:
    if (data.share_bps is None) == (data.unit_amount is None):
        yield _("Give either per cent or an amount for each unit.")
    if data.share_bps is not None and not 0 <= data.share_bps <= WHOLE:
        yield _("Per cent go from 0 to 100.")
    amounts = (data.value_from, data.value_below, data.unit_amount, data.floor_amount, data.cap_amount)
    if any(amount is not None and amount < 0 for amount in amounts):
        yield _("An amount is 0 ₫ or more.")
    if data.floor_amount is not None and data.cap_amount is not None and data.floor_amount > data.cap_amount:
        yield _("The least is more than the most.")
    if data.value_below is not None and data.value_below <= (data.value_from or 0):
        yield _("No line can be worth that: the upper bound lies below the lower one.")
    yield from _dangling(data)


def _dangling(data: RuleData) -> Iterator[Any]:
    """References that lead nowhere, or to another vendor's product."""
    named = ((Vendor, data.vendor_id), (Category, data.category_id), (Product, data.product_id))
    if any(pk is not None and not model._default_manager.filter(pk=pk).exists() for model, pk in named):
        yield _("The vendor, category or product is not there any more.")
    elif data.vendor_id and data.product_id and not _sells(data.vendor_id, data.product_id):
        yield _("This product belongs to another vendor.")


def _check_treatment(vendor: Vendor, product: Product | None, activity: str, is_resident: bool, source: str) -> None:
    if not withholds(vendor):
        raise BadTreatment(_("Only of households and individuals is tax withheld; this vendor declares it itself."))
    if activity not in Activity.values:
        raise BadTreatment(_("Choose an activity from the list."))
    if not source.strip():
        raise BadTreatment(_("Write which letter or paper says so."))
    if product is None:
        return
    if not _sells(vendor.pk, product.pk):
        raise BadTreatment(_("This product belongs to another vendor."))
    if not is_resident:
        raise BadTreatment(_("Where the vendor lives is said for all its goods: leave the product empty."))


def _sells(vendor_id: int, product_id: int) -> bool:
    return StockRecord.objects.filter(product_id=product_id, partner__vendor=vendor_id).exists()


def _facts(treatment: TaxTreatment) -> dict[str, Any]:
    names = ("vendor_id", "product_id", "activity", "is_resident", "source")
    return {**{name: getattr(treatment, name) for name in names}, "valid_from": treatment.valid_from.isoformat()}
