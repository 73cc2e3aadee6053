"""Terms of what people may ask about their data."""

import datetime as dt

# Which privacy page people saw: the day on which its words last changed (tests/unit/accounts/test_privacy_text.py).
NOTICE_VERSION = "2026-11-26"

ERASURE_WAIT = dt.timedelta(days=7)
EXPORT_KEPT = dt.timedelta(days=7)
# A copy costs work and is the same an hour later.
BETWEEN_EXPORTS = dt.timedelta(hours=24)
