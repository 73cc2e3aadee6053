"""Admins give money back, and read disputes and the daily comparison."""

import datetime as dt

import pytest
from django.urls import reverse

from apps.kernel.clock import now, today
from apps.kernel.money import dong
from apps.ledger.books import AccountKind
from apps.ledger.selectors import balance
from apps.ordering.models import VendorOrder
from apps.payments.models import Dispute, Reconciliation, Refund
from tests.factories.catalogue import make_product
from tests.factories.payments import make_transfer_order, parts_of, pay, payment_of
from tests.integration.backoffice.desk import desk, last_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def part() -> VendorOrder:
    order = make_transfer_order((make_product(price=100_000), 2))
    pay(order)
    return parts_of(order)[0]


def page_of(part: VendorOrder) -> str:
    return reverse("backoffice:refund", args=[part.number])


def test_one_line_is_given_back(part: VendorOrder) -> None:
    line, client = part.lines.get(), desk()
    answer = client.post(page_of(part), {f"line-{line.pk}": "50.000 ₫", "delivery": "", "reason": "Vỡ một hộp"})
    assert answer["Location"] == reverse("backoffice:order", args=[part.order.number])
    made = Refund.objects.get()
    assert (made.amount, made.reason) == (50_000, "Vỡ một hộp")
    assert [(each.line_id, each.amount) for each in made.lines.all()] == [(line.pk, 50_000)]
    assert balance(AccountKind.REFUNDING) == dong(-50_000)
    assert last_event(made)[0] == "refund.decided"
    assert "Vỡ một hộp" in client.get(answer["Location"]).content.decode()


def test_everything_is_given_back(part: VendorOrder) -> None:
    desk().post(page_of(part), {"all": "1", "reason": "Hàng hỏng"})
    assert Refund.objects.get().amount == part.total_amount
    page = desk().get(page_of(part)).content.decode()
    assert 'name="all"' not in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"delivery": "abc", "reason": "x"}, "Write an amount in dong, such as 150.000."),
        ({"delivery": "9.000.000", "reason": "x"}, "That is more than what was paid and not given back yet."),
        ({"delivery": "1000"}, "Write the reason: the shopper reads it."),
        ({"reason": "x"}, "Choose what is to be given back."),
    ],
)
def test_wrong_amounts_are_explained_and_nothing_is_lost(part: VendorOrder, typed: dict[str, str], words: str) -> None:
    answer = desk().post("/en" + page_of(part), typed)
    text = answer.content.decode()
    assert (answer.status_code, words in text, Refund.objects.count()) == (422, True, 0)
    assert f'value="{typed.get("delivery", "")}"' in text


def test_what_was_never_paid_has_no_page() -> None:
    order = make_transfer_order(make_product())
    assert desk().get(page_of(parts_of(order)[0])).status_code == 404


def test_disputes_show_what_is_to_be_answered_first(part: VendorOrder) -> None:
    payment = payment_of(part.order)
    values = {"payment": payment, "amount": payment.amount, "reason": "fraudulent"}
    Dispute.objects.create(reference="du_1", state="lost", **values)
    Dispute.objects.create(reference="du_2", answer_by=now() + dt.timedelta(days=7), **values)
    page = desk().get(reverse("backoffice:disputes"))
    assert [each.reference for each in page.context["page"]] == ["du_2", "du_1"]


def test_the_daily_comparison_lists_differences() -> None:
    difference = {"number": "pi_1", "there": 5_000, "here": 0}
    Reconciliation.objects.create(provider="stripe", day=today(), compared=3, differences=[difference])
    text = desk().get(reverse("backoffice:reconciliations")).content.decode()
    assert "pi_1" in text
