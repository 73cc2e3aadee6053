"""Signed notices: `t=<unix seconds>,v1=<hex>` in a header, the HMAC-SHA256 of `<t>.<raw body>` with a shared secret.

Several `v1` may stand in one header, and several secrets may be good at once: both happen while a secret is replaced.
"""

import hmac
import re
from collections.abc import Sequence
from typing import Final

from django.conf import settings

from apps.payments.providers.notices import BadNotice

_TIME: Final = re.compile(r"[0-9]{1,12}")
_MOST_PARTS: Final = 10


def verify(*, header: str, raw: bytes, secrets: Sequence[str], at: float) -> None:
    """Raise BadNotice unless the header signs these very bytes, near the moment `at` (Unix seconds)."""
    parts = [part.strip().partition("=") for part in header.split(",", _MOST_PARTS)[:_MOST_PARTS]]
    times = [value for name, _, value in parts if name == "t"]
    if len(times) != 1 or not _TIME.fullmatch(times[0]):
        raise BadNotice("no time")
    if abs(at - int(times[0])) > settings.WEBHOOK_TOLERANCE_SECONDS:
        raise BadNotice("too old")
    given = [value.encode() for name, _, value in parts if name == "v1"]
    signed = times[0].encode() + b"." + raw
    good = [hmac.new(secret.encode(), signed, "sha256").hexdigest().encode() for secret in secrets]
    if not any(hmac.compare_digest(one, other) for one in given for other in good):
        raise BadNotice("other signature")
