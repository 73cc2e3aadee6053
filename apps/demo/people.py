"""The people of the demo: accounts that are shown on start, owners of vendors, shoppers who wrote reviews."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from apps.accounts.models import User
from apps.demo.cast import DEMO_VENDOR, SECOND_VENDOR
from apps.demo.rows import dice, vendor_rows
from apps.vendors.states import Role

PASSWORD = "ocop-demo-2026"
SHOPPER, SELLER, SECOND_SELLER, ADMIN = "khach@demo.test", "nhaban@demo.test", "nhaban2@demo.test", "quantri@demo.test"
# Money leaves by four eyes.
SECOND_ADMIN = "quantri2@demo.test"
CATALOGUE_MEMBER, ORDERS_MEMBER, FINANCE_MEMBER = "hang@demo.test", "don@demo.test", "tien@demo.test"
MEMBERS = {CATALOGUE_MEMBER: Role.CATALOGUE, ORDERS_MEMBER: Role.ORDERS, FINANCE_MEMBER: Role.FINANCE}
SHOPPERS = 44

_NAMED = {
    SHOPPER: "Nguyễn Thị Hạnh",
    SELLER: "Vũ Thị Lan",
    SECOND_SELLER: "Hoàng Văn Tân",
    ADMIN: "Phạm Minh Đức",
    SECOND_ADMIN: "Lê Thu Trang",
    CATALOGUE_MEMBER: "Vũ Quang Huy",
    ORDERS_MEMBER: "Đỗ Thị Mai",
    FINANCE_MEMBER: "Vũ Thu Hà",
}
_FAMILY_NAMES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Phan",
    "Trịnh",
]
_WOMEN = (
    "Thị",
    [
        "Hạnh",
        "Thu",
        "Lan",
        "Mai",
        "Hương",
        "Nga",
        "Yến",
        "Thảo",
        "Hoa",
        "Trang",
        "Linh",
        "Ngọc",
        "Bích",
        "Hiền",
        "Nhung",
        "Loan",
    ],
)
_MEN = (
    ["Văn", "Quốc", "Đức", "Minh", "Hữu", "Quang"],
    ["Nam", "Bảo", "Anh", "Tâm", "Hùng", "Sơn", "Dũng", "Tuấn", "Phúc", "Khang", "Long", "Thành"],
)


def full_name(*seed: object) -> str:
    """An invented Vietnamese name, the same for the same words."""
    chance = dice("name", *seed)
    family = chance.choice(_FAMILY_NAMES)
    if chance.random() < 0.55:
        return f"{family} {_WOMEN[0]} {chance.choice(_WOMEN[1])}"
    return f"{family} {chance.choice(_MEN[0])} {chance.choice(_MEN[1])}"


def phone(number: int) -> str:
    """An invented mobile number; numbers with so many zeros in a row belong to nobody's sample of shoppers."""
    return f"+84900{number:06d}"


def owner_email(vendor_code: str) -> str:
    """The account under which a vendor of the demo works."""
    named = {DEMO_VENDOR: SELLER, SECOND_VENDOR: SECOND_SELLER}
    return named.get(vendor_code, f"{vendor_code.lower()}@demo.test")


def shopper_email(number: int) -> str:
    """The account of one of the shoppers who wrote reviews."""
    return f"khach{number:02d}@demo.test"


def make_people() -> dict[str, User]:
    """Write all accounts, by e-mail address; only the named ones have a password, one for all of them."""
    password = make_password(PASSWORD)
    named = list(_NAMED)
    owners = [email for email in (owner_email(row.code) for row in vendor_rows()) if email not in _NAMED]
    shoppers = [shopper_email(number) for number in range(1, SHOPPERS + 1)]
    people = []
    for number, email in enumerate([*named, *owners, *shoppers]):
        person = User(email=email, full_name=_NAMED.get(email) or full_name(email), phone=phone(1000 + number))
        person.password = password if email in _NAMED else make_password(None)
        person.is_staff = person.is_superuser = email in (ADMIN, SECOND_ADMIN)
        people.append(person)
    User.objects.bulk_create(people)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, primary=True, verified=True) for person in people
    )
    return {person.email: person for person in people}
