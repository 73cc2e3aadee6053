"""The time: moments are aware and in UTC, days are those of Vietnam."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day that the calendar on a wall in Vietnam shows; certificates and seasons begin and end by it."""
    return now().astimezone(VIETNAM).date()
