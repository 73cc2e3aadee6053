"""Signed notices: `t=<unix seconds>,v1=<hex>` in a header, the HMAC-SHA256 of `<t>.<raw body>` with a shared secret.

Several `v1` may stand in one header, and several secrets may be good at once: both happen while a secret is replaced.
"""

import hmac
import re
from collections.abc import Sequence
from typing import Final

# How far the sender's clock, or a copy of an old notice, may be away.
TOLERANCE_SECONDS: Final = 300
_TIME: Final = re.compile(r"[0-9]{1,12}")
_MOST_PARTS: Final = 10


class BadSignature(Exception):
    """Not signed with any of our secrets, or too long ago."""


def verify(*, header: str, body: bytes, secrets: Sequence[str], at: float) -> None:
    """Raise BadSignature unless the header signs these very bytes, near the moment `at` (Unix seconds)."""
    parts = [part.strip().partition("=") for part in header.split(",", _MOST_PARTS)[:_MOST_PARTS]]
    times = [value for name, _, value in parts if name == "t"]
    if len(times) != 1 or not _TIME.fullmatch(times[0]):
        raise BadSignature("no time")
    if abs(at - int(times[0])) > TOLERANCE_SECONDS:
        raise BadSignature("too old")
    given = [value.encode() for name, _, value in parts if name == "v1"]
    signed = times[0].encode() + b"." + body
    good = [hmac.new(secret.encode(), signed, "sha256").hexdigest().encode() for secret in secrets]
    if not any(hmac.compare_digest(one, other) for one in given for other in good):
        raise BadSignature("other signature")
