"""Admins see what came to the bank, say which order it is for, send back what is too much, and send refunds."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.kernel.money import dong
from apps.ledger.books import AccountKind
from apps.ledger.models import Entry
from apps.ledger.selectors import balance
from apps.payments.models import BankTransfer, Refund
from apps.payments.services.refunds import refund_amount
from apps.payments.states import PaymentState, RefundState
from apps.shop.order.models import Order
from tests.factories.bank import come, said
from tests.factories.catalogue import make_product
from tests.factories.payments import SYSTEM, bring, make_transfer_order, parts_of, pay, payment_of, share_of
from tests.factories.people import make_admin
from tests.factories.sales import make_order
from tests.integration.backoffice.desk import MEANWHILE, desk, last_event, told

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/ngan-hang/"
REFUNDS = "/quan-tri/ngan-hang/hoan-tien/"


@pytest.fixture
def order() -> Order:
    return make_transfer_order((make_product(stock=10), 2))


def page_of(transfer: BankTransfer) -> str:
    return reverse("backoffice:transfer", args=[transfer.pk])


def test_transfers_are_listed_by_state_and_counted_in_the_rail(order: Order) -> None:
    unknown = come(5_000, "khong ro")
    partly = come(7_000, said(order))
    page = desk().get(LIST)
    assert list(page.context["page"]) == [unknown]
    assert page.context["bank_count"] == 1
    assert [(value, count) for value, _label, count in page.context["tabs"]] == [
        ("new", 1),
        ("matched", 1),
        ("return_due", 0),
        ("returned", 0),
    ]
    matched = desk().get(f"{LIST}?trang-thai=matched")
    assert list(matched.context["page"]) == [partly]
    assert [word in matched.content.decode() for word in (order.number, _("not the whole amount yet"))] == [True, True]
    assert list(desk().get(f"{LIST}?trang-thai=khong-co").context["page"]) == [unknown]


def test_an_admin_says_which_order_it_is_for(order: Order) -> None:
    transfer, admin = come(payment_of(order).amount, "khong ro"), make_admin()
    client = desk(admin)
    assert client.post(page_of(transfer), {"decision": "assign", "number": " "}).status_code == 422
    client.post(page_of(transfer), {"decision": "assign", "number": "ZZZZZZZZ"})
    assert payment_of(order).state == PaymentState.OPEN
    answer = client.post(page_of(transfer), {"decision": "assign", "number": order.number.lower()})
    assert (answer["Location"], payment_of(order).state) == (page_of(transfer), PaymentState.PAID)
    assert last_event(transfer) == ("banktransfer.matched", admin.pk, "")
    assert order.number in client.get(page_of(transfer)).content.decode()
    assert told(client.post(page_of(transfer), {"decision": "refuse"}))[-1] == _(MEANWHILE)


def test_money_for_no_order_goes_back_with_the_banks_reference() -> None:
    transfer, client = come(5_000), desk()
    client.post(page_of(transfer), {"decision": "refuse"})
    assert client.post(page_of(transfer), {"decision": "returned", "reference": " "}).status_code == 422
    client.post(page_of(transfer), {"decision": "returned", "reference": "FT-RA"})
    transfer.refresh_from_db()
    assert (transfer.state, balance(AccountKind.BANK)) == ("returned", dong(0))
    assert Entry.objects.get(kind="returned").memo == "FT-RA"
    page = client.get(page_of(transfer)).content.decode()
    assert 'name="decision"' not in page


def test_an_odd_decision_is_no_decision(order: Order) -> None:
    transfer = come(5_000)
    assert [desk().post(page_of(transfer), data).status_code for data in ({}, {"decision": "x"})] == [404, 404]
    assert desk().get(reverse("backoffice:transfer", args=[transfer.pk + 1])).status_code == 404


def refund_of(order: Order) -> Refund:
    return refund_amount(share=share_of(parts_of(order)[0]), amount=dong(10_000), reason="Vỡ một hộp", actor=SYSTEM)


def test_refunds_by_hand_are_confirmed_with_the_banks_reference(order: Order) -> None:
    pay(order)
    cash = make_order(make_product())
    bring(parts_of(cash)[0])
    first, second = refund_of(order), refund_of(cash)
    client = desk()
    page = client.get(REFUNDS)
    assert list(page.context["page"]) == [first, second]
    assert ["Vỡ một hộp" in page.content.decode(), page.context["bank_count"]] == [True, 2]
    client.post(reverse("backoffice:refund_sent", args=[first.pk]), {"reference": " "})
    assert Refund.objects.get(pk=first.pk).state == RefundState.CLAIMED
    client.post(reverse("backoffice:refund_sent", args=[first.pk]), {"reference": "FT-HT"})
    sent = Refund.objects.get(pk=first.pk)
    assert (sent.state, sent.reference, balance(AccountKind.BANK)) == (RefundState.PAID, "FT-HT", dong(-10_000))
    again = client.post(reverse("backoffice:refund_sent", args=[first.pk]), {"reference": "FT-HT"})
    assert (again.status_code, list(client.get(REFUNDS).context["page"])) == (404, [second])
