"""A copy of one's data, being forgotten, and saying yes or no, as a person does it in the browser."""

import datetime as dt
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.test import Client

from apps.accounts import erasure, personal_data
from apps.accounts.exports import ExportTooSoon, ask_for_export, make_export
from apps.accounts.models import Consent, DataExport, Erasure, User
from apps.accounts.policies import ERASURE_WAIT, EXPORT_KEPT, NOTICE_VERSION
from apps.accounts.private_files import private_storage
from apps.accounts.selectors import agrees
from apps.accounts.states import Purpose
from apps.jobs import worker
from apps.jobs.models import AuditEvent, Job
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.ordering.models import VendorOrder
from apps.shop.order.models import Order
from apps.vendors.models import Membership, Vendor
from tests.factories import shop
from tests.factories.catalogue import make_product
from tests.factories.people import PASSWORD, make_user
from tests.factories.sales import make_order
from tests.factories.vendors import make_member, make_vendor
from tests.integration.accounts.leaving import EMAIL, NAME, PHONE, STREET, found, live, signed_in, somebody

pytestmark = pytest.mark.django_db
DATA, ERASE = "/tai-khoan/du-lieu/", "/tai-khoan/du-lieu/xoa/"
SYSTEM = Actor.system()


@pytest.fixture(autouse=True)
def no_copies() -> None:
    """The copies of this test and of no other."""
    shutil.rmtree(private_storage().path("exports"), ignore_errors=True)


def later(wait: dt.timedelta) -> time_machine.travel:
    return time_machine.travel(now() + wait + dt.timedelta(minutes=1))


def asked(person: User) -> Erasure:
    return erasure.ask_for_erasure(user_id=person.pk, actor=Actor.person(person.pk))


def test_a_copy_holds_everything_and_can_be_fetched_for_a_week() -> None:
    person = somebody()
    live(person)
    client = signed_in(person)
    client.post(f"{DATA}ban-sao/")
    worker.run_all()
    letter = next(each for each in mail.outbox if each.subject == "Bản sao dữ liệu của bạn đã sẵn sàng")
    assert (letter.to, "/tai-khoan/du-lieu/" in letter.body) == ([EMAIL], True)
    assert person.notices.filter(event="privacy.export_ready").count() == 1
    export = DataExport.objects.get()
    link = f"{DATA}ban-sao/{export.pk}/"
    assert link in client.get(DATA).content.decode()
    answer = client.get(link)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/zip")
    assert "no-store" in answer.headers["Cache-Control"]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    data, page = json.loads(archive.read("data.json")), archive.read("index.html").decode()
    assert data["accounts.User"][0] | {"email": EMAIL, "full_name": NAME, "phone": PHONE} == data["accounts.User"][0]
    assert [len(data[name]) for name in ("order.Order", "ordering.VendorOrder", "address.UserAddress")] == [3, 3, 1]
    assert data["vendors.Vendor"][0]["name"] == f"Hộ {NAME}"
    assert [word in page for word in (NAME, EMAIL, STREET, "Sổ địa chỉ", "Đã giao")] == [True] * 4 + [False]
    assert "password" not in json.dumps(data)
    path = export.file.name
    with later(EXPORT_KEPT):
        worker.run_all()
        assert (DataExport.objects.get().state, private_storage().exists(path)) == ("expired", False)
        assert signed_in(person).get(link).status_code == 404


def test_every_entry_of_the_register_is_in_the_copy_in_the_persons_language() -> None:
    person = somebody()
    person.language = "en"
    person.save()
    live(person)
    ask_for_export(user_id=person.pk, actor=SYSTEM)
    worker.run_all()
    archive = zipfile.ZipFile(DataExport.objects.get().file.open("rb"))
    told = {entry.model._meta.label for entry in personal_data.entries() if entry.export}
    # What the shop does not write yet, or what this person has not done.
    assert told - json.loads(archive.read("data.json")).keys() == {
        "accounts.Erasure", "payouts.BankAccount", "payouts.Payout", "payouts.StripeAccount", "reviews.Vote",
        "voucher.VoucherApplication",
    }  # fmt: skip
    page = archive.read("index.html").decode()
    assert [word in page for word in ('<html lang="en">', "Address book", "Parts of orders")] == [True] * 3


def test_nobody_else_gets_the_copy_and_it_wants_a_fresh_password() -> None:
    person = somebody()
    ask_for_export(user_id=person.pk, actor=SYSTEM)
    worker.run_all()
    link = f"{DATA}ban-sao/{DataExport.objects.get().pk}/"
    stale = Client()
    stale.force_login(person)
    assert "/reauthenticate/" in stale.get(link).headers["Location"]
    assert signed_in(make_user()).get(link).status_code == 404


