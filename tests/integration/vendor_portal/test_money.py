"""The vendor's money as its people use it: pages, files, and a bank account that changes with password and link."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.jobs.models import Job
from apps.jobs.registry import handler_of
from apps.kernel.clock import now, today
from apps.kernel.money import dong
from apps.notifications.models import Notification
from apps.payments.services.refunds import refund_amount
from apps.payouts.models import BankAccount
from apps.payouts.selectors import current_account, waiting_account
from apps.payouts.services.runs import drop
from apps.payouts.services.sending import fail
from apps.payouts.states import BankAccountState
from apps.vendors.models import Vendor
from apps.vendors.states import Role
from tests.factories.catalogue import make_product
from tests.factories.payments import SYSTEM, bring, complete, make_transfer_order, parts_of, pay, share_of
from tests.factories.payouts import make_account, make_run, make_sent, owe
from tests.factories.people import confirm, sign_in
from tests.factories.vendors import make_member, make_vendor

pytestmark = pytest.mark.django_db
MONEY, ORDERS, STATEMENTS, BANK = (
    "/ban-hang/tien/",
    "/ban-hang/tien/don-hang/",
    "/ban-hang/tien/sao-ke/",
    "/ban-hang/tien/tai-khoan/",
)
CHANGE = f"{BANK}doi/"
ACCOUNT = {"bank_bin": "970405", "number": "1500 205 123456", "holder": "Nguyễn Thị Lan"}
MOST = 26


def member_of(vendor: Vendor, role: str = Role.FINANCE) -> Client:
    client = Client()
    client.force_login(make_member(vendor, role))
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def sold(vendor: Vendor) -> None:
    """An order in which something went back; its money is due."""
    order = make_transfer_order(make_product(vendor=vendor, price=200_000, stock=9))
    pay(order)
    part = complete(bring(parts_of(order)[0]))
    refund_amount(share=share_of(part), amount=dong(1_000), reason="x", actor=SYSTEM)


def run_jobs(*kinds: str) -> None:
    """Carry out the jobs of these kinds, twice each: it must not matter."""
    for job in Job.objects.filter(kind__in=kinds).order_by("created_at"):
        for _ in range(2):
            handler_of(job.kind)(job.args)


def test_every_figure_is_on_the_page() -> None:
    vendor = make_vendor()
    make_account(vendor, number="190342207391")
    owe(vendor, 300_000)
    make_run(vendor)
    owe(vendor, 1_234_567)
    order = make_transfer_order(make_product(vendor=vendor, price=200_000, stock=9))
    pay(order)
    part = bring(parts_of(order)[0])
    page = text(member_of(vendor), MONEY)
    wanted = [dong(amount).format() for amount in (1_234_567, 300_000, part.total_amount)]
    assert [word for word in (*wanted, "••• 7391", part.number) if word not in page] == []


@pytest.mark.parametrize(
    ("fields", "amount", "words"),
    [
        (None, 500_000, "Tell us your bank account"),
        ({"hold_until": dt.datetime(2099, 1, 1, 5, tzinfo=dt.UTC)}, 500_000, "01/01/2099, 12:00"),
        ({"state": BankAccountState.BAD}, 500_000, "The last payout came back"),
        ({}, 50_000, "carried to the next payout"),
        ({}, -50_000, "You owe the market 50.000\u00a0₫"),
        ({}, 500_000, "with the next payout"),
        ({}, 0, "7 days after the shopper has the parcel"),
    ],
)
def test_plain_words_say_what_becomes_of_it(fields: dict[str, object] | None, amount: int, words: str) -> None:
    vendor = make_vendor()
    if fields is not None:
        make_account(vendor, **fields)
    if amount:
        owe(vendor, amount)
    assert words in text(member_of(vendor), f"/en{MONEY}")


def test_a_statement_is_there_on_screen_and_as_files() -> None:
    vendor = make_vendor()
    make_account(vendor)
    sold(vendor)
    payout = make_sent(vendor)
    client = member_of(vendor)
    page = text(client, f"{STATEMENTS}{payout.pk}/")
    wanted = (payout.number, dong(payout.amount).format(), dong(-1_000).format())
    assert [word for word in wanted if word not in page] == []
    for path in (f"{STATEMENTS}{payout.pk}/", f"/ban-hang/tien/thang/{today():%Y-%m}/"):
        pdf, xlsx = client.get(f"{path}pdf/"), client.get(f"{path}xlsx/")
        assert (pdf.content[:5], xlsx.content[:2]) == (b"%PDF-", b"PK")
        assert (pdf["Cache-Control"], "attachment" in xlsx["Content-Disposition"]) == ("private, no-store", True)
        assert client.get(f"{path}exe/").status_code == 404
    assert payout.number in text(client, STATEMENTS)
    assert f"/tien/thang/{today():%Y-%m}/" in text(client, STATEMENTS)


@pytest.mark.parametrize("path", ["thang/2026-13/", "thang/x/", "thue/1900/"])
def test_times_that_never_were_are_no_pages(path: str) -> None:
    assert member_of(make_vendor()).get(f"{MONEY}{path}").status_code == 404


def test_a_payout_that_failed_says_why() -> None:
    vendor = make_vendor()
    make_account(vendor)
    owe(vendor, 500_000)
    payout = make_sent(vendor)
    fail(payout=payout, reason="Sai số tài khoản", account_is_bad=True, actor=SYSTEM)
    client = member_of(vendor)
    page = text(client, f"{STATEMENTS}{payout.pk}/")
    drop(payout=payout, reason="Chờ tài khoản mới", actor=SYSTEM)
    assert "Sai số tài khoản" in page
    assert "Chờ tài khoản mới" in text(client, f"{STATEMENTS}{payout.pk}/")


def test_a_bank_account_changes_with_the_password_and_the_link() -> None:
    vendor = make_vendor()
    old = make_account(vendor)
    person, other = make_member(vendor, Role.FINANCE), make_member(vendor, Role.OWNER)
    stale = Client()
    stale.force_login(person)
    assert "reauthenticate" in stale.get(CHANGE)["Location"]
    assert "reauthenticate" in stale.post(CHANGE, ACCOUNT)["Location"]
    client = confirm(sign_in(Client(), person))
    assert client.get(CHANGE).status_code == 200
    assert client.post(CHANGE, ACCOUNT)["Location"] == BANK
    assert current_account(vendor=vendor) == old
    run_jobs("bank_account.proposed")
    (letter,) = mail.outbox
    assert letter.to == [vendor.email]
    link = re.findall(r"http://[^/]+(/\S+xac-nhan/\S+)", str(letter.body))[0]
    assert client.get(link).status_code == 200
    assert waiting_account(vendor=vendor) is not None
    assert client.post(link)["Location"] == BANK
    account = current_account(vendor=vendor)
    assert account is not None
    assert (account.number, account.holder, waiting_account(vendor=vendor)) == ("1500205123456", "NGUYEN THI LAN", None)
    run_jobs("bank_account.confirmed")
    news = Notification.objects.filter(event="bank_account.confirmed", user__isnull=False)
    assert sorted(news.values_list("user_id", flat=True)) == sorted([person.pk, other.pk])
    assert "xac-nhan" not in str(mail.outbox[1].body)
    assert client.post(link)["Location"] == BANK
    withdraw = reverse("vendor_portal:bank_withdraw", args=[account.pk])
    assert f'action="{withdraw}"' in text(client, BANK)
    client.post(withdraw)
    assert current_account(vendor=vendor) == old
    run_jobs("bank_account.withdrawn")
    assert len(mail.outbox) == 3


@pytest.mark.parametrize("wrong", [{"bank_bin": ""}, {"number": "12"}, {"holder": ""}, {"holder": "=1"}])
def test_what_is_no_account_is_told_beside_its_field(wrong: dict[str, str]) -> None:
    vendor = make_vendor()
    client = confirm(sign_in(Client(), make_member(vendor, Role.FINANCE)))
    answer = client.post(CHANGE, {**ACCOUNT, **wrong})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, list(wrong))
    assert BankAccount.objects.count() == 0


def test_the_link_of_another_vendor_confirms_nothing() -> None:
    account = make_account(make_vendor(), state=BankAccountState.PROPOSED, confirmed_at=None, hold_until=None)
    from apps.payouts.services.accounts import link_of

    client = member_of(make_vendor())
    assert client.post(reverse("vendor_portal:bank_confirm", args=[link_of(account)]))["Location"] == BANK
    account.refresh_from_db()
    assert account.state == BankAccountState.PROPOSED


def test_the_vendor_hears_of_money_that_is_on_its_way_and_of_money_that_came_back() -> None:
    vendor = make_vendor(language="en")
    make_account(vendor)
    owe(vendor, 500_000)
    finance, orders = make_member(vendor, Role.FINANCE), make_member(vendor, Role.ORDERS)
    payout = make_sent(vendor)
    run_jobs("payout.sent")
    fail(payout=payout, reason="Closed account", account_is_bad=False, actor=SYSTEM)
    run_jobs("payout.failed")
    subjects = [letter.subject for letter in mail.outbox]
    assert subjects == ["500.000 ₫ is on its way to you", f"Payout {payout.number} came back"]
    assert ["Closed account" in str(letter.body) for letter in mail.outbox] == [False, True]
    assert f"/en{STATEMENTS}{payout.pk}/" in str(mail.outbox[0].body)
    told = Notification.objects.filter(event__startswith="payout.", user__isnull=False)
    assert set(told.values_list("user_id", flat=True)) == {finance.pk}
    assert orders.notices.count() == 0


def cost(client: Client, path: str) -> tuple[int, int]:
    """Rows and queries of a page; the first visit notes in the session that it is used."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(path)
    assert page.status_code == 200
    return len(page.context["rows"]), len(queries)


def test_one_and_thirty_cost_the_same() -> None:
    vendor = make_vendor()
    make_account(vendor)
    client = member_of(vendor)
    pages = (ORDERS, f"/ban-hang/tien/thang/{today():%Y-%m}/", f"/ban-hang/tien/thue/{now().year}/", MONEY)
    sold(vendor)
    first = make_run(vendor).payouts.get()
    before = [cost(client, path) for path in (*pages[:-1], STATEMENTS, f"{STATEMENTS}{first.pk}/")]
    with CaptureQueriesContext(connection) as one:
        client.get(MONEY)
    for _ in range(29):
        sold(vendor)
        last = make_run(vendor).payouts.get()
    after = [cost(client, path) for path in (*pages[:-1], STATEMENTS, f"{STATEMENTS}{last.pk}/")]
    with CaptureQueriesContext(connection) as thirty:
        client.get(MONEY)
    assert [rows for rows, _ in before] == [1, 3, 1, 1, 2]
    assert [rows for rows, _ in after] == [30, 90, 1, 30, 2]
    assert [many <= few <= MOST for (_, few), (_, many) in zip(before, after, strict=True)] == [True] * 5
    assert len(thirty) <= len(one) <= MOST
