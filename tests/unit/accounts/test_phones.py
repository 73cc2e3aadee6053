"""Phone numbers as people write them, and what is said about wrong ones."""

import pytest
from django.utils import translation

from apps.accounts.phones import BadPhone, parse_phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912 345 678", "+84912345678"),
        ("+84 912-345-678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("0551234567", "+84551234567"),
        ("0871234567", "+84871234567"),
        ("0203 3825 825", "+842033825825"),
    ],
)
def test_read(typed: str, kept: str) -> None:
    assert parse_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("091 234 567", "The phone number has 9 digits; it needs 10, such as 0912 345 678."),
        ("09123456789", "The phone number has 11 digits; it needs 10, such as 0912 345 678."),
        ("0112345678", "No phone number in Vietnam begins like this. Mobile numbers begin with 03, 05, 07, 08 or 09."),
        ("+1 202 555 0143", "Give a number in Vietnam, such as 0912 345 678. Couriers cannot call abroad."),
        ("", "Give a phone number, such as 0912 345 678. The courier calls it."),
    ],
)
def test_refused(typed: str, said: str) -> None:
    with translation.override("en"):
        with pytest.raises(BadPhone) as refusal:
            parse_phone(typed)
        assert str(refusal.value) == said