def test_one_copy_a_day_and_the_job_may_run_twice() -> None:
    person = somebody()
    export = ask_for_export(user_id=person.pk, actor=SYSTEM)
    with pytest.raises(ExportTooSoon):
        ask_for_export(user_id=person.pk, actor=SYSTEM)
    for _ in range(2):
        make_export(export_id=export.pk, actor=SYSTEM)
    assert len(list(Path(private_storage().path("exports")).rglob("*.zip"))) == 1
    assert Job.objects.filter(kind="privacy.export_ready").count() == 1
    with later(dt.timedelta(hours=24)):
        ask_for_export(user_id=person.pk, actor=SYSTEM)


def test_after_the_erasure_nothing_in_database_and_files_names_the_person() -> None:
    person = somebody()
    live(person)
    client = signed_in(person)
    client.post(f"{DATA}ban-sao/")
    worker.run_all()
    shown = found()
    assert {line.partition(":")[0] for line in shown} >= {
        "accounts_user", "account_emailaddress", "address_useraddress", "order_shippingaddress", "order_order",
        "ordering_vendororder", "vendors_vendor", "partner_partner", "reviews_productreview", "jobs_job",
        "django_admin_log", "django_session, opened", "file .zip",
    }  # fmt: skip
    answer = client.post(ERASE, {"sure": "yes"})
    assert answer.headers["Location"] == DATA
    with later(ERASURE_WAIT):
        worker.run_all()
        assert found() == []
        assert client.get(DATA).headers["Location"].startswith("/tai-khoan/login/")
        refused = Client().post("/tai-khoan/login/", {"login": EMAIL, "password": PASSWORD})
        assert refused.status_code == 200
    person.refresh_from_db()
    assert (person.is_active, person.email, person.get_full_name()) == (
        False, f"{person.pk}@erased.invalid", "Người dùng đã xoá",
    )  # fmt: skip
    assert Erasure.objects.get().state == "done"


def test_what_the_law_keeps_is_kept_to_the_dong() -> None:
    person = somebody()
    live(person)
    kept = ("number", "total_incl_tax", "date_placed", "status")
    before = list(Order.objects.order_by("pk").values_list(*kept))
    money = list(VendorOrder.objects.order_by("pk").values_list("number", "total_amount", "commune_name", "state"))
    trail = AuditEvent.objects.count()
    request = asked(person)
    erasure.erase(erasure_id=request.pk, actor=SYSTEM)
    assert list(Order.objects.order_by("pk").values_list(*kept)) == before
    assert (
        list(VendorOrder.objects.order_by("pk").values_list("number", "total_amount", "commune_name", "state")) == money
    )
    assert AuditEvent.objects.count() == trail + 2
    assert set(VendorOrder.objects.values_list("recipient_name", "recipient_phone")) == {("—", "")}
    # A second run finds nothing to do.
    erasure.erase(erasure_id=request.pk, actor=SYSTEM)
    assert AuditEvent.objects.count() == trail + 2


def test_somebody_elses_data_stays() -> None:
    person, product = somebody(), make_product()
    live(person)
    other = make_user("khac@example.test", full_name="Người Khác", phone="+84911111111")
    make_order(product, user_id=other.pk, name="Người Khác", email="khac@example.test")
    erasure.erase(erasure_id=asked(person).pk, actor=SYSTEM)
    words = ("khac@example.test", "Người Khác", "+84911111111")
    assert {line.partition(":")[0] for line in found(words)} == {
        "accounts_user", "order_order", "order_shippingaddress", "ordering_vendororder",
    }  # fmt: skip


def test_the_erasure_can_be_taken_back_until_it_is_due() -> None:
    person = somebody()
    client = signed_in(person)
    client.post(ERASE, {"sure": "yes"})
    worker.run_all()
    assert [letter.subject for letter in mail.outbox] == ["Tài khoản của bạn sẽ được xoá"]
    assert "Giữ lại tài khoản" in client.get(DATA).content.decode()
    client.post(f"{DATA}giu-lai/")
    with later(ERASURE_WAIT):
        worker.run_all()
    person.refresh_from_db()
    assert (Erasure.objects.get().state, person.email, person.is_active) == ("withdrawn", EMAIL, True)


def test_it_needs_the_box_and_a_fresh_password() -> None:
    person = somebody()
    assert signed_in(person).post(ERASE).status_code == 422
    stale = Client()
    stale.force_login(person)
    assert "/reauthenticate/" in stale.post(ERASE, {"sure": "yes"}).headers["Location"]
    assert Erasure.objects.count() == 0


