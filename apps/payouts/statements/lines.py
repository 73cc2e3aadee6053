"""Lines of a statement: postings on what is due to a vendor, each taken apart into goods, fees, taxes and refunds."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from apps.ledger.books import AccountKind, EntryKind
from apps.ledger.models import Posting
from apps.ordering.models import VendorOrder
from apps.payments.models import RefundLine
from apps.payments.states import RefundState


class Piece(TextChoices):
    """What a line consists of, as a vendor reads it; fees, taxes and refunds are below zero."""

    GOODS = "goods", _("Goods sold")
    DELIVERY = "delivery", _("Delivery paid by the shopper")
    PROMOTIONS = "promotions", _("Discounts that the market pays")
    COMMISSION = "commission", _("Commission")
    COMMISSION_VAT = "commission_vat", _("VAT on commission")
    TAX_VAT = "tax_vat", _("VAT withheld for the tax office")
    TAX_PIT = "tax_pit", _("Income tax withheld for the tax office")
    REFUND = "refund", _("Given back to shoppers")
    CASH = "cash", _("Cash that you collected, set off")
    HELD = "held", _("Held back for a dispute")
    PAYOUT = "payout", _("Payouts")
    OTHER = "other", _("Corrections")


_PIECES: Mapping[str, Piece] = {
    AccountKind.SHOPPERS: Piece.GOODS,
    AccountKind.PROMOTIONS: Piece.PROMOTIONS,
    AccountKind.COMMISSION: Piece.COMMISSION,
    AccountKind.COMMISSION_VAT: Piece.COMMISSION_VAT,
    AccountKind.TAX_VAT: Piece.TAX_VAT,
    AccountKind.TAX_PIT: Piece.TAX_PIT,
    AccountKind.REFUNDING: Piece.REFUND,
    AccountKind.VENDOR_CASH: Piece.CASH,
    AccountKind.PENDING: Piece.HELD,
    AccountKind.IN_TRANSIT: Piece.PAYOUT,
    AccountKind.STRIPE: Piece.PAYOUT,
}
_WORDS: Mapping[str, StrOrPromise] = {
    EntryKind.RELEASED: _("Sold; the days for returns are over"),
    EntryKind.CASH_KEPT: _("Cash that you collected at the door"),
    EntryKind.REFUND_CLAIMED: _("Given back to the shopper"),
    EntryKind.REFUND_FAILED: _("The refund was not possible"),
    EntryKind.HELD: _("Held back: the payment is disputed"),
    EntryKind.PAYOUT_CLAIMED: _("Paid out"),
    EntryKind.PAYOUT_DROPPED: _("Payout dropped, the money is yours again"),
    EntryKind.TRANSFER_REVERSED: _("Payout taken back at Stripe, the money is due to you again"),
}
# Earnings change hands by these; what they consist of was booked before.
MOVES = (EntryKind.RELEASED, EntryKind.HELD)
_OWED = (AccountKind.PENDING, AccountKind.PAYABLE)

Pieces = Mapping[Piece, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One posting in dong, above zero when more is due; `pieces` always sum to `amount`."""

    posting_id: int
    at: dt.datetime
    kind: str
    # The vendor order it is about, or what the entry says of itself.
    number: str
    amount: int
    pieces: Pieces = field(default_factory=dict)

    @property
    def words(self) -> StrOrPromise:
        """What happened, in plain words."""
        return _WORDS[self.kind] if self.kind in _WORDS else EntryKind(self.kind).label

    @property
    def parts(self) -> list[tuple[StrOrPromise, int]]:
        """The pieces with their names, when there is more than one to tell."""
        return named(self.pieces) if len(self.pieces) > 1 else []


@dataclass(slots=True)
class Booked:
    """One entry about a vendor order: when, and dong by kind of account but for what is owed to the vendor."""

    at: dt.datetime
    kind: str
    others: Counter[str] = field(default_factory=Counter)
    touches: bool = False


def lines_of(postings: Iterable[Posting]) -> list[Line]:
    """The lines of some postings (with their entries) on what is due to one vendor; four queries."""
    rows = list(postings)
    others = _others({row.entry_id for row in rows})
    histories = histories_of({row.entry.part_number for row in rows if row.entry.kind == EntryKind.RELEASED})
    return [_line(row, others[row.entry_id], histories) for row in rows]


