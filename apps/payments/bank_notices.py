"""A bank's notice of money that came: JSON with reference, amount, content and happened_at (docs/bank.md)."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, Final

from apps.kernel.money import Money, dong
from apps.payments.providers.notices import BadNotice

_MOST_AMOUNT: Final = 10**13
_REFERENCE_LENGTH: Final = 120


@dataclass(frozen=True, slots=True)
class BankNotice:
    """Money that came, as the bank says it; `reference` is the bank's own for the transfer."""

    reference: str
    amount: Money
    content: str
    happened_at: dt.datetime


def read_notice(body: bytes) -> BankNotice:
    """The notice in a body whose signature was verified; raises BadNotice."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadNotice("no JSON") from error
    if not isinstance(given, dict):
        raise BadNotice("no object")
    reference, content = _text(given, "reference").strip(), _text(given, "content")
    if not 0 < len(reference) <= _REFERENCE_LENGTH:
        raise BadNotice("reference: 1 to 120 characters")
    return BankNotice(reference, dong(_amount(given)), content, _moment(given))


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or "\0" in value or not _is_storable(value):
        raise BadNotice(f"{name}: text")
    return value


def _is_storable(text: str) -> bool:
    """JSON may name half of a letter (a lone surrogate), which no database takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _amount(given: dict[str, Any]) -> int:
    value = given.get("amount")
    if type(value) is not int or not 0 < value < _MOST_AMOUNT:
        raise BadNotice("amount: whole dong above zero")
    return value


def _moment(given: dict[str, Any]) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(_text(given, "happened_at"))
        # Moments at the ends of the calendar have no other time zone.
        return moment.astimezone(dt.UTC) if moment.tzinfo else _refuse()
    except (ValueError, OverflowError) as error:
        raise BadNotice("happened_at: ISO 8601 with an offset") from error


def _refuse() -> dt.datetime:
    raise ValueError("no offset")
