"""The vendors of the demo: they apply with a sample paper, and most of them are approved."""

import datetime as dt
from collections.abc import Iterator

from django.utils.text import capfirst

from apps.accounts.models import User
from apps.demo.cast import (
    APPLIED_VENDORS,
    DEMO_VENDOR,
    REJECTED_VENDOR,
    SUSPENDED_VENDOR,
    WAITING_VENDORS,
)
from apps.demo.papers import sample_paper
from apps.demo.people import MEMBERS, owner_email, phone
from apps.demo.rows import VendorRow, dice, goods_rows, vendor_rows
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.places.models import Commune, CommuneKind, Region
from apps.vendors import services
from apps.vendors.models import Vendor
from apps.vendors.papers import UploadedPaper
from apps.vendors.states import ProducerType

_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_FIRST_TAX_BODY = 579_990_100
_PAPER_TITLES = {
    ProducerType.ENTERPRISE: "Giấy chứng nhận đăng ký doanh nghiệp",
    ProducerType.COOPERATIVE: "Giấy chứng nhận đăng ký hợp tác xã",
    ProducerType.COOPERATIVE_GROUP: "Thông báo thành lập tổ hợp tác",
    ProducerType.HOUSEHOLD: "Giấy chứng nhận đăng ký hộ kinh doanh",
}
_WHO = {
    ProducerType.ENTERPRISE: ("Xưởng {people} người thợ", "Công ty nhỏ {people} người, làm nghề từ năm {year}"),
    ProducerType.COOPERATIVE: (
        "{people} xã viên cùng trồng, cùng làm",
        "Hợp tác xã {people} thành viên, lập năm {year}",
    ),
    ProducerType.COOPERATIVE_GROUP: ("Tổ {people} hộ góp nghề", "{people} nhà cùng xóm làm chung từ năm {year}"),
    ProducerType.HOUSEHOLD: ("Nhà làm nghề từ năm {year}", "Cả nhà {few} người, làm nghề từ năm {year}"),
}
_HOW = (
    "Làm theo mẻ nhỏ, mẻ nào ghi ngày mẻ ấy.",
    "Hàng đóng gói tại chỗ và gửi trong hai ngày.",
    "Mùa nào bán thức nấy, hết mùa thì nghỉ.",
    "Mỗi gói đều ghi ngày làm và hạn dùng.",
    "Nhận đơn buổi sáng, chiều giao cho bưu tá.",
)
_REJECTION = "Giấy đăng ký gửi kèm đã hết hiệu lực. Gửi bản đang có hiệu lực rồi nộp lại đơn."
_SUSPENSION = "Ba khách báo hàng giao trễ hạn trong một tuần mà nhà bán chưa trả lời. Tạm ngừng để làm rõ."


