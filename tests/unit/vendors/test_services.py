"""Applying, deciding and suspending."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.private_files import private_storage
from apps.jobs.models import AuditEvent, Job
from apps.jobs.transitions import IllegalTransition
from apps.kernel.actor import Actor
from apps.listings.models import Listing
from apps.listings.services import pause_listing
from apps.shop.catalogue.models import Product
from apps.shop.partner.models import Partner, StockRecord
from apps.vendors.models import Membership, Vendor
from apps.vendors.papers import BadPaper, UploadedPaper
from apps.vendors.scoping import for_vendor
from apps.vendors.selectors import applications, membership_of, paper_of, vendor_of, vendor_page
from apps.vendors.services import (
    AlreadyVendor,
    PapersMissing,
    ReasonMissing,
    TaxCodeTaken,
    UnknownCommune,
    approve_vendor,
    lift_suspension,
    reject_vendor,
    suspend_vendor,
    update_profile,
)
from apps.vendors.states import VendorState
from tests.factories import shop
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def last_job() -> tuple[str, dict[str, object]]:
    job = Job.objects.order_by("-created_at").first()
    assert job is not None
    return job.kind, job.args


def test_application_creates_vendor_partner_owner_and_paper() -> None:
    person = make_user()
    vendor = shop.applicant(person, name="HTX Đại Ngàn Ba Chẽ", producer_type="cooperative", tax_code="5799900019")
    assert (vendor.state, vendor.slug, vendor.phone) == ("applied", "htx-dai-ngan-ba-che", "+84912345678")
    assert vendor.partner.name == "HTX Đại Ngàn Ba Chẽ"
    membership = membership_of(person.pk)
    assert membership is not None
    assert (membership.role, membership.vendor) == ("owner", vendor)
    stored = vendor.papers.get()
    assert (stored.name, stored.content_type, stored.size) == ("dang-ky.pdf", "application/pdf", len(shop.PDF))
    assert "dang-ky" not in stored.file.name
    with stored.file.open() as file:
        assert file.read() == shop.PDF
    event = AuditEvent.objects.get(verb="vendor.apply")
    assert (event.actor_id, event.object_id) == (person.pk, str(vendor.pk))


def test_two_vendors_of_one_name_get_two_addresses() -> None:
    names = [shop.applicant(name="HTX Quê Ta").slug for _ in range(3)]
    assert names == ["htx-que-ta", "htx-que-ta-2", "htx-que-ta-3"]


def test_a_refused_application_leaves_nothing_behind() -> None:
    shop.applicant(tax_code="5799900019")
    kept = Vendor.objects.count(), Partner.objects.count(), len(private_storage().listdir("papers")[0])
    with pytest.raises(TaxCodeTaken):
        shop.applicant(tax_code="5799900019")
    assert (Vendor.objects.count(), Partner.objects.count(), len(private_storage().listdir("papers")[0])) == kept
    with pytest.raises(PapersMissing):
        shop.applicant(papers=[])
    with pytest.raises(UnknownCommune):
        shop.applicant(commune_code="99999")
    with pytest.raises(BadPaper):
        shop.applicant(papers=[UploadedPaper("a.pdf", b"no pdf")])
    assert Vendor.objects.count() == 1


def test_one_person_applies_once() -> None:
    person = make_user()
    shop.applicant(person)
    with pytest.raises(AlreadyVendor):
        shop.applicant(person)


def test_rejected_vendor_applies_again_and_keeps_its_papers() -> None:
    person = make_user()
    vendor = shop.applicant(person, tax_code="5799900019")
    reject_vendor(vendor=vendor, actor=Actor.system(), reason="Giấy mờ, chụp lại.")
    kind, args = last_job()
    assert (kind, set(args)) == ("vendor.decided", {"vendor_id", "decision", "reason", "at"})
    assert (args["vendor_id"], args["decision"], args["reason"]) == (vendor.pk, "rejected", "Giấy mờ, chụp lại.")
    again = shop.applicant(person, tax_code="5799900026", papers=[])
    assert (again.pk, again.state, again.tax_code) == (vendor.pk, "applied", "5799900026")
    assert Membership.objects.count() == 1
    assert again.papers.count() == 1


def test_a_decision_needs_a_reason_when_it_hurts() -> None:
    vendor = shop.applicant()
    with pytest.raises(ReasonMissing):
        reject_vendor(vendor=vendor, actor=Actor.system(), reason="  ")
    assert Vendor.objects.get().state == VendorState.APPLIED


def test_approval_opens_stock_that_was_drafted_before() -> None:
    vendor = shop.applicant()
    shop.draft(vendor)
    assert StockRecord.objects.get().vendor_open is False
    approve_vendor(vendor=vendor, actor=Actor.system())
    assert StockRecord.objects.get().vendor_open is True
    with pytest.raises(IllegalTransition):
        approve_vendor(vendor=vendor, actor=Actor.system())


def test_suspension_closes_and_lifting_opens_without_touching_listings() -> None:
    vendor, other = shop.vendor(), shop.vendor()
    sold, paused, foreign = shop.published(vendor), shop.published(vendor), shop.published(other)
    pause_listing(listing=paused, actor=Actor.system())

    def flags() -> list[tuple[bool, bool]]:
        records = {record.product_id: record for record in StockRecord.objects.all()}
        return [
            (records[row.product_id].vendor_open, records[row.product_id].listed) for row in (sold, paused, foreign)
        ]

    assert flags() == [(True, True), (True, False), (True, True)]
    suspend_vendor(vendor=vendor, actor=Actor.system(), reason="Khiếu nại chưa trả lời.")
    assert flags() == [(False, True), (False, False), (True, True)]
    assert last_job()[1]["decision"] == "suspended"
    lift_suspension(vendor=vendor, actor=Actor.system())
    assert flags() == [(True, True), (True, False), (True, True)]
    assert last_job()[1]["decision"] == "lifted"
    assert set(Product.objects.values_list("is_public", flat=True)) == {True}


def test_goods_drafted_while_suspended_stay_closed() -> None:
    vendor = shop.vendor()
    suspend_vendor(vendor=vendor, actor=Actor.system(), reason="Giấy hết hạn.")
    shop.draft(vendor)
    assert StockRecord.objects.get().vendor_open is False


def test_queue_is_oldest_first_and_bounded() -> None:
    waiting = [shop.applicant() for _ in range(3)]
    shop.vendor()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = [(vendor.pk, vendor.commune.province.name, len(vendor.papers.all())) for vendor in applications()]
    assert found == [(vendor.pk, "Quảng Ninh", 1) for vendor in waiting]
    assert len(queries) == 2


def test_shoppers_see_approved_vendors_only() -> None:
    vendor = shop.vendor()
    assert vendor_page(vendor.slug) == vendor
    suspend_vendor(vendor=vendor, actor=Actor.system(), reason="Giấy hết hạn.")
    with pytest.raises(Vendor.DoesNotExist):
        vendor_page(vendor.slug)


def test_profile_change_is_audited() -> None:
    vendor = shop.vendor()
    update_profile(
        vendor=vendor,
        actor=Actor.system(),
        about="Làm mắm ba đời.",
        phone="0987654321",
        email="a@b.test",
        street="Thôn 2",
    )
    event = AuditEvent.objects.get(verb="vendor.profile")
    # Which fields, not what was in them: the audit trail cannot forget.
    assert (event.before, event.after) == ({}, {"fields": ["about", "phone", "email", "street"]})


def test_scope_hands_out_own_rows_and_refuses_models_without_a_path() -> None:
    one, two = shop.vendor(), shop.vendor()
    mine = shop.draft(one)
    shop.draft(two)
    assert list(for_vendor(Listing.objects.all(), vendor=one)) == [mine]
    assert vendor_of(one.memberships.get().user_id) == one
    with pytest.raises(TypeError):
        for_vendor(Product.objects.all(), vendor=one)
    with pytest.raises(type(one.papers.get()).DoesNotExist):
        paper_of(vendor=two, paper_id=one.papers.get().pk)