def named(pieces: Pieces) -> list[tuple[StrOrPromise, int]]:
    """Pieces with their names, in the order of the list above; those that are nothing are left out."""
    return [(piece.label, pieces[piece]) for piece in Piece if pieces.get(piece)]


def summed(lines: Iterable[Line]) -> Pieces:
    """All pieces of some lines together."""
    total: Counter[Piece] = Counter()
    for line in lines:
        total.update(line.pieces)
    return total


class History:
    """What was booked about one vendor order, but for moves; what its earning consists of at any moment."""

    def __init__(self, entries: Mapping[int, Booked], delivery: int) -> None:
        self._entries = entries
        self._delivery = delivery

    def pieces(self, before: int | None = None) -> Counter[Piece]:
        """Pieces of all entries before the one with this number, or of all there are."""
        pieces: Counter[Piece] = Counter()
        for pk, entry in self._entries.items():
            if entry.touches and (before is None or pk < before):
                pieces.update(_pieces(entry.others))
                if entry.kind == EntryKind.EARNED:
                    delivery = min(self._delivery, max(entry.others[AccountKind.SHOPPERS], 0))
                    pieces.update({Piece.GOODS: -delivery, Piece.DELIVERY: delivery})
        return pieces


def histories_of(numbers: Collection[str]) -> dict[str, History]:
    """The histories of vendor orders by their numbers; three queries."""
    entries: defaultdict[str, dict[int, Booked]] = defaultdict(dict)
    found = Posting.objects.filter(entry__part_number__in=numbers).exclude(entry__kind__in=MOVES).order_by("pk")
    names = ("entry__part_number", "entry_id", "entry__booked_at", "entry__kind", "account__kind", "amount")
    for number, pk, at, kind, account, amount in found.values_list(*names):
        entry = entries[number].setdefault(pk, Booked(at, kind))
        if account in _OWED:
            entry.touches = True
        else:
            entry.others[account] += amount
    return {number: History(entries[number], paid) for number, paid in _deliveries(numbers, entries).items()}


def _deliveries(numbers: Collection[str], entries: Mapping[str, Mapping[int, Booked]]) -> dict[str, int]:
    """What the shopper paid for delivery and had not got back when the part was earned."""
    paid = dict(VendorOrder.objects.filter(number__in=numbers).values_list("number", "shipping_amount"))
    earned = {
        number: entry.at for number in paid for entry in entries[number].values() if entry.kind == EntryKind.EARNED
    }
    back = RefundLine.objects.filter(line=None, refund__share__vendor_order__number__in=numbers)
    back = back.exclude(refund__state=RefundState.FAILED)
    for number, at, amount in back.values_list("refund__share__vendor_order__number", "refund__created_at", "amount"):
        if number in earned and at < earned[number]:
            paid[number] -= amount
    return paid


def _line(row: Posting, others: Mapping[str, int], histories: Mapping[str, History]) -> Line:
    entry, amount = row.entry, -row.amount
    history = histories.get(entry.part_number) if entry.kind == EntryKind.RELEASED else None
    pieces = history.pieces(before=entry.pk) if history else _pieces(others)
    # What nobody has put into words here, such as a correction without a number.
    pieces[Piece.OTHER] += amount - sum(pieces.values())
    shown = {piece: value for piece, value in pieces.items() if value}
    return Line(row.pk, entry.booked_at, entry.kind, entry.part_number or entry.memo, amount, shown)


def _pieces(others: Mapping[str, int]) -> Counter[Piece]:
    pieces: Counter[Piece] = Counter()
    for account, amount in others.items():
        pieces[_PIECES.get(account, Piece.OTHER)] += amount
    return pieces


def _others(entry_ids: Collection[int]) -> defaultdict[int, Counter[str]]:
    """Dong by kind of account of each entry, but for what is due."""
    others: defaultdict[int, Counter[str]] = defaultdict(Counter)
    found = Posting.objects.filter(entry_id__in=entry_ids).exclude(account__kind=AccountKind.PAYABLE)
    for pk, account, amount in found.values_list("entry_id", "account__kind", "amount"):
        others[pk][account] += amount
    return others
