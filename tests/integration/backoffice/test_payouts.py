"""Payouts, ledger and taxes at the desk: every step by the right person, files, and what a page costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.kernel.actor import Actor
from apps.kernel.clock import today
from apps.kernel.money import dong
from apps.ledger.models import Account, Entry
from apps.payouts.models import Payout, PayoutRun
from apps.payouts.services.runs import prepare
from apps.payouts.states import BankAccountState, PayoutState, RunState
from tests.factories.catalogue import make_product
from tests.factories.payments import bring, complete, make_transfer_order, parts_of, pay
from tests.factories.payouts import (
    make_account,
    make_approved,
    make_payee,
    make_run,
    make_sent,
    make_stripe_account,
    owe,
)
from tests.factories.people import make_admin
from tests.factories.vendors import make_vendor
from tests.integration.backoffice.desk import MEANWHILE, desk, last_event, second_admin, told

pytestmark = pytest.mark.django_db
RUNS, LEDGER, TAXES = "/quan-tri/chi-tra/", "/quan-tri/so-cai/", "/quan-tri/thue/"
MOST = 22


def actor(user: User) -> Actor:
    return Actor.person(user.pk)


def run_page(run: PayoutRun) -> str:
    return reverse("backoffice:payout_run", args=[run.pk])


def payout_page(payout: Payout) -> str:
    return reverse("backoffice:payout", args=[payout.pk])


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_run_from_the_button_to_the_bank_and_back() -> None:
    one, two = make_admin(), second_admin()
    ready, held = make_payee(1_234_567), make_vendor()
    make_account(held, state=BankAccountState.BAD)
    owe(held, 200_000)
    first, second = desk(one), desk(two)
    page = text(first, RUNS)
    assert [word for word in (dong(1_234_567).format(), ready.name, held.name) if word not in page] == []
    first.post(RUNS)
    run = PayoutRun.objects.get()
    assert 'value="approve"' not in text(first, run_page(run))
    first.post(run_page(run), {"act": "approve"})
    assert PayoutRun.objects.get().state == RunState.CHECKED
    assert 'value="approve"' in text(second, run_page(run))
    second.post(run_page(run), {"act": "approve"})
    assert last_event(run) == ("payoutrun.approved", two.pk, "")
    file = second.post(reverse("backoffice:payout_file", args=[run.pk]))
    payout = Payout.objects.get()
    assert (file["Content-Type"], payout.number in file.content.decode()) == ("text/csv; charset=utf-8", True)
    assert second.post(run_page(run), {"act": "confirm", "reference": ""}).status_code == 422
    second.post(run_page(run), {"act": "confirm", "reference": "FT1"})
    payout.refresh_from_db()
    assert (payout.state, payout.reference, "FT1" in text(first, run_page(run))) == (PayoutState.PAID, "FT1", True)
    nothing = second.post(reverse("backoffice:payout_file", args=[run.pk]))
    assert (nothing.status_code, told(nothing)[-1]) == (302, _("Nothing can be paid out now."))


def test_a_run_of_the_schedule_is_checked_before_it_is_approved() -> None:
    one = make_admin()
    make_payee()
    run = prepare(actor=Actor.system(), due_on=today())
    client = desk(one)
    client.post(run_page(run), {"act": "check"})
    run.refresh_from_db()
    assert (run.state, run.checked_by) == (RunState.CHECKED, one)
    again = client.post(run_page(run), {"act": "check"})
    assert told(again)[-1] == _(MEANWHILE)


def test_a_payout_comes_back_and_goes_out_again_or_is_dropped() -> None:
    client, payout = desk(), make_sent()
    assert client.post(payout_page(payout), {"act": "fail", "reason": ""}).status_code == 422
    client.post(payout_page(payout), {"act": "fail", "reason": "Sai tên", "account_is_bad": "on"})
    payout.refresh_from_db()
    assert (payout.state, payout.bank_account and payout.bank_account.state) == ("failed", "bad")
    assert "Sai tên" in text(client, payout_page(payout))
    client.post(payout_page(payout), {"act": "retry"})
    client.post(payout_page(payout), {"act": "drop", "reason": "Chờ tài khoản mới"})
    payout.refresh_from_db()
    assert (payout.state, payout.state_reason) == ("dropped", "Chờ tài khoản mới")
    late = client.post(payout_page(payout), {"act": "confirm", "reference": "FT1"})
    assert told(late)[-1] == _(MEANWHILE)


def test_what_stripe_sends_nobody_confirms_by_hand() -> None:
    client, payout = desk(), make_sent()
    at_stripe = make_stripe_account(payout.vendor, account_id="acct_1A2B3C4D")
    Payout.objects.update(provider="stripe", stripe_account=at_stripe)
    page = text(client, payout_page(payout))
    assert ("Stripe ••• 3C4D" in page, 'value="confirm"' in page, 'value="fail"' in page) == (True, False, False)
    for act in ({"act": "confirm", "reference": "FT1"}, {"act": "fail", "reason": "x"}):
        assert client.post(payout_page(payout), act).status_code == 404
    assert 'value="confirm"' not in text(client, run_page(payout.run))
    payout.refresh_from_db()
    assert payout.state == PayoutState.SENT


def test_a_run_is_dropped_with_a_reason() -> None:
    client, run = desk(), make_run()
    assert client.post(run_page(run), {"act": "drop", "reason": ""}).status_code == 422
    client.post(run_page(run), {"act": "drop", "reason": "Sai kỳ"})
    run.refresh_from_db()
    assert (run.state, list(run.payouts.values_list("state", flat=True))) == ("dropped", ["dropped"])
    assert client.post(RUNS).status_code == 302


@pytest.mark.parametrize("act", ["", "confirm!", "pay"])
def test_nothing_else_can_be_done(act: str) -> None:
    client, payout = desk(), make_approved().payouts.get()
    assert client.post(payout_page(payout), {"act": act}).status_code == 404
    assert client.post(run_page(payout.run), {"act": act}).status_code == 404


def test_nothing_is_prepared_for_nobody() -> None:
    assert told(desk().post(RUNS)) == [_("Nothing can be paid out now.")]


def test_the_ledger_is_found_by_number_kind_and_account_and_adds_up() -> None:
    client = desk()
    order = make_transfer_order(make_product(price=200_000, stock=9))
    pay(order)
    part = complete(bring(parts_of(order)[0]))
    owe(part.vendor, 1)
    account = f"payable:{part.vendor_id}"

    def kinds(query: str) -> list[str]:
        return [entry.kind for entry in client.get(f"{LEDGER}?{query}").context["page"]]

    assert kinds("") == ["corrected", "released", "earned", "captured"]
    assert kinds(f"q={order.number.lower()}") == ["released", "earned", "captured"]
    assert kinds(f"q={part.number}") == ["released", "earned"]
    assert (kinds("loai=earned"), kinds(f"tai-khoan={account}")) == (["earned"], ["corrected", "released"])
    assert (kinds("q=khong-co"), kinds("loai=khong-co")) == ([], kinds(""))
    entry = Entry.objects.get(kind="earned")
    page = text(client, f"{LEDGER}{entry.pk}/")
    assert [word for word in (entry.key, part.number, dong(part.total_amount).format()) if word not in page] == []
    assert client.get(f"{LEDGER}?kiem-tra=1").context["faults"] == []
    Account.objects.filter(code=account).update(balance=0)
    assert len(client.get(f"{LEDGER}?kiem-tra=1").context["faults"]) == 1


def test_taxes_of_a_month_and_of_a_year() -> None:
    client = desk()
    order = make_transfer_order(make_product(price=200_000, stock=9))
    pay(order)
    part = bring(parts_of(order)[0])
    page = text(client, TAXES)
    assert [
        word for word in (part.vendor.name, part.vendor.tax_code, dong(part.total_amount).format()) if word not in page
    ] == []
    month = f"{today():%Y-%m}"
    csv, xlsx = (client.get(f"{TAXES}{month}/{form}/") for form in ("csv", "xlsx"))
    assert (part.vendor.tax_code in csv.content.decode(), xlsx.content[:2]) == (True, b"PK")
    certificate = f"/quan-tri/nha-ban/{part.vendor_id}/thue/{today().year}/"
    assert dong(part.total_amount).format() in text(client, certificate)
    for path in (f"{TAXES}{month}/exe/", f"{TAXES}2026-13/csv/", f"{TAXES}?thang=x", certificate.replace("/20", "/10")):
        assert client.get(path).status_code == 404


def cost(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_one_and_thirty_cost_the_same() -> None:
    client = desk()
    small = make_run(make_payee())
    make_payee()
    before = [cost(client, path) for path in (RUNS, run_page(small), LEDGER, TAXES)]
    for _turn in range(29):
        owe(small.payouts.get().vendor, 500_000)
        make_run()
    large = [make_payee() for _ in range(30)]
    run = make_run(*large)
    [make_payee() for _ in range(29)]
    after = [cost(client, path) for path in (RUNS, run_page(run), LEDGER, TAXES)]
    page = client.get(RUNS).context
    assert (len(page["page"]), len(page["due_page"]), run.payouts.count() > 29) == (30, 29, True)
    assert [many <= few <= MOST for few, many in zip(before, after, strict=True)] == [True] * 4
