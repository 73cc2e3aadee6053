"""The file from which people order the bank transfers of a run, as banks take lists of payments."""

from collections.abc import Iterable

from apps.kernel.cells import csv_text
from apps.payouts.models import Payout, bank_name

# Napas 247 shows so many letters of the content everywhere.
CONTENT_LENGTH = 25
_HEAD = ("STT", "BIN", "Ngan hang", "So tai khoan", "Ten nguoi nhan", "So tien", "Noi dung")


def content_of(payout: Payout) -> str:
    """What the vendor reads beside the money on its account: the payout's number, without accents."""
    return f"SAN VAT CHI TRA {payout.number}"[:CONTENT_LENGTH]


def bank_file(payouts: Iterable[Payout]) -> str:
    """CSV: number of the line, BIN, bank, account, holder, amount in dong, content."""
    rows = [
        (
            place,
            payout.bank_bin,
            bank_name(payout.bank_bin),
            payout.account_number,
            payout.account_holder,
            payout.amount,
            content_of(payout),
        )
        for place, payout in enumerate(payouts, 1)
    ]
    return csv_text([_HEAD, *rows])
