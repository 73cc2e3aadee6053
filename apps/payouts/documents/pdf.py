"""A statement as PDF, in the shop's typeface: one page for most vendors, as many as it needs for the others."""

import io
from typing import Any
from xml.sax.saxutils import escape

import fontpkg
from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from apps.kernel.money import dong
from apps.payouts.statements.lines import Line
from apps.payouts.statements.periods import Statement

# Tokens of the shop's design: text, second text, indigo, hairline.
_TEXT, _SECOND, _INDIGO, _LINE = HexColor("#241c14"), HexColor("#574c40"), HexColor("#182a55"), HexColor("#ded6c5")
_FAMILY = "Be Vietnam Pro"
_REGULAR, _BOLD = "BeVietnamPro", "BeVietnamPro-Bold"
_MARGIN = 18 * mm
_WIDTH = A4[0] - 2 * _MARGIN


def statement_pdf(statement: Statement) -> bytes:
    """The file; words are in the present language."""
    _load_fonts()
    target = io.BytesIO()
    title = f"{statement.vendor.name} · {statement.title}"
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=title,
        author=settings.PLATFORM["name"],
    )
    story = [*_head(statement), Spacer(1, 6 * mm), _totals(statement), Spacer(1, 8 * mm), _lines(statement)]
    document.build(story, onFirstPage=_foot(title), onLaterPages=_foot(title))
    return target.getvalue()


def _load_fonts() -> None:
    for name, weight in ((_REGULAR, 400), (_BOLD, 700)):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(fontpkg.path(_FAMILY, weight))))


def _words(text: object, *, size: float = 9.5, bold: bool = False, second: bool = False, right: bool = False) -> Any:
    style = ParagraphStyle(
        "words",
        fontName=_BOLD if bold else _REGULAR,
        fontSize=size,
        leading=size * 1.45,
        textColor=_SECOND if second else _TEXT,
        alignment=TA_RIGHT if right else 0,
    )
    return Paragraph(escape(str(text)).replace("\n", "<br/>"), style)


def _head(statement: Statement) -> list[Any]:
    vendor, payout = statement.vendor, statement.payout
    facts = [(_("Vendor"), vendor.name), (_("Tax code"), vendor.tax_code)]
    if payout is not None:
        facts += [(_("To the account"), f"{payout.bank_name} {payout.account_number}\n{payout.account_holder}")]
        facts += [(_("State"), str(payout.get_state_display())), (_("Bank's number"), payout.reference or "—")]
    elif statement.opening:
        facts += [(_("Balance before"), str(dong(statement.opening)))]
    table = Table(
        [[_words(name, second=True), _words(value)] for name, value in facts], colWidths=[40 * mm, _WIDTH - 40 * mm]
    )
    table.setStyle([("LEFTPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5)])
    return [
        _words(settings.PLATFORM["name"], size=10, bold=True, second=True),
        _words(_("Statement"), size=10, second=True),
        _words(statement.title, size=18, bold=True),
        _words(dong(statement.closing), size=18, bold=True),
        Spacer(1, 4 * mm),
        table,
    ]


def _totals(statement: Statement) -> Table:
    rows = [[_words(name), _words(dong(amount), right=True)] for name, amount in statement.totals]
    rows.append([_words(_("Together"), bold=True), _words(dong(statement.closing), bold=True, right=True)])
    table = Table(rows, colWidths=[_WIDTH - 45 * mm, 45 * mm])
    table.setStyle(
        [
            ("LINEBELOW", (0, 0), (-1, -2), 0.5, _LINE),
            ("LINEABOVE", (0, -1), (-1, -1), 1, _INDIGO),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    return table


def _lines(statement: Statement) -> Table:
    head = [_("Date"), _("What happened"), _("Amount")]
    rows = [[_words(name, bold=True, right=name == head[-1]) for name in head]]
    rows += [_row(line) for line in statement.lines]
    table = Table(rows, colWidths=[24 * mm, _WIDTH - 64 * mm, 40 * mm], repeatRows=1)
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, 0), 1, _INDIGO),
            ("LINEBELOW", (0, 1), (-1, -1), 0.5, _LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    return table


def _row(line: Line) -> list[Any]:
    told = [_words(f"{line.number}  {line.words}".strip())]
    if line.parts:
        pieces = " · ".join(f"{name} {dong(amount)}" for name, amount in line.parts)
        told.append(_words(pieces, size=7.5, second=True))
    day = localtime(line.at).strftime("%d/%m/%Y")
    return [_words(day, second=True), told, _words(dong(line.amount), right=True)]


def _foot(title: str) -> Any:
    def draw(canvas: Any, document: Any) -> None:
        canvas.setFont(_REGULAR, 7.5)
        canvas.setFillColor(_SECOND)
        canvas.drawString(_MARGIN, 10 * mm, title[:90])
        canvas.drawRightString(A4[0] - _MARGIN, 10 * mm, str(document.page))

    return draw
