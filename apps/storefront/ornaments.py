"""The seal and engraved ground of a certificate and the season strip: our own drawings, not the programme's logo."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

STAR = "M12 1.8l3.1 6.6 7.1.9-5.2 5 1.3 7.1L12 17.9 5.7 21.4 7 14.3 1.8 9.3l7.1-.9z"
SEAL_RED = "#bf321b"
MARKS = {
    "check": '<path d="M80 72l13 13 27-27" fill="none" stroke="currentColor" stroke-width="9" stroke-linecap="round"'
    ' stroke-linejoin="round"/>',
    "warn": '<path d="M100 50v24M100 84v4" fill="none" stroke="currentColor" stroke-width="9" stroke-linecap="round"/>',
}

_SEAL = (
    '<svg class="seal" viewBox="0 0 200 200" width="{size}" height="{size}" role="img" aria-label="{name}"'
    ' color="{colour}">'
    '<defs><filter id="{uid}r" x="-5%" y="-5%" width="110%" height="110%">'
    '<feTurbulence type="fractalNoise" baseFrequency=".07" numOctaves="2" seed="4"/>'
    '<feDisplacementMap in="SourceGraphic" scale="1.8"/></filter>'
    '<path id="{uid}a" d="M30 100a70 70 0 0 1 140 0"/><path id="{uid}b" d="M18.5 100a81.5 81.5 0 0 0 163 0"/></defs>'
    '<g transform="rotate({tilt} 100 100)" fill="currentColor"><g filter="url(#{uid}r)">{teeth}'
    '<path d="{outer}" fill="none" stroke="currentColor" stroke-width="2.6"/>'
    '<path d="{inner}" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="{hairline}" fill="none" stroke="currentColor" stroke-width=".8"/>{emblem}</g>'
    '<g font-family="Be Vietnam Pro" text-anchor="middle" aria-hidden="true">'
    '<text font-size="13" font-weight="800" letter-spacing="{top_spacing}">'
    '<textPath href="#{uid}a" startOffset="50%">{top}</textPath></text>'
    '<text font-size="11.5" font-weight="700" letter-spacing=".6">'
    '<textPath href="#{uid}b" startOffset="50%">{bottom}</textPath></text>'
    '<text x="100" y="118" font-size="{title_size}" font-weight="800" letter-spacing=".5">{title}</text>'
    '<text x="100" y="137" font-size="15" font-weight="800" letter-spacing="1">{subtitle}</text>'
    '<text x="100" y="150" font-size="8" font-weight="700">{number}</text></g></g></svg>'
)


@dataclass(frozen=True)
class SealWords:
    """What a seal says: two rings, two lines in the middle (empty: the words of a certificate)."""

    top: str = ""
    bottom: str = ""
    title: str = "OCOP"
    subtitle: str = ""


def seal(
    stars: int,
    number: str,
    *,
    uid: str,
    size: int = 168,
    tilt: int = -7,
    colour: str = SEAL_RED,
    words: SealWords = SealWords(),
    mark: Literal["", "check", "warn"] = "",
) -> SafeString:
    """Ink seal as inline SVG, `size` CSS pixels wide: an arc of 3 to 5 stars, or a mark for the verdict on a stamp.

    `uid` must be unique on the page; `number` is the certificate's number or the stamp's code. One seal per screen.
    """
    subtitle = words.subtitle or ngettext("%(count)d STAR", "%(count)d STARS", stars) % {"count": stars}
    name = gettext("Seal: %(title)s %(subtitle)s, %(number)s") % {
        "title": words.title,
        "subtitle": subtitle,
        "number": number,
    }
    top = words.top or gettext("ONE COMMUNE ONE PRODUCT")
    return format_html(
        _SEAL,
        size=size,
        name=name,
        colour=colour,
        uid=uid,
        tilt=tilt,
        teeth=_teeth(),
        outer=_ring(89),
        inner=_ring(62),
        hairline=_ring(58.5),
        emblem=SafeString(MARKS[mark]) if mark else _star_arc(stars),
        top_spacing="1.2" if len(top) < 21 else ".2",
        top=top,
        bottom=words.bottom or gettext("CHECKED AGAINST THE CERTIFICATE"),
        title_size=27 if len(words.title) < 6 else 19,
        title=words.title,
        subtitle=subtitle,
        number=number,
    )


def guilloche(width: int = 900, height: int = 380, colour: str = "#c98507", opacity: float = 0.34) -> SafeString:
    """Engine-turned lines for the ground of a certificate as an SVG document; 57 KB: keep it in a static file."""
    waves = ((3, 7, 0.0), (3, 8, math.pi))
    curves = (_engraved_line(width, height, wave, j / 15 - 0.5) for wave in waves for j in range(16))
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true"'
        ' fill="none" stroke="{}" stroke-width=".7" opacity="{}">{}</svg>',
        width,
        height,
        colour,
        opacity,
        format_html_join("", '<path d="{}"/>', ((curve,) for curve in curves)),
    )


def season_strip(months: Collection[int], now: int) -> SafeString:
    """Twelve cells for months 1 to 12, none means all year. Decoration: the words beside it carry the meaning."""
    cells = []
    for month in range(1, 13):
        names = ["all" if not months else "on" if month in months else "", "now" if month == now else ""]
        cells.append((" ".join(filter(None, names)),))
    return format_html(
        '<span class="season" aria-hidden="true">{}</span>', format_html_join("", '<i class="{}"></i>', cells)
    )


def _ring(radius: float) -> str:
    return f"M100 {100 - radius}a{radius} {radius} 0 1 1 -.01 0"


def _teeth() -> SafeString:
    turns = (i * math.pi / 40 for i in range(80))
    points = ((f"{100 + 93.5 * math.cos(a):.1f}", f"{100 + 93.5 * math.sin(a):.1f}") for a in turns)
    return format_html_join("", '<circle cx="{}" cy="{}" r="2.6"/>', points)


def _star_arc(stars: int) -> SafeString:
    arc = []
    for i in range(stars):
        a = (i - (stars - 1) / 2) * 0.46
        arc.append((f"{100 + 47 * math.sin(a):.1f}", f"{108 - 47 * math.cos(a):.1f}", f"{math.degrees(a):.0f}", STAR))
    return format_html_join(
        "", '<path transform="translate({} {}) rotate({}) scale(.74) translate(-12 -12)" d="{}"/>', arc
    )


def _engraved_line(width: int, height: int, wave: tuple[int, int, float], offset: float) -> str:
    """One of the interlaced curves: two sines under an envelope; `offset` from -0.5 to 0.5 spreads the bundle."""
    slow, fast, phase = wave
    points = []
    for x in range(0, width + 1, 5):
        t = x / width * 2 * math.pi
        envelope = 0.45 + 0.55 * math.sin(t / 2) ** 2
        swing = math.sin(t * slow + phase) * height * 0.2 + math.cos(t * fast + phase + offset * 2.6) * height * 0.11
        points.append(f"{x} {height / 2 + envelope * (swing + offset * height * 0.34):.1f}")
    return "M" + "L".join(points)
