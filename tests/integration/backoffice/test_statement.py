"""A statement is shown before it is taken in, and nothing of it is taken in twice."""

import pytest

from apps.backoffice.views import statement as view
from apps.jobs import worker
from apps.payments.models import BankTransfer
from apps.payments.states import PaymentState
from apps.payments.transfer_content import content_of
from tests.factories.bank import come
from tests.factories.catalogue import make_product
from tests.factories.payments import make_transfer_order, payment_of
from tests.factories.sheets import HEAD, csv_of, upload, xlsx_of
from tests.integration.backoffice.desk import desk, told

pytestmark = pytest.mark.django_db
URL = "/quan-tri/ngan-hang/sao-ke/"
DAY = "30/11/2026 10:15"


def test_a_statement_is_looked_at_then_taken_in() -> None:
    order, client = make_transfer_order((make_product(stock=2), 1)), desk()
    amount = payment_of(order).amount
    come(9_000, reference="FT2")
    data = csv_of(
        HEAD,
        (DAY, "FT1", "", amount, f"CT {content_of(order.number)}"),
        (DAY, "FT2", "", 9_000, "biet roi"),
        (DAY, "FT3", "", "95k", "x"),
        (DAY, "FT4", 5_000, "", "phi"),
    )
    page = client.post(URL, {"file": upload(data)})
    shown = page.context["statement"]
    assert ([number for _came, number in page.context["news"]], shown.known, shown.went) == ([order.number], 1, 1)
    assert [row.row for row in shown.bad] == [4]
    assert BankTransfer.objects.count() == 1
    answer = client.post(URL, {"rows": page.context["rows"]})
    assert (answer["Location"], len(told(answer))) == ("/quan-tri/ngan-hang/", 1)
    worker.run_all()
    transfer = BankTransfer.objects.get(reference="FT1")
    assert (transfer.source, transfer.state, payment_of(order).state) == ("statement", "matched", PaymentState.PAID)
    client.post(URL, {"rows": page.context["rows"]})
    assert BankTransfer.objects.count() == 2
    again = client.post(URL, {"file": upload(data)})
    assert (again.context["statement"].news, again.context["statement"].known, again.context["rows"]) == ([], 2, "")


def test_a_long_statement_is_taken_in_by_several_clicks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "AT_ONCE", 2)
    client = desk()
    rows = [(DAY, f"FT{number}", "", 1_000 + number, "x") for number in range(5)]
    page = client.post(URL, {"file": upload(xlsx_of(HEAD, *rows), "sao-ke.xlsx")})
    left = []
    while page.status_code == 200:
        page = client.post(URL, {"rows": page.context["rows"]})
        left.append(BankTransfer.objects.count())
    assert left == [2, 4, 5]


@pytest.mark.parametrize("rows", ["", "x", "eyJ4IjoxfQ:1x:y"])
def test_rows_that_no_page_of_ours_has_shown_are_not_taken_in(rows: str) -> None:
    answer = desk().post(URL, {"rows": rows})
    assert (answer.status_code, answer["Location"], len(told(answer))) == (302, URL, 1)
    assert BankTransfer.objects.count() == 0


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"a;b\n1;2", b"PK\x03\x04xx"])
def test_a_file_that_is_no_statement_is_refused_in_words(data: bytes) -> None:
    page = desk().post(URL, {"file": upload(data)} if data else {})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["file"])


def test_a_reference_that_came_with_another_amount_meanwhile_is_left_out() -> None:
    client = desk()
    page = client.post(URL, {"file": upload(csv_of(HEAD, (DAY, "FT1", "", 5_000, "x"), (DAY, "FT2", "", 6_000, "x")))})
    come(7_000, reference="FT1")
    client.post(URL, {"rows": page.context["rows"]})
    assert dict(BankTransfer.objects.values_list("reference", "amount")) == {"FT1": 7_000, "FT2": 6_000}
