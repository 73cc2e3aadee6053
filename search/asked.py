"""What shoppers search for, by day and without anything about who they are: no person, session, address or hour."""

import datetime as dt
import re

from django.db.models import Count, Max, Sum

from apps.kernel.clock import today
from apps.kernel.ids import is_order_number
from apps.kernel.memo import kept_for
from apps.kernel.vietnamese import fold
from search.models import Asked
from search.tally import Counts, Key, tally
from search.words import folded_words

LONGEST = 80  # letters; what is longer is a message and no search
LEAST_DIGITS = 8  # of a phone, tax or personal number; a price or weight has fewer
KEEP = dt.timedelta(days=90)
KEEP_RARE = dt.timedelta(days=7)
RARE = 3  # asked fewer times than this, words may be somebody's own
POPULAR_DAYS, POPULAR_SECONDS, MOST_POPULAR = 30, 60, 2_000
PURGE_BATCH = 1_000

_PERSONAL_NUMBER = re.compile(rf"(?:\d[\s.,()/-]*){{{LEAST_DIGITS}}}")


def note_search(words: str, *, total: int, missed: bool, province_code: str = "") -> None:
    """Count one search for these words with so many results, and that nothing fit them as they were typed."""
    counts = Counts(_with_accents(words), times=1, missed=int(missed), results=total)
    _add(words, province_code, counts)


def note_view(words: str, *, opened: bool, province_code: str = "") -> None:
    """Count that a browser shows results of these words, or that somebody opened one of them."""
    _add(words, province_code, Counts(opened=1) if opened else Counts(seen=1))


def is_private(words: str) -> bool:
    """Whether words may name somebody: a phone, tax or personal number, an e-mail, an order, or a whole message."""
    return (
        len(words) > LONGEST
        or "@" in words
        or _PERSONAL_NUMBER.search(words) is not None
        or any(is_order_number(word) for word in re.split(r"[\s-]+", words))
    )


def popular(prefix_folded: str, most: int) -> list[str]:
    """Searches of the last thirty days, most asked first, in which a word begins so; kept for a minute.

    Only what found something three times and was asked on two days: one person in one evening puts nothing here. There
    is no list of words that must not appear.
    """
    start = " " + " ".join(folded_words(prefix_folded))
    found = (words for folded, words in _popular() if start in f" {folded}")
    return [words for words, _ in zip(found, range(most), strict=False)]


def purge(day: dt.date) -> int:
    """Forget what is older than ninety days on that day, and after seven days what hardly anybody asked; how many."""
    asked = Asked.objects.order_by()
    common = asked.values("folded").annotate(n=Sum("times")).filter(n__gte=RARE).values("folded")
    rare = asked.filter(day__lt=day - KEEP_RARE).exclude(folded__in=common)
    gone = {*rare.values_list("pk", flat=True), *asked.filter(day__lt=day - KEEP).values_list("pk", flat=True)}
    for first in range(0, len(ids := sorted(gone)), PURGE_BATCH):
        Asked.objects.filter(pk__in=ids[first : first + PURGE_BATCH]).delete()
    return len(gone)


def _add(words: str, province_code: str, counts: Counts) -> None:
    folded = " ".join(folded_words(words))
    if folded and not is_private(words):
        tally.add(Key(today(), folded[:LONGEST], province_code), counts)


def _with_accents(words: str) -> str:
    """The words as they were typed, where somebody took care of the accents; else nothing."""
    return words if fold(words) != words.lower() else ""


@kept_for(POPULAR_SECONDS)
def _popular() -> tuple[tuple[str, str], ...]:
    """Folded and shown words of popular searches."""
    recent = Asked.objects.filter(day__gt=today() - dt.timedelta(days=POPULAR_DAYS)).order_by()
    rows = recent.values("folded").annotate(
        asked=Sum("times"), found=Sum("times") - Sum("missed"), days=Count("day", distinct=True), shown=Max("words")
    )
    rows = rows.filter(found__gte=RARE, days__gte=2).order_by("-asked", "folded")
    return tuple((row["folded"], row["shown"] or row["folded"]) for row in rows[:MOST_POPULAR])
