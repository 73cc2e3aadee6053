"""Banks of Vietnam that a VietQR transfer reaches, by their number at NAPAS."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank: its BIN, its short code and the name that people know."""

    bin: str
    code: str
    name: str


_ROWS = """
970436 VCB Vietcombank
970415 CTG VietinBank
970418 BIDV BIDV
970405 VBA Agribank
970407 TCB Techcombank
970422 MB MB Bank
970416 ACB ACB
970432 VPB VPBank
970423 TPB TPBank
970403 STB Sacombank
970437 HDB HDBank
970441 VIB VIB
970443 SHB SHB
970431 EIB Eximbank
970426 MSB MSB
970448 OCB OCB
970440 SSB SeABank
970449 LPB LPBank
970412 PVCB PVcomBank
970428 NAB Nam A Bank
970425 ABB ABBANK
970409 BAB Bac A Bank
970438 BVB BaoViet Bank
970454 VCCB BVBank
970419 NCB NCB
970427 VAB VietABank
970433 VBB VietBank
970452 KLB KienlongBank
970429 SCB SCB
970400 SGICB SaigonBank
970430 PGB PGBank
970424 SHBVN Shinhan
970446 COOP Co-opBank
970414 MBV MBV
970406 VIKKI Vikki
546034 CAKE CAKE by VPBank
546035 UBANK Ubank
963388 TIMO Timo
963369 LIO Liobank
668888 KBANK Kasikorn
"""
# NAPAS gives the numbers out; the list is that of the package vietnam-qr-pay 1.0.0.
BANKS: Mapping[str, Bank] = MappingProxyType(
    {row.split()[0]: Bank(*row.split(maxsplit=2)) for row in _ROWS.strip().splitlines()}
)
