"""The page of commission rules and tax rates, as an admin uses it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.fees.models import CommissionRule, TaxTreatment
from apps.fees.selectors import rules
from apps.jobs.models import AuditEvent
from tests.factories.catalogue import make_category, make_product
from tests.factories.fees import make_rule, make_treatment
from tests.factories.people import make_admin
from tests.factories.vendors import make_vendor
from tests.integration.backoffice.desk import MEANWHILE, desk, told

pytestmark = pytest.mark.django_db
PAGE, NEW, TREAT = "/quan-tri/hoa-hong/", "/quan-tri/hoa-hong/moi/", "/quan-tri/hoa-hong/thue/moi/"
MOST = 18


def values() -> dict[str, object]:
    """The only rule, without what is empty."""
    [row] = CommissionRule.objects.values()
    return {name: value for name, value in row.items() if value is not None and name not in ("id", "position")}


def test_an_empty_page_says_that_nothing_is_taken() -> None:
    text = desk().get(PAGE).content.decode()
    assert _("Without a rule the platform takes nothing of a sale.") in text
    assert _("For all households the rates of the sale of goods hold, as residents of Vietnam.") in text


def test_rules_are_sentences_in_their_order() -> None:
    make_rule(category=make_category("Rượu"), share_bps=1_000, floor_amount=5_000)
    make_rule(share_bps=800, is_active=False)
    page = desk().get(PAGE)
    assert [words for _rule, words in page.context["rules"]] == [
        "Rượu: 10\u00a0%, ít nhất 5.000\u00a0₫",
        "Mọi hàng hoá: 8\u00a0%",
    ]
    assert page.context["catches_all"] is False
    assert page.content.decode().count(_("switched off")) == 1


def test_the_tax_table_is_that_of_today() -> None:
    assert [row[1:] for row in desk().get(PAGE).context["rates"]] == [
        ("1\u00a0%", "0,5\u00a0%", "1\u00a0%"),
        ("3\u00a0%", "1,5\u00a0%", "2\u00a0%"),
        ("5\u00a0%", "2\u00a0%", "5\u00a0%"),
        ("3\u00a0%", "1,5\u00a0%", "2\u00a0%"),
        ("5\u00a0%", "2\u00a0%", "5\u00a0%"),
    ]


def test_a_rule_is_added_on_top_by_the_admin() -> None:
    product = make_product(vendor=make_vendor("HTX Mười", slug="htx-muoi"))
    below, admin = make_rule(), make_admin()
    given = {
        "vendor": "htx MƯỜI",
        "category": str(product.categories.get().pk),
        "product": f"https://shop.example/en{product.get_absolute_url()}?tu=tim",
        "value_from": "100.000",
        "value_below": "200k",
        "share_bps": "8,25 %",
        "floor_amount": "5000",
        "cap_amount": "50.000 ₫",
    }
    answer = desk(admin).post(NEW, given)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    top, bottom = rules()
    assert (bottom.pk, top.vendor, top.category, top.product) == (
        below.pk,
        product.listing.vendor,
        product.categories.get(),
        product,
    )
    assert (top.value_from, top.value_below, top.share_bps, top.floor_amount, top.cap_amount) == (
        100_000,
        200_000,
        825,
        5_000,
        50_000,
    )
    assert AuditEvent.objects.get().actor_id == admin.pk
    [(_rule, words), _below] = desk(admin).get(PAGE).context["rules"]
    assert [deed.about for deed in desk(admin).get(PAGE).context["history"]] == [words]


def test_a_form_opened_and_saved_changes_nothing() -> None:
    """Whatever a rule says comes back from its form: a condition that got lost would widen it."""
    vendor = make_vendor()
    product = make_product(vendor=vendor)
    hidden = make_category("Ẩn", is_public=False)
    make_rule(
        vendor=vendor, category=hidden, product=product, value_from=1, value_below=9_000, share_bps=825, floor_amount=2
    )
    before, client = values(), desk()
    path = reverse("backoffice:rule", args=[CommissionRule.objects.get().pk])
    form = client.get(path).context["form"]
    shown = {field.name: field.value() for field in form}
    assert client.post(path, {name: value for name, value in shown.items() if value is not None}).status_code == 302
    assert values() == before


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"vendor": "Không Có Ai", "share_bps": "8"}, "vendor"),
        ({"category": "999999", "share_bps": "8"}, "category"),
        ({"product": "/san-pham/khong-co-999999/", "share_bps": "8"}, "product"),
        ({"product": "rượu", "share_bps": "8"}, "product"),
        ({"share_bps": "101"}, "share_bps"),
        ({"share_bps": "8,255"}, "share_bps"),
        ({"share_bps": "NaN"}, "share_bps"),
        ({"share_bps": "nhiều"}, "share_bps"),
        ({"share_bps": "8", "cap_amount": "-1"}, "cap_amount"),
        ({"share_bps": "8", "cap_amount": "ít"}, "cap_amount"),
        ({"share_bps": "8", "unit_amount": "2000"}, "__all__"),
        ({"share_bps": ""}, "__all__"),
    ],
    ids=str,
)
def test_what_is_wrong_is_refused_and_never_left_out(given: dict[str, str], field: str) -> None:
    page = desk().post(NEW, given)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert CommissionRule.objects.count() == 0


def test_a_name_that_fits_a_refused_vendor_is_not_taken() -> None:
    make_vendor("HTX Mười", slug="htx-muoi", state="rejected")
    assert desk().post(NEW, {"vendor": "HTX Mười", "share_bps": "8"}).status_code == 422


def test_a_rule_is_moved_and_switched() -> None:
    first, second = make_rule(), make_rule()
    client, path = desk(), reverse("backoffice:rule_act", args=[second.pk])
    for act in ("up", "off"):
        assert client.post(path, {"act": act})["Location"] == PAGE
    assert [(rule.pk, rule.is_active) for rule in rules()] == [(second.pk, False), (first.pk, True)]
    assert told(client.post(path, {"act": "up"})) == [_(MEANWHILE)]
    assert told(client.post(path, {"act": "off"}))[-1] == _(MEANWHILE)
    assert client.post(path, {"act": "burn"}).status_code == 404
    client.post(path, {"act": "on"})
    assert [rule.is_active for rule in rules()] == [True, True]


def test_other_rates_are_set_and_taken_back() -> None:
    vendor = make_vendor(producer_type="household")
    product, client = make_product(vendor=vendor), desk()
    given = {"vendor": vendor.tax_code, "activity": "production", "source": "Công văn 7", "valid_from": "2026-01-15"}
    assert client.post(TREAT, {**given, "product": str(product.pk)}).status_code == 302
    assert client.post(TREAT, {**given, "lives_abroad": "on"}).status_code == 302
    page = client.get(PAGE)
    assert [(row.product, row.is_resident, row.valid_from) for row in page.context["page"]] == [
        (None, False, dt.date(2026, 1, 15)),
        (product, True, dt.date(2026, 1, 15)),
    ]
    assert [str(deed.words) for deed in page.context["history"]] == [_("Tax rates set for a vendor or a product")] * 2
    for row in TaxTreatment.objects.all():
        assert client.post(reverse("backoffice:treatment_drop", args=[row.pk]))["Location"] == PAGE
    assert TaxTreatment.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"vendor": ""}, "vendor"),
        ({"source": " "}, "source"),
        ({"activity": "gambling"}, "activity"),
        ({"valid_from": "khi nào"}, "valid_from"),
        ({"vendor": "cooperative"}, "__all__"),
    ],
    ids=str,
)
def test_rates_that_cannot_be_are_refused(wrong: dict[str, str], field: str) -> None:
    make_vendor(slug="household", producer_type="household")
    make_vendor(slug="cooperative")
    given = {"vendor": "household", "activity": "goods", "source": "Công văn 7", "valid_from": "2026-01-15"}
    page = desk().post(TREAT, {**given, **wrong})
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert TaxTreatment.objects.count() == 0


def test_one_and_thirty_cost_the_same() -> None:
    client = desk()

    def cost() -> tuple[int, int, int]:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(PAGE)
        return len(page.context["rules"]), len(page.context["page"]), len(queries)

    def fill() -> None:
        product = make_product(vendor=make_vendor(producer_type="household"))
        make_rule(vendor=product.listing.vendor, category=product.categories.get(), product=product)
        make_treatment(product.listing.vendor, product=product)

    fill()
    one = cost()
    for _more in range(29):
        fill()
    thirty = cost()
    assert (one[:2], thirty[:2]) == ((1, 1), (30, 30))
    assert thirty[2] <= one[2] <= MOST
