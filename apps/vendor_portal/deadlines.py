"""Deadlines in words: how late an order is, or how much time is left."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.kernel.clock import now, today

# From here on a deadline is no cause for hurry.
CALM = dt.timedelta(hours=12)
_MINUTES_SHOWN_BELOW = dt.timedelta(hours=3)


@dataclass(frozen=True)
class Deadline:
    """A moment with its distance in words; tone is late, soon or calm."""

    at: dt.datetime
    words: str
    moment: str
    tone: str

    @property
    def is_late(self) -> bool:
        """True once the moment has passed."""
        return self.tone == "late"


def deadline(at: dt.datetime) -> Deadline:
    """The deadline as seen now."""
    left = at - now()
    if left < dt.timedelta():
        return Deadline(at, _("%(time)s late") % {"time": duration(-left)}, moment(at), "late")
    if left < CALM:
        return Deadline(at, _("%(time)s left") % {"time": duration(left)}, moment(at), "soon")
    return Deadline(at, _("On time"), moment(at), "calm")


def duration(span: dt.timedelta) -> str:
    """`1 giờ 10 phút`, `5 giờ`, `2 ngày`: as exact as somebody at work needs it."""
    minutes = max(1, int(span.total_seconds() // 60))
    hours, rest = divmod(minutes, 60)
    if hours == 0:
        return ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest}
    if hours >= 48:
        return ngettext("%(n)d day", "%(n)d days", hours // 24) % {"n": hours // 24}
    text = ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    if span < _MINUTES_SHOWN_BELOW and rest:
        text += " " + ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest}
    return text


def moment(at: dt.datetime) -> str:
    """`12:00 hôm nay`, `17:00 ngày mai` or `09:00 ngày 25/11`, in Vietnamese time."""
    local = localtime(at)
    words = {"time": f"{local:%H:%M}", "day": f"{local:%d/%m}"}
    days = (local.date() - today()).days
    if days == 0:
        return _("%(time)s today") % words
    if days == 1:
        return _("%(time)s tomorrow") % words
    if days == -1:
        return _("%(time)s yesterday") % words
    return _("%(time)s on %(day)s") % words


def day_words(day: dt.date) -> str:
    """`thứ Hai 23/11`, as a heading has it."""
    return f"{date_format(day, 'l')} {day:%d/%m}"