def open_order(person: User) -> None:
    make_order(make_product(), user_id=person.pk)


def own_vendor(person: User) -> None:
    Membership.objects.create(vendor=make_vendor("Nhà Lò"), user=person, role="owner")


def work_here(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_staff=True)


@pytest.mark.parametrize(
    ("bind", "reason"),
    [(open_order, "Bạn còn đơn hàng"), (own_vendor, "Bạn là chủ gian hàng “Nhà Lò”"), (work_here, "làm việc cho sàn")],
)
def test_what_stands_against_it_is_said_at_once_and_again_when_it_is_due(bind: object, reason: str) -> None:
    person = somebody()
    waiting = asked(person)
    bind(person)  # type: ignore[operator]
    with pytest.raises(erasure.ErasureRefused, match=reason):
        asked(person)
    with later(ERASURE_WAIT):
        worker.run_all()
        waiting.refresh_from_db()
        assert (waiting.state, User.objects.get(pk=person.pk).email) == ("refused", EMAIL)
        assert mail.outbox[-1].subject == "Chưa xoá được tài khoản của bạn"
        page = signed_in(person).get(ERASE)
        assert (reason in page.content.decode(), 'name="sure"' in page.content.decode()) == (True, False)


def test_an_owner_beside_another_one_may_leave_and_the_vendor_stays_as_it_is() -> None:
    person, vendor = somebody(), make_vendor(email="htx@example.test")
    Membership.objects.create(vendor=vendor, user=person, role="owner")
    make_member(vendor)
    erasure.erase(erasure_id=asked(person).pk, actor=SYSTEM)
    kept = Vendor.objects.get(pk=vendor.pk)
    assert (kept.email, kept.phone, kept.memberships.count()) == ("htx@example.test", vendor.phone, 1)


def test_an_erased_person_gets_no_mail_and_no_news() -> None:
    person = somebody()
    live(person)
    erasure.erase(erasure_id=asked(person).pk, actor=SYSTEM)
    mail.outbox.clear()
    worker.run_all()
    assert [letter.to for letter in mail.outbox if "erased" in str(letter.to) or EMAIL in letter.to] == []
    # Late jobs of the orders may still write numbers into the list that nobody opens: nothing in it names anybody.
    assert found() == []


def test_without_one_entry_the_search_finds_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    person = somebody()
    live(person)
    others = tuple(entry for entry in personal_data.entries() if entry.model is not VendorOrder)
    monkeypatch.setattr(personal_data, "entries", lambda: others)
    erasure.erase(erasure_id=asked(person).pk, actor=SYSTEM)
    Job.objects.all().delete()
    assert {line.partition(":")[0] for line in found() if "file" not in line} == {"ordering_vendororder"}


def test_news_is_off_until_switched_on_and_every_word_is_logged() -> None:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    fields = {"full_name": NAME, "email": EMAIL, "password1": PASSWORD}
    client.post("/tai-khoan/signup/", fields)
    person = User.objects.get(email=EMAIL)
    assert (agrees(person.pk, Purpose.MARKETING), Consent.objects.count()) == (False, 0)
    for news in ("yes", "yes", "", "yes"):
        client.post(f"{DATA}dong-y/", {"news": news})
    log = Consent.objects.order_by("pk").values_list("given", "version", "language", "place")
    assert list(log) == [(given, NOTICE_VERSION, "vi", "account") for given in (True, False, True)]
    assert agrees(person.pk, Purpose.MARKETING)


def test_the_box_at_sign_up_is_empty_and_counts_when_ticked() -> None:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    assert "checked" not in client.get("/en/tai-khoan/signup/").content.decode().partition('name="news"')[2][:80]
    client.post("/en/tai-khoan/signup/", {"email": EMAIL, "password1": PASSWORD, "news": "on"})
    consent = Consent.objects.get()
    assert (consent.purpose, consent.given, consent.language, consent.place) == ("marketing", True, "en", "sign_up")


def test_an_application_logs_that_its_papers_may_be_checked() -> None:
    person = make_user()
    shop.applicant(person)
    assert Consent.objects.count() == 0
    other = make_user()
    shop.applicant(other, agreed=True)
    consent = Consent.objects.get()
    assert (consent.user_id, consent.purpose, consent.place) == (other.pk, "vendor_check", "application")


def test_admins_read_what_was_asked_in_words() -> None:
    from apps.backoffice.record import words_of  # beside the verbs that only this test makes

    verbs = ("erasure.asked", "export.asked", "consent.said", "erasure.done", "dataexport.ready")
    assert [bool(str(words_of(verb))) for verb in verbs] == [True] * len(verbs)
