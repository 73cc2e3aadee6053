"""Commission rules and tax treatments are added, changed, moved and switched off; what is wrong is refused."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from apps.fees import services
from apps.fees.models import CommissionRule, TaxTreatment
from apps.fees.rates import Activity
from apps.fees.selectors import rules, treatments
from apps.fees.services import BadRule, BadTreatment, RuleData
from apps.jobs.models import AuditEvent
from apps.kernel.actor import Actor
from apps.vendors.models import Vendor
from tests.factories.catalogue import make_category, make_product
from tests.factories.fees import make_rule, make_treatment
from tests.factories.people import make_admin
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()
SINCE = dt.date(2025, 7, 1)


def in_order() -> list[int]:
    """Ids of the rules from the top."""
    return [rule.pk for rule in rules()]


def events(verb: str) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """(object, before, after) of what the record says happened."""
    return list(AuditEvent.objects.filter(verb=verb).order_by("pk").values_list("object_id", "before", "after"))


class TestOrder:
    def test_a_new_rule_stands_on_top(self) -> None:
        added = [services.add_rule(data=RuleData(share_bps=bps), actor=SYSTEM).pk for bps in (800, 900, 1_000)]
        assert in_order() == added[::-1]

    def test_moving(self) -> None:
        top, middle, bottom = (make_rule() for _ in range(3))
        assert services.move_rule(rule=bottom, up=True, actor=SYSTEM) is True
        assert in_order() == [top.pk, bottom.pk, middle.pk]
        assert services.move_rule(rule=top, up=False, actor=SYSTEM) is True
        assert in_order() == [bottom.pk, top.pk, middle.pk]
        assert events("commission.move") == [
            (str(bottom.pk), {"place": 3}, {"place": 2}),
            (str(top.pk), {"place": 1}, {"place": 2}),
        ]

    def test_neither_above_the_top_nor_below_the_bottom(self) -> None:
        top, bottom = make_rule(), make_rule()
        assert services.move_rule(rule=top, up=True, actor=SYSTEM) is False
        assert services.move_rule(rule=bottom, up=False, actor=SYSTEM) is False
        assert (in_order(), AuditEvent.objects.count()) == ([top.pk, bottom.pk], 0)

    def test_a_place_is_taken_once(self) -> None:
        rule = make_rule()
        with pytest.raises(IntegrityError), transaction.atomic():
            make_rule(position=rule.position)


class TestWrites:
    def test_adding_is_recorded(self) -> None:
        admin, category = make_admin(), make_category("Rượu")
        rule = services.add_rule(
            data=RuleData(category_id=category.pk, share_bps=1_000, floor_amount=5_000), actor=Actor.person(admin.pk)
        )
        event = AuditEvent.objects.get()
        assert (event.verb, event.actor_id, event.object_id) == ("commission.add", admin.pk, str(rule.pk))
        assert {name: value for name, value in event.after.items() if value is not None} == {
            "category_id": category.pk,
            "share_bps": 1_000,
            "floor_amount": 5_000,
        }

    def test_changing_keeps_the_place_and_records_both(self) -> None:
        rule, other = make_rule(share_bps=800, cap_amount=9), make_rule()
        changed = services.change_rule(rule=rule, data=RuleData(unit_amount=2_000), actor=SYSTEM)
        changed.refresh_from_db()
        assert (changed.share_bps, changed.unit_amount, changed.cap_amount) == (None, 2_000, None)
        assert in_order() == [rule.pk, other.pk]
        [(_, before, after)] = events("commission.change")
        assert (before["share_bps"], before["cap_amount"], after["unit_amount"]) == (800, 9, 2_000)

    def test_switching(self) -> None:
        rule = make_rule()
        assert [services.switch_rule(rule=rule, on=on, actor=SYSTEM) for on in (True, False, False, True)] == [
            False,
            True,
            False,
            True,
        ]
        assert events("commission.switch") == [
            (str(rule.pk), {"on": True}, {"on": False}),
            (str(rule.pk), {"on": False}, {"on": True}),
        ]


WRONG = [
    {},
    {"share_bps": 1, "unit_amount": 1},
    {"share_bps": 10_001},
    {"share_bps": -1},
    {"unit_amount": -1},
    {"share_bps": 1, "floor_amount": -1},
    {"share_bps": 1, "cap_amount": -1},
    {"share_bps": 1, "floor_amount": 2, "cap_amount": 1},
    {"share_bps": 1, "value_from": -1},
    {"share_bps": 1, "value_below": 0},
    {"share_bps": 1, "value_from": 5, "value_below": 5},
]


class TestRefused:
    @pytest.mark.parametrize("wrong", WRONG, ids=str)
    def test_what_contradicts_itself(self, wrong: dict[str, int]) -> None:
        rule = make_rule()
        with pytest.raises(BadRule):
            services.add_rule(data=RuleData(**wrong), actor=SYSTEM)
        with pytest.raises(BadRule):
            services.change_rule(rule=rule, data=RuleData(**wrong), actor=SYSTEM)
        assert (CommissionRule.objects.count(), AuditEvent.objects.count()) == (1, 0)

    @pytest.mark.parametrize("wrong", WRONG, ids=str)
    def test_by_the_database_as_well(self, wrong: dict[str, int]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            CommissionRule.objects.create(position=1, **wrong)

    @pytest.mark.parametrize("reference", ["vendor_id", "category_id", "product_id"])
    def test_a_reference_that_leads_nowhere(self, reference: str) -> None:
        """Left out, the condition would let the rule hold for everybody."""
        with pytest.raises(BadRule):
            services.add_rule(data=RuleData(share_bps=1, **{reference: 10**9}), actor=SYSTEM)
        assert CommissionRule.objects.count() == 0

    def test_a_product_of_another_vendor(self) -> None:
        product, vendor = make_product(), make_vendor()
        with pytest.raises(BadRule):
            services.add_rule(data=RuleData(vendor_id=vendor.pk, product_id=product.pk, share_bps=1), actor=SYSTEM)
        own = RuleData(vendor_id=product.listing.vendor_id, product_id=product.pk, share_bps=1)
        assert services.add_rule(data=own, actor=SYSTEM).product == product

    def test_an_unknown_condition(self) -> None:
        with pytest.raises(TypeError):
            RuleData(share_bps=1, colour="red")  # type: ignore[call-arg]

    @pytest.mark.parametrize("named", ["vendor", "category", "product"])
    def test_to_take_away_what_a_rule_names(self, named: str) -> None:
        row = {"vendor": make_vendor, "category": make_category, "product": make_product}[named]()
        make_rule(**{named: row})
        if named == "product":
            row.listing.delete()
        with pytest.raises(ProtectedError):
            row.delete()


class TestTreatments:
    @pytest.fixture
    def household(self) -> Vendor:
        return make_vendor(producer_type="household")

    def treat(self, vendor: Vendor, **fields: Any) -> TaxTreatment:
        given = {"product": None, "activity": Activity.PRODUCTION, "is_resident": True, "source": " Công văn 7 "}
        return services.treat(vendor=vendor, actor=SYSTEM, **{**given, "valid_from": SINCE, **fields})

    def test_is_kept_and_recorded(self, household: Vendor) -> None:
        kept = self.treat(household, is_resident=False)
        assert (kept.activity, kept.is_resident, kept.source, kept.valid_from) == (
            "production",
            False,
            "Công văn 7",
            SINCE,
        )
        [(object_id, before, after)] = events("tax.treat")
        assert (object_id, before) == (str(kept.pk), {})
        assert (after["vendor_id"], after["activity"], after["valid_from"]) == (
            household.pk,
            "production",
            "2025-07-01",
        )

    def test_the_same_day_is_said_anew(self, household: Vendor) -> None:
        product = make_product(vendor=household)
        for activity in (Activity.SERVICES, Activity.GOODS):
            self.treat(household, activity=activity)
            self.treat(household, activity=activity, product=product)
        assert [(row.product, row.activity) for row in treatments()] == [(None, "goods"), (product, "goods")]

    def test_is_taken_back(self, household: Vendor) -> None:
        kept = self.treat(household)
        pk = kept.pk
        services.drop_treatment(treatment=kept, actor=SYSTEM)
        assert TaxTreatment.objects.count() == 0
        [(object_id, before, after)] = events("tax.drop")
        assert (object_id, before["activity"], after) == (str(pk), "production", {})

    @pytest.mark.parametrize("wrong", [{"activity": "gambling"}, {"source": "  "}, {"product": make_product}], ids=list)
    def test_refused(self, household: Vendor, wrong: dict[str, Any]) -> None:
        given = {name: value() if callable(value) else value for name, value in wrong.items()}
        with pytest.raises(BadTreatment):
            self.treat(household, **given)
        assert (TaxTreatment.objects.count(), AuditEvent.objects.count()) == (0, 0)

    def test_refused_for_who_declares_itself(self) -> None:
        with pytest.raises(BadTreatment):
            self.treat(make_vendor(producer_type="cooperative"))

    def test_residence_is_not_said_of_a_product(self, household: Vendor) -> None:
        product = make_product(vendor=household)
        with pytest.raises(BadTreatment):
            self.treat(household, product=product, is_resident=False)
        with pytest.raises(IntegrityError), transaction.atomic():
            make_treatment(household, product=product, is_resident=False)

    @pytest.mark.parametrize("wrong", [{"activity": "gambling"}, {"source": ""}], ids=str)
    def test_refused_by_the_database_as_well(self, household: Vendor, wrong: dict[str, str]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            make_treatment(household, **{"activity": "goods", **wrong})

    def test_once_a_day(self, household: Vendor) -> None:
        for product in (None, make_product(vendor=household)):
            make_treatment(household, product=product)
            with pytest.raises(IntegrityError), transaction.atomic():
                make_treatment(household, product=product)
