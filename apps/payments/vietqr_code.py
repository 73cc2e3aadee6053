"""VietQR codes: what a banking app reads (EMVCo merchant-presented mode, NAPAS 247 spec 1.5.2), and its picture.

Drawn here, so that no account, amount or order number leaves the shop.
"""

import io
import re
from typing import Final

import segno
from django.utils.translation import gettext_lazy as _

from apps.kernel.errors import DomainError
from apps.kernel.money import VND, Money
from apps.kernel.vietnamese import fold
from apps.payments.banks import BANKS

MOST_PURPOSE: Final = 25
MOST_AMOUNT_DIGITS: Final = 13
_NAPAS, _TO_ACCOUNT = "A000000727", "QRIBFTTA"
_DYNAMIC, _DONG, _VIETNAM = "12", "704", "VN"
_ACCOUNT: Final = re.compile(r"[0-9A-Za-z]{1,19}")
_PURPOSE: Final = re.compile(r"[0-9A-Za-z .-]*")
# Pixels of a module in the picture that is saved: banking apps find it in the photos of a phone.
_PNG_SCALE: Final = 12
_QUIET: Final = 4


class BadTransferCode(DomainError):
    """Something that no VietQR code can carry; the message says what."""


def payload(*, bank_bin: str, account: str, amount: Money, purpose: str) -> str:
    """The text of a code that fills in a transfer to an account: bank, number, whole dong and purpose.

    Accents in the purpose are dropped, as banks drop them. Raises BadTransferCode.
    """
    _check(bank_bin, account, amount)
    to_whom = _field("00", bank_bin) + _field("01", account)
    merchant = _field("00", _NAPAS) + _field("01", to_whom) + _field("02", _TO_ACCOUNT)
    body = (
        _field("00", "01")
        + _field("01", _DYNAMIC)
        + _field("38", merchant)
        + _field("53", _DONG)
        + _field("54", str(amount.amount))
        + _field("58", _VIETNAM)
        + _field("62", _field("08", _plain(purpose)))
        + "6304"
    )
    return body + crc16(body)


def crc16(text: str) -> str:
    """CRC-16/CCITT-FALSE of the text in four hexadecimal digits: polynomial 0x1021, begun with 0xFFFF."""
    crc = 0xFFFF
    for byte in text.encode():
        crc ^= byte << 8
        for _bit in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{crc:04X}"


def svg(text: str) -> str:
    """The code as an SVG element without a size of its own, for a page."""
    code: str = _code(text).svg_inline(border=_QUIET, omitsize=True, svgclass=None, lineclass=None)
    return code


def png(text: str) -> bytes:
    """The code as a picture that can be saved."""
    out = io.BytesIO()
    _code(text).save(out, kind="png", scale=_PNG_SCALE, border=_QUIET)
    return out.getvalue()


def _code(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False, boost_error=False)


def _field(number: str, value: str) -> str:
    """Number, length in two digits, value."""
    return f"{number}{len(value):02d}{value}"


def _check(bank_bin: str, account: str, amount: Money) -> None:
    if bank_bin not in BANKS:
        raise BadTransferCode(_("No bank that takes VietQR has the number %(bin)s.") % {"bin": bank_bin})
    if not _ACCOUNT.fullmatch(account):
        raise BadTransferCode(_("An account number has 1 to 19 digits or letters, without blanks."))
    if amount.currency != VND or not 0 < amount.amount < 10**MOST_AMOUNT_DIGITS:
        raise BadTransferCode(_("A transfer is of 1 dong or more, and of 13 digits at most."))


def _plain(purpose: str) -> str:
    text = fold(purpose) if not purpose.isascii() else purpose
    if not _PURPOSE.fullmatch(text):
        raise BadTransferCode(_("The purpose of a transfer has letters, digits, blanks, dots and hyphens only."))
    if not 0 < len(text) <= MOST_PURPOSE:
        raise BadTransferCode(_("The purpose of a transfer has 1 to 25 characters."))
    return text
