"""Vendors with their partner, and members who work for them."""

from itertools import count

from apps.accounts.models import User
from apps.shop.partner.models import Partner
from apps.vendors.models import Membership, Vendor
from apps.vendors.states import ProducerType, Role, VendorState
from tests.factories.people import make_user
from tests.factories.places import make_commune

_numbers = count(1)


def make_vendor(
    name: str = "", *, commune: str = "06685", state: str = VendorState.APPROVED, **fields: object
) -> Vendor:
    """An approved cooperative in Quảng Ninh, unless told otherwise."""
    number = next(_numbers)
    name = name or f"Hợp tác xã {number}"
    values: dict[str, object] = {
        "partner": Partner.objects.create(name=name, code=f"vendor-{number}"),
        "name": name,
        "slug": f"hop-tac-xa-{number}",
        "producer_type": ProducerType.COOPERATIVE,
        "tax_code": f"{5_700_000_000 + number}",
        "commune": make_commune(commune),
        "street": "Tổ 5",
        "phone": "+84912345678",
        "email": f"htx{number}@example.test",
        "state": state,
    }
    return Vendor.objects.create(**{**values, **fields})


def make_member(vendor: Vendor, role: str = Role.OWNER) -> User:
    """A person who works for the vendor."""
    user = make_user(full_name="Thành Viên")
    Membership.objects.create(vendor=vendor, user=user, role=role)
    return user
