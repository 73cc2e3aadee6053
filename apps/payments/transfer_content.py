"""What a shopper writes into a bank transfer, and how an order is found in what the bank makes of it."""

import re
from typing import Final

from apps.kernel.ids import CODE_LENGTH, is_order_number, normalise

# In front of the order's number: banks write text of their own around what the shopper wrote.
PREFIX: Final = "SV"
# Looks ahead without consuming, as the letters of the prefix may be the end of something else.
_NUMBER: Final = re.compile(rf"(?={PREFIX}([0-9A-Z]{{{CODE_LENGTH}}}))")


def content_of(order_number: str) -> str:
    """What the transfer for an order says."""
    return PREFIX + order_number


def numbers_in(content: str) -> list[str]:
    """Whatever may be the number of an order in the content of a transfer: banks add text, drop case and break lines.

    The check character must fit, so that a mistyped number is not taken for another.
    """
    found = _NUMBER.findall("".join(content.upper().split()))
    return list(dict.fromkeys(normalise(code) for code in found if is_order_number(code)))
