"""Banks that a VietQR transfer reaches, by BIN at NAPAS: for the code of our account, and for accounts of vendors."""

from dataclasses import dataclass
from typing import Final

# BIN, short code as vietqr.io writes it, name. Source: the table of vietnam-qr-pay 1.0.0 (MIT).
_TABLE: Final = """
970400 SGICB SaigonBank
970403 STB Sacombank
970405 VBA Agribank
970406 VIKKI Vikki
970407 TCB Techcombank
970409 BAB Bac A Bank
970412 PVCB PVcomBank
970414 MBV MBV
970415 ICB VietinBank
970416 ACB ACB
970418 BIDV BIDV
970419 NCB NCB
970422 MB MB Bank
970423 TPB TPBank
970424 SHBVN Shinhan
970425 ABB ABBANK
970426 MSB MSB
970427 VAB VietABank
970428 NAB Nam A Bank
970429 SCB SCB
970430 PGB PGBank
970431 EIB Eximbank
970432 VPB VPBank
970433 VBB VietBank
970436 VCB Vietcombank
970437 HDB HDBank
970438 BVB BaoViet Bank
970440 SSB SeABank
970441 VIB VIB
970443 SHB SHB
970446 COOP Co-opBank
970448 OCB OCB
970449 LPB LPBank
970452 KLB KienlongBank
970454 VCCB BVBank
546034 CAKE CAKE by VPBank
546035 UBANK Ubank
963369 LIO Liobank
963388 TIMO Timo
668888 KBANK Kasikorn
"""


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank as it is named in a VietQR code and to people."""

    bin: str
    code: str
    name: str


BANKS: Final = tuple(Bank(*line.split(" ", 2)) for line in _TABLE.strip().splitlines())
_BY_BIN: Final = {bank.bin: bank for bank in BANKS}


def bank_of(bin_number: str) -> Bank | None:
    """The bank with this BIN, if a transfer reaches it."""
    return _BY_BIN.get(bin_number)
