"""The backoffice as admins use it: what waits, the decisions, suspensions, and who stays outside."""

import re
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pytest_django import Settings

from apps.backoffice.urls import urlpatterns
from apps.jobs import worker
from apps.jobs.models import AuditEvent, Job
from apps.kernel.clock import now
from apps.provenance.selectors import valid_certificates
from apps.shop.catalogue.selectors import on_sale
from tests.factories import shop
from tests.factories.catalogue import make_certificate, make_product
from tests.factories.people import make_admin, make_user
from tests.factories.sales import make_order, part_of
from tests.factories.vendors import make_member, make_vendor
from tests.integration.backoffice.desk import (
    CASES,
    MEANWHILE,
    REASON,
    desk,
    last_event,
    page_of,
    second_admin,
    told,
    waiting_for,
)

pytestmark = pytest.mark.django_db
QUEUE = "/quan-tri/"
each_kind = pytest.mark.parametrize("kind", CASES)


def test_the_queue_has_the_oldest_case_first_whatever_its_kind() -> None:
    order = (("listing", 5), ("vendor", 4), ("certificate", 3.5), ("vendor", 2), ("listing", 1), ("certificate", 0.5))
    rows = {days: waiting_for(kind, days) for kind, days in reversed(order)}
    page = desk().get(QUEUE)
    cases = page.context["cases"]
    assert [(case.kind, case.url) for case in cases] == [(kind, page_of(kind, rows[days])) for kind, days in order]
    assert [case.late for case in cases] == [True, True, True, False, False, False]
    text = page.content.decode()
    places = [text.index(f'href="{case.url}"') for case in cases]
    assert places == sorted(places)


def test_an_empty_queue_says_so() -> None:
    assert _("Nothing is waiting") in desk().get(QUEUE).content.decode()


@each_kind
def test_approving_is_done_by_the_admin_and_leads_to_the_oldest_that_is_left(kind: str) -> None:
    row, left, admin = waiting_for(kind, 2), waiting_for("vendor", 1), make_admin()
    answer = desk(admin).post(page_of(kind, row), {"decision": "approve"})
    row.refresh_from_db()
    assert (answer["Location"], row.state) == (page_of("vendor", left), CASES[kind].approved)
    assert last_event(row) == (f"{kind}.{CASES[kind].approved}", admin.pk, "")
    desk(admin).post(page_of("vendor", left), {"decision": "approve"})
    assert desk(admin).post(page_of("vendor", waiting_for("vendor", 1)), {"decision": "approve"})["Location"] == QUEUE


@each_kind
def test_sending_back_needs_a_reason_and_keeps_the_form(kind: str) -> None:
    row, client = waiting_for(kind, 2), desk()
    for reason in ("", "  \n "):
        page = client.post(page_of(kind, row), {"decision": "reject", "reason": reason})
        assert page.status_code == 422
        assert page.context["form"].errors == {"reason": [_("Say why, so that the vendor knows what to change.")]}
        text = page.content.decode()
        assert _("Say why, so that the vendor knows what to change.") in text
        assert 'name="reason"' in text
    assert client.post(page_of(kind, row), {"reason": REASON}).status_code == 422
    assert REASON in client.post(page_of(kind, row), {"reason": REASON}).content.decode()
    before = row.state
    row.refresh_from_db()
    assert row.state == before


@each_kind
def test_a_reason_reaches_the_record_the_row_and_the_vendor(kind: str) -> None:
    row, admin = waiting_for(kind, 2), make_admin()
    answer = desk(admin).post(page_of(kind, row), {"decision": "reject", "reason": REASON})
    assert (answer.status_code, answer["Location"]) == (302, QUEUE)
    assert told(answer) == [_("Sent back; the vendor gets a mail.")]
    row.refresh_from_db()
    assert (row.state, row.state_reason) == (CASES[kind].rejected, REASON)
    assert last_event(row) == (CASES[kind].refusal, admin.pk, REASON)
    Job.objects.exclude(kind=f"{kind}.decided").delete()
    assert worker.run_all() >= 1
    vendor = row if kind == "vendor" else row.vendor
    assert mail.outbox[-1].to == [vendor.email]
    assert REASON in mail.outbox[-1].body


