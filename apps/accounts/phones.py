"""Vietnamese phone numbers: typed in many ways, kept as E.164."""

import re

import phonenumbers
from django.utils.translation import gettext_lazy as _

from apps.kernel.errors import DomainError

REGION = "VN"
MOBILE_DIGITS = 10
# Any mobile prefix counts: tables of carriers lag behind (055 and 087 are missing in most).
_NATIONAL = re.compile(r"0[35789]\d{8}|02\d{9}")


class BadPhone(DomainError):
    """Not a phone number in Vietnam; the message says what is wrong with it."""


def parse_phone(text: str) -> str:
    """`+84912345678` from 0912 345 678, +84 912-345-678 and the like; raises BadPhone with the reason."""
    digits = "".join(letter for letter in text if letter.isdigit())
    if not digits:
        raise BadPhone(_("Give a phone number, such as 0912 345 678. The courier calls it."))
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException as error:
        raise BadPhone(_wrong_length(digits)) from error
    if number.country_code != phonenumbers.country_code_for_region(REGION):
        raise BadPhone(_("Give a number in Vietnam, such as 0912 345 678. Couriers cannot call abroad."))
    national = f"0{number.national_number}"
    if not _NATIONAL.fullmatch(national):
        raise BadPhone(_wrong_start() if _fits(national) else _wrong_length(national))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def national(kept: str) -> str:
    """`0912 345 678` for a number in E.164; anything else as it is."""
    if not kept.startswith("+84"):
        return kept
    try:
        number = phonenumbers.parse(kept, REGION)
    except phonenumbers.NumberParseException:
        return kept
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def _fits(national: str) -> bool:
    return len(national) == MOBILE_DIGITS + national.startswith("02")


def _wrong_length(digits: str) -> str:
    return _("The phone number has %(count)d digits; it needs %(needed)d, such as 0912 345 678.") % {
        "count": len(digits),
        "needed": MOBILE_DIGITS,
    }


def _wrong_start() -> object:
    return _("No phone number in Vietnam begins like this. Mobile numbers begin with 03, 05, 07, 08 or 09.")
