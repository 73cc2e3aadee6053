"""Rows that a page has shown and that the next click takes in: they travel through the page, signed, kept nowhere."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django.core import signing
from django.utils.translation import gettext_lazy as _

from apps.payments.sheets import BadSheet

# Whoever has slept over a page uploads the file again.
GOOD_FOR: Final = dt.timedelta(hours=12)
# Of the 4 MB that a form may hold.
_MOST_CHARACTERS: Final = 3_500_000


def pack(what: str, rows: Sequence[Sequence[Any]]) -> str:
    """The rows as the value of a hidden field; raises BadSheet when they are too long for one."""
    packed = signing.dumps(rows, salt=f"backoffice.{what}", compress=True)
    if len(packed) > _MOST_CHARACTERS:
        raise BadSheet(_("The file holds too much to be shown at once. Split it into several."))
    return packed


def unpack(what: str, packed: str) -> list[list[Any]]:
    """The rows again; raises BadSheet when the page is too old, or not one of ours."""
    try:
        rows: list[list[Any]] = signing.loads(packed, salt=f"backoffice.{what}", max_age=GOOD_FOR)
    except signing.BadSignature as error:
        raise BadSheet(_("This page is too old. Upload the file again.")) from error
    return rows