@each_kind
@pytest.mark.parametrize("first", ["approve", "reject"])
def test_who_decides_second_is_told_and_changes_nothing(kind: str, first: str) -> None:
    row, one, two = waiting_for(kind, 2), desk(), desk(second_admin())
    assert two.get(page_of(kind, row)).status_code == 200
    one.post(page_of(kind, row), {"decision": first, "reason": REASON})
    row.refresh_from_db()
    state, events, jobs = row.state, AuditEvent.objects.count(), Job.objects.count()
    for decision in ("approve", "reject"):
        answer = two.post(page_of(kind, row), {"decision": decision, "reason": "Lý do khác."})
        assert (answer.status_code, answer["Location"]) == (302, page_of(kind, row))
        assert told(answer)[-1] == _(MEANWHILE)
    row.refresh_from_db()
    assert (row.state, AuditEvent.objects.count(), Job.objects.count()) == (state, events, jobs)
    assert 'name="decision"' not in two.get(page_of(kind, row)).content.decode()


@each_kind
def test_what_was_sent_in_anew_is_not_approved_unread(kind: str) -> None:
    row, client = waiting_for(kind, 2), desk()
    seen = _seen(client, page_of(kind, row))
    type(row).objects.filter(pk=row.pk).update(**{CASES[kind].since: now()})
    answer = client.post(page_of(kind, row), {"decision": "approve", "seen": seen})
    assert told(answer) == [_(MEANWHILE)]
    state = row.state
    row.refresh_from_db()
    assert row.state == state
    client.post(page_of(kind, row), {"decision": "approve", "seen": _seen(client, page_of(kind, row))})
    row.refresh_from_db()
    assert row.state == CASES[kind].approved


def _seen(client: Client, path: str) -> str:
    """The moment that the form of a case carries."""
    found = re.search(r'name="seen" value="([^"]+)"', client.get(path).content.decode())
    assert found is not None
    return found[1]


def test_goods_of_a_vendor_that_may_not_sell_are_not_published() -> None:
    row = shop.submitted(shop.applicant())
    answer = desk().post(page_of("listing", row), {"decision": "approve"})
    assert told(answer) == [_("The vendor is not approved to sell right now.")]
    row.refresh_from_db()
    assert row.state == "submitted"


def test_a_suspension_shows_its_effect_and_reaches_shop_orders_and_vendor() -> None:
    vendor, other = make_vendor("HTX Cái Rồng"), make_product()
    goods = [make_product(vendor=vendor) for _ in range(3)]
    part = part_of(make_order(goods[0]), goods[0])
    Job.objects.all().delete()
    client, admin = desk(), make_admin()
    url = reverse("backoffice:vendor_suspend", args=[vendor.pk])
    page = client.get(url)
    assert page.context["effect"] == {"goods": 3, "orders": 1}
    effect = ngettext(
        "%(n)s product leaves the shop and all baskets.", "%(n)s products leave the shop and all baskets.", 3
    )
    assert effect % {"n": 3} in page.content.decode()
    refused = client.post(url, {"reason": " "})
    assert (refused.status_code, 'id="id_reason"' in refused.content.decode()) == (422, True)
    assert set(on_sale().values_list("pk", flat=True)) == {other.pk, *(product.pk for product in goods)}
    answer = desk(admin).post(url, {"reason": REASON})
    assert answer["Location"] == reverse("backoffice:vendor", args=[vendor.pk])
    assert told(answer) == [_("%(name)s is suspended; its goods left the shop.") % {"name": vendor.name}]
    assert list(on_sale().values_list("pk", flat=True)) == [other.pk]
    part.refresh_from_db()
    assert part.state == "placed"
    assert last_event(vendor) == ("vendor.suspended", admin.pk, REASON)
    worker.run_all()
    assert [(sent.to, REASON in sent.body) for sent in mail.outbox] == [([vendor.email], True)]
    assert REASON in client.get(reverse("backoffice:vendor", args=[vendor.pk])).content.decode()


def test_suspending_or_lifting_twice_is_told_and_changes_nothing() -> None:
    vendor, client = make_vendor(), desk()
    suspend = reverse("backoffice:vendor_suspend", args=[vendor.pk])
    lift = reverse("backoffice:vendor_lift", args=[vendor.pk])
    assert told(client.post(lift))[-1] == _(MEANWHILE)
    client.post(suspend, {"reason": REASON})
    assert told(client.post(suspend, {"reason": "Lý do khác."}))[-1] == _(MEANWHILE)
    vendor.refresh_from_db()
    assert (vendor.state, vendor.state_reason) == ("suspended", REASON)
    assert AuditEvent.objects.filter(object_id=str(vendor.pk), verb__startswith="vendor.").count() == 1


