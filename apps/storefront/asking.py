"""Which searches count: those that a shopper sent from the search box, by the place that they are near."""

import re
from typing import TypedDict

from django.http import HttpRequest

from apps.places.selectors.known import known_provinces
from apps.storefront import delivery_place
from search import asked
from search.request import SearchRequest
from search.result import LOOSE, SearchResult
from search.understanding import NoteKind

_ROBOT = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|facebookexternalhit|headless|lighthouse|monitor|curl|wget|python|java/|go-http"
)
# Vendors and admins follow links of their reports, which must not feed on that.
_TOOLS = re.compile(r"https?://[^/]+/(?:en/)?(?:ban-hang|quan-tri|quan-tri-du-lieu)/")


class Counted(TypedDict):
    """A search as the browser sends it back: its words and the code of the province that it is counted for."""

    q: str
    tinh: str


def counted(request: HttpRequest, wanted: SearchRequest, result: SearchResult) -> Counted | None:
    """The search as it is counted; None for further pages, for what was narrowed or sorted, and for links of tools."""
    if not wanted.q or wanted != SearchRequest(q=wanted.q) or _TOOLS.match(request.headers.get("Referer", "")):
        return None
    typed = next((note.value for note in result.notes if note.kind is NoteKind.TYPING), wanted.q)
    return Counted(q=typed, tinh=_province(result) or delivery_place.province_code(request))


def note(request: HttpRequest, search: Counted | None, result: SearchResult) -> None:
    """Count the search, unless a robot asked, a browser that only fetches ahead, or a script of a page that is open."""
    opens_a_page = request.method == "GET" and request.headers.get("Sec-Fetch-Dest", "document") == "document"
    if search and opens_a_page and is_shopper(request):
        missed = not result.total or result.reading in LOOSE
        asked.note_search(search["q"], total=result.total, missed=missed, province_code=search["tinh"])


def is_shopper(request: HttpRequest) -> bool:
    """Whether somebody looks at the answer, as far as the browser says."""
    headers, agent = request.headers, request.headers.get("User-Agent", "").lower()
    purpose = headers.get("Sec-Purpose") or headers.get("Purpose") or headers.get("X-Moz") or ""
    return bool(agent) and not _ROBOT.search(agent) and not purpose.startswith(("prefetch", "preview"))


def known_province(code: str) -> str:
    """The code, when it is a province's; else nothing."""
    return code if known_provinces().by_code(code) else ""


def _province(result: SearchResult) -> str:
    """Code of the province that the words named, if it was one."""
    named = [value for note in result.notes if note.kind is NoteKind.PROVINCE for value in note.values]
    place = known_provinces().by_slug(named[0]) if len(named) == 1 else None
    return place.code if place else ""