class Producers:
    """Makes vendors and remembers who they are."""

    def __init__(self, people: dict[str, User], admin: Actor) -> None:
        self._people = people
        self._admin = admin
        self._communes = {row.pk: row for row in Commune.objects.select_related("province")}
        self.vendors: dict[str, Vendor] = {}

    def actor_of(self, code: str) -> Actor:
        """The vendor's owner at work."""
        return Actor.person(self._people[owner_email(code)].pk, self.vendors[code].pk)

    def make(self) -> Iterator[Vendor]:
        """Applications of all vendors and the approvals, one by one."""
        for number, row in enumerate(vendor_rows()):
            vendor = self._apply(row, number)
            if row.code not in WAITING_VENDORS:
                vendor = services.approve_vendor(vendor=vendor, actor=self._admin)
            self.vendors[row.code] = self._dated(vendor, row, number)
            yield vendor
        self._add_members()

    def decide_late(self) -> None:
        """What happens after the goods are there: one application is turned down, one vendor suspended."""
        rejected = services.reject_vendor(vendor=self.vendors[REJECTED_VENDOR], actor=self._admin, reason=_REJECTION)
        suspended = services.suspend_vendor(
            vendor=self.vendors[SUSPENDED_VENDOR], actor=self._admin, reason=_SUSPENSION
        )
        for days, vendor in ((3, rejected), (1, suspended)):
            Vendor.objects.filter(pk=vendor.pk).update(decided_at=now() - dt.timedelta(days=days, hours=3))

    def _apply(self, row: VendorRow, number: int) -> Vendor:
        owner = self._people[owner_email(row.code)]
        commune = self._communes[row.commune_code]
        tax_code = _tax_code(number)
        return services.apply_to_sell(
            actor=Actor.person(owner.pk),
            user_id=owner.pk,
            name=row.name,
            producer_type=row.producer_type,
            tax_code=tax_code,
            commune_code=row.commune_code,
            street=street_in(commune, row.code),
            phone=phone(number + 1),
            email=owner.email,
            about=_about(row, commune),
            papers=[_paper(row, tax_code)],
        )

    def _dated(self, vendor: Vendor, row: VendorRow, number: int) -> Vendor:
        """When it applied and was decided on: the ones that wait came within the last days."""
        waits = row.code in APPLIED_VENDORS
        days = 1 + number % 4 if waits else dice("applied", row.code).randint(60, 500)
        vendor.applied_at = now() - dt.timedelta(days=days, hours=number % 9)
        vendor.decided_at = None if row.code in WAITING_VENDORS else vendor.applied_at + dt.timedelta(days=2, hours=5)
        vendor.is_demo = True
        vendor.save(update_fields=["applied_at", "decided_at", "is_demo"])
        return vendor

    def _add_members(self) -> None:
        for email, role in MEMBERS.items():
            services.add_member(
                vendor=self.vendors[DEMO_VENDOR],
                actor=self.actor_of(DEMO_VENDOR),
                user_id=self._people[email].pk,
                role=role,
            )


def street_in(commune: Commune, *seed: object) -> str:
    """An invented street or hamlet as people write it there: streets in wards, thôn in the north, ấp in the south."""
    chance = dice("street", *seed)
    if commune.kind == CommuneKind.WARD:
        street = chance.choice(("Trần Phú", "Lê Lợi", "Nguyễn Trãi", "Hai Bà Trưng", "Quang Trung", "Lý Thường Kiệt"))
        return f"Số {chance.randint(2, 180)}, đường {street}"
    hamlet = "Ấp" if commune.province.region == Region.SOUTH else "Thôn"
    return f"{hamlet} {chance.randint(1, 9)}"


def _tax_code(number: int) -> str:
    """An invented tax code that adds up: nine digits and the check digit (python-stdnum, stdnum.vn.mst)."""
    body, found = _FIRST_TAX_BODY, -1
    while True:
        total = sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, str(body), strict=True))
        check = 10 - total % 11
        found += check != 10
        if found == number:
            return f"{body}{check}"
        body += 1


def _about(row: VendorRow, commune: Commune) -> str:
    chance = dice("about", row.code)
    kind = ProducerType(row.producer_type)
    who = chance.choice(_WHO[kind]).format(
        people=chance.randint(8, 64), few=chance.randint(3, 6), year=chance.randint(1996, 2019)
    )
    goods = [goods.title for goods in goods_rows() if goods.vendor_code == row.code][:3]
    made = f"Hàng chính: {', '.join(goods)}." if goods else ""
    place = f"{commune.full_name}, {commune.province.full_name}"
    return " ".join(
        filter(None, (capfirst(f"{who} ở {place}."), made, chance.choice(_HOW), "Nhà bán mẫu, dữ liệu minh hoạ."))
    )


def _paper(row: VendorRow, tax_code: str) -> UploadedPaper:
    """A sample of the registration paper; it says itself that it is one."""
    title = _PAPER_TITLES[ProducerType(row.producer_type)]
    return UploadedPaper(f"{title} (mẫu).png", sample_paper(title, (row.name, f"Mã số thuế: {tax_code}")))