def test_lifting_a_suspension_brings_the_goods_back() -> None:
    vendor, admin = make_vendor("HTX Cái Rồng"), make_admin()
    product = make_product(vendor=vendor)
    client = desk(admin)
    client.post(reverse("backoffice:vendor_suspend", args=[vendor.pk]), {"reason": REASON})
    answer = client.post(reverse("backoffice:vendor_lift", args=[vendor.pk]))
    assert told(answer)[-1] == _("%(name)s sells again.") % {"name": vendor.name}
    assert list(on_sale()) == [product]
    assert last_event(vendor) == ("vendor.approved", admin.pk, "")
    worker.run_all()
    subjects = [_(words) % {"name": vendor.name} for words in ("%(name)s is suspended", "%(name)s sells again")]
    assert [sent.subject for sent in mail.outbox] == subjects


@pytest.mark.parametrize("text", ["rồng", "CÁI RỒNG", "cai rong", "5799900019", "0912 345 670", "rong@example.test"])
def test_the_register_finds_a_vendor_by_name_tax_code_phone_and_mail(text: str) -> None:
    wanted = make_vendor(
        "HTX Cái Rồng", slug="htx-cai-rong", tax_code="5799900019", phone="+84912345670", email="rong@example.test"
    )
    make_vendor("HTX Đại Ngàn", phone="+84912345679")
    assert list(desk().get("/quan-tri/nha-ban/", {"q": text}).context["page"]) == [wanted]


def test_a_digit_in_a_name_finds_no_phone_numbers() -> None:
    wanted = make_vendor("Tổ hợp tác số 8", slug="to-hop-tac-so-8")
    make_vendor("HTX Đại Ngàn", slug="htx-dai-ngan", phone="+84912345678")
    assert list(desk().get("/quan-tri/nha-ban/", {"q": "số 8"}).context["page"]) == [wanted]


def test_the_register_filters_by_state() -> None:
    suspended = make_vendor(state="suspended")
    make_vendor()
    assert list(desk().get("/quan-tri/nha-ban/?trang-thai=suspended").context["page"]) == [suspended]
    assert desk().get("/quan-tri/nha-ban/?trang-thai=khong-co").context["page"].paginator.count == 2


def test_a_verified_certificate_is_revoked_with_a_reason() -> None:
    certificate, admin = make_certificate(make_product()), make_admin()
    client, url = desk(admin), reverse("backoffice:certificate_revoke", args=[certificate.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": " "}).status_code == 422
    assert list(valid_certificates([certificate.product_id])) == [certificate.product_id]
    answer = client.post(url, {"reason": REASON})
    assert answer["Location"] == page_of("certificate", certificate)
    assert valid_certificates([certificate.product_id]) == {}
    assert last_event(certificate) == ("certificate.revoked", admin.pk, REASON)
    assert told(client.post(url, {"reason": "Lý do khác."}))[-1] == _(MEANWHILE)
    certificate.refresh_from_db()
    assert (certificate.state, certificate.state_reason) == ("revoked", REASON)


def test_papers_are_shown_but_never_run() -> None:
    vendor = shop.applicant()
    answer = desk().get(reverse("backoffice:paper", args=[vendor.papers.get().pk]))
    assert b"".join(answer.streaming_content) == shop.PDF
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_mail_is_read_only_in_the_demo_and_only_when_it_goes_to_files(settings: Settings, tmp_path: Path) -> None:
    client, url = desk(), reverse("backoffice:mail")
    assert client.get(url).status_code == 404
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", str(tmp_path)
    assert list(client.get(url).context["mails"]) == []
    client.post(page_of("vendor", waiting_for("vendor", 1)), {"decision": "reject", "reason": REASON})
    worker.run_all()
    page = client.get(url)
    assert [sorted(sent) for sent in page.context["mails"]] == [["date", "subject", "text", "to"]]
    assert REASON in page.content.decode()
    assert url in page.content.decode()
    settings.DEMO = False
    assert client.get(url).status_code == 404
    assert url not in client.get(QUEUE).content.decode()


def test_nobody_but_admins_gets_in(client: Client) -> None:
    paths = [
        reverse(f"backoffice:{name}", args=_arguments(str(route.pattern)))
        for route in urlpatterns
        for name in [route.name]
    ]
    assert len(paths) == 42
    for person in (make_user(), make_member(make_vendor())):
        client.force_login(person)
        assert [client.get(path).status_code for path in paths] == [403] * 42
        assert [client.post(path, {"decision": "approve"}).status_code for path in paths] == [403] * 42
    client.logout()
    assert {client.get(path)["Location"] for path in paths} == {
        f"{reverse('account_login')}?next={path}" for path in paths
    }


def _arguments(pattern: str) -> list[str]:
    """Something that fits the pattern of an address."""
    examples = {"uuid": "00000000-0000-0000-0000-000000000000", "id": "1", "str": "ABCDEFGH", "int": "2026"}
    return [examples[kind] for kind in re.findall(r"<(\w+):", pattern)]
