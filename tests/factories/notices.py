"""Notices of the bank, signed as it signs them."""

import json
import time
from typing import Any

from django.conf import settings

from fakes.bank import sign


def notice(**fields: Any) -> bytes:
    """The body of a notice of 100,000 dong."""
    given = {"reference": "FT1", "amount": 100_000, "content": "", "happened_at": "2026-11-30T10:00:00+07:00"}
    return json.dumps({**given, **fields}, ensure_ascii=False).encode()


def signature(body: bytes, *, secret: str = "", at: float = 0) -> str:
    """The header that goes with a body, now unless told."""
    return sign(body, secret or settings.BANK_NOTICE_SECRETS[0], int(at or time.time()))
