"""Bank statements: rows that are news, known, money that went, or cannot be read."""

import datetime as dt

import pytest

from apps.payments.sheets import BadSheet, read
from apps.payments.statements import Statement, read_statement
from apps.payments.transfer_content import content_of
from tests.factories.bank import come
from tests.factories.catalogue import make_product
from tests.factories.payments import make_transfer_order
from tests.factories.sheets import HEAD, csv_of, xlsx_of

pytestmark = pytest.mark.django_db
ABOVE = [("NGÂN HÀNG TMCP",), ("Số tài khoản", "113366668888"), ()]
DAY = "30/11/2026 10:15"


def statement(*rows: tuple[object, ...]) -> Statement:
    return read_statement(read(csv_of(HEAD, *rows, above=ABOVE)))


def test_rows_are_sorted() -> None:
    come(20_000, reference="FT2")
    found = statement(
        (DAY, "FT1", "", "150.000", "tien hang"),
        (DAY, "FT2", "", "20.000", "biet roi"),
        (DAY, "FT3", "9.000", "", "phi dich vu"),
        (DAY, "FT4", "9.000", "0", "phi dich vu"),
        (DAY, "FT1", "", "150.000", "hai lan"),
        ("", "", "", "", "Cộng"),
        ("Tổng cộng", "", "18.000", "320.000", ""),
    )
    assert [(came.row, came.reference, came.amount, came.content) for came in found.news] == [
        (5, "FT1", 150_000, "tien hang")
    ]
    assert found.news[0].happened_at == dt.datetime(2026, 11, 30, 3, 15, tzinfo=dt.UTC)
    assert (found.known, found.went, found.bad) == (2, 2, [])


def test_bad_rows_are_named_by_their_number() -> None:
    come(20_000, reference="FT9")
    found = statement(
        (DAY, "", "", "150.000", "x"),
        (DAY, "FT2", "", "95k", "x"),
        ("hôm qua", "FT3", "", "150.000", "x"),
        ("30/11/1999", "FT4", "", "150.000", "x"),
        (DAY, "FT5", "", "150.000", "x"),
        (DAY, "FT5", "", "160.000", "x"),
        (DAY, "x" * 121, "", "160.000", "x"),
        (DAY, "FT9", "", "30.000", "x"),
    )
    assert [came.reference for came in found.news] == ["FT5"]
    assert [row.row for row in found.bad] == [5, 6, 7, 8, 10, 11, 12]
    assert len({str(row.problem) for row in found.bad}) == 5


def test_the_order_that_a_row_is_for_is_shown() -> None:
    order = make_transfer_order((make_product(stock=2), 1))
    other = make_transfer_order((make_product(stock=2), 1))
    one, two = content_of(order.number), content_of(other.number)
    found = statement((DAY, "FT1", "", "5", f"MBVCB.{one}.CT"), (DAY, "FT2", "", "5", f"{one} {two}"))
    assert found.orders == {"FT1": order.number}


@pytest.mark.parametrize(
    "head",
    [
        ("Ngày", "Mã giao dịch", "Số tiền ghi nợ", "Số tiền ghi có", "Diễn giải"),
        ("Transaction Date", "Reference No", "Debit", "Credit", "Description"),
        ("Ngày hạch toán\nPosting date", "Số bút toán\nRef", "PS nợ", "PS có", "Nội dung giao dịch"),
        ("Thời gian", "Số CT", "Tiền ra", "Tiền vào", "Mô tả"),
    ],
)
def test_columns_are_known_by_the_words_of_many_banks(head: tuple[str, ...]) -> None:
    rows = read(xlsx_of(head, (dt.datetime(2026, 11, 30), "FT1", None, 150_000, "x"), (None, None, None, None, "hết")))
    assert [(came.reference, came.amount) for came in read_statement(rows).news] == [("FT1", 150_000)]


def test_one_column_of_signed_amounts_is_fine() -> None:
    head = ("Ngày", "Số tham chiếu", "Số tiền", "Nội dung")
    found = read_statement(read(csv_of(head, (DAY, "FT1", "+5.000", ""), (DAY, "FT2", "-7.000", ""))))
    assert ([came.amount for came in found.news], found.went) == ([5_000], 1)


@pytest.mark.parametrize("missing", [0, 1, 3, 4])
def test_a_table_without_its_columns_is_refused(missing: int) -> None:
    head = [name for place, name in enumerate(HEAD) if place != missing]
    with pytest.raises(BadSheet) as refusal:
        read_statement(read(csv_of(head, ("a", "b", "c", "d"))))
    assert "Số tham chiếu" in str(refusal.value)
