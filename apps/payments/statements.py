"""Bank statements as they are uploaded: which rows are money that came, which are known, and which cannot be read."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.kernel.clock import now
from apps.payments.columns import Names, amount_of, cell_of, find_head, moment_of, text_of
from apps.payments.selectors import known_amounts, orders_awaiting_transfer
from apps.payments.sheets import BadSheet, Row
from apps.payments.transfer_content import numbers_in

# What banks write above their columns, without accents, the most exact first.
_NAMES: Final[Names] = {
    "reference": (
        "so tham chieu", "ma tham chieu", "ma giao dich", "so but toan", "so giao dich", "so chung tu", "so ct",
        "reference", "ref", "transaction id", "transaction no", "transaction number", "doc no",
    ),
    "credit": (
        "so tien ghi co", "phat sinh co", "ps co", "ghi co", "so tien co", "tien vao", "credit", "so tien", "amount",
    ),
    "content": ("noi dung", "dien giai", "mo ta", "description", "content", "remark", "details"),
    "moment": (
        "ngay giao dich", "thoi gian", "ngay gio", "ngay hach toan", "ngay hieu luc", "transaction date", "ngay",
        "date", "time",
    ),
}  # fmt: skip
_NEEDED: Final = ("reference", "credit", "content", "moment")
_REFERENCE_LENGTH: Final = 120
# Older money is no business of a shop that did not exist.
_EARLIEST: Final = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_AHEAD: Final = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Came:
    """One row of a statement: money that came."""

    row: int
    reference: str
    amount: int
    content: str
    happened_at: dt.datetime


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken in, and why."""

    row: int
    problem: Promise


@dataclass(slots=True)
class Statement:
    """What a statement says: money that came and is news, with the order that it names; and what of it is not taken."""

    news: list[Came] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    known: int = 0
    went: int = 0
    orders: dict[str, str] = field(default_factory=dict)  # by reference


def read_statement(rows: Sequence[Row]) -> Statement:
    """Sort the rows of a statement; raises BadSheet when its columns are not found."""
    head = find_head(rows, _NAMES, _NEEDED)
    if head is None:
        raise BadSheet(
            _(
                "The columns were not found. The head of the table must name reference, credit, content and date,"
                " such as “Số tham chiếu”, “Ghi có”, “Nội dung”, “Ngày giao dịch”."
            )
        )
    place, columns = head
    statement = Statement()
    seen: dict[str, int] = {}
    for row in rows[place + 1 :]:
        _sort(row, columns, statement, seen)
    _leave_out_known(statement)
    return with_orders(statement)


def with_orders(statement: Statement) -> Statement:
    """The same, with the order that each row is for, as far as its content says it."""
    named = {came.reference: numbers_in(came.content) for came in statement.news}
    awaiting = orders_awaiting_transfer(number for numbers in named.values() for number in numbers)
    found = {reference: awaiting.intersection(numbers) for reference, numbers in named.items()}
    statement.orders = {reference: next(iter(numbers)) for reference, numbers in found.items() if len(numbers) == 1}
    return statement


def _sort(row: Row, columns: dict[str, int], statement: Statement, seen: dict[str, int]) -> None:
    """Put one row where it belongs."""
    credit, reference = cell_of(row, columns["credit"]), text_of(cell_of(row, columns["reference"]))
    moment = moment_of(cell_of(row, columns["moment"]))
    if _is_nothing(credit):
        # Money that went, or a line of text between the rows.
        statement.went += bool(reference)
        return
    if not reference and moment is None:
        return  # sums and greetings below the table
    amount = amount_of(credit)
    problem = _problem(reference, amount, moment, seen)
    if problem is not None:
        statement.bad.append(BadRow(row.number, problem))
    elif reference in seen:
        statement.known += 1
    elif amount and moment:
        seen[reference] = amount
        content = text_of(cell_of(row, columns["content"]))
        statement.news.append(Came(row.number, reference, amount, content, moment))


def _is_nothing(credit: object) -> bool:
    text = text_of(credit)
    return text.startswith("-") or not text.strip("0.,- ")


def _problem(reference: str, amount: int | None, moment: dt.datetime | None, seen: dict[str, int]) -> Promise | None:
    """Why a row cannot be taken in."""
    if not reference or len(reference) > _REFERENCE_LENGTH:
        return _("The bank's reference is missing, or longer than 120 characters.")
    if amount is None:
        return _("The amount is no whole number of dong.")
    if moment is None or not _EARLIEST < moment < now() + _AHEAD:
        return _("The date cannot be read. Write it as 23/11/2026.")
    if seen.get(reference, amount) != amount:
        return _("This reference stands in the file twice, with two amounts.")
    return None


def _leave_out_known(statement: Statement) -> None:
    known = known_amounts(came.reference for came in statement.news)
    for came in statement.news:
        if known.get(came.reference, came.amount) != came.amount:
            statement.bad.append(BadRow(came.row, _("This reference belongs to a transfer of another amount.")))
    statement.known += sum(known.get(came.reference) == came.amount for came in statement.news)
    statement.news = [came for came in statement.news if came.reference not in known]
