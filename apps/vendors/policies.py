"""Who may do what for a vendor."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from stdnum import exceptions
from stdnum.vn import mst

from apps.kernel.errors import DomainError
from apps.vendors.states import ProducerType, Role, VendorState

PERSONAL_ID_LENGTH = 12


class Area(StrEnum):
    """The parts of the vendor portal."""

    LISTINGS = "listings"
    ORDERS = "orders"
    PROFILE = "profile"
    MONEY = "money"


_AREAS: dict[str, frozenset[Area]] = {
    Role.OWNER: frozenset(Area),
    Role.CATALOGUE: frozenset({Area.LISTINGS}),
    Role.ORDERS: frozenset({Area.ORDERS}),
    Role.FINANCE: frozenset({Area.MONEY}),
}


class BadTaxCode(DomainError):
    """A tax code that the tax office cannot have given out."""


def may_work_in(role: str, area: Area) -> bool:
    """Whether a member with this role may see and change that part; the owner may everything."""
    return area in _AREAS[role]


def may_sell(state: str) -> bool:
    """Only an approved vendor's goods are on sale."""
    return state == VendorState.APPROVED


def clean_tax_code(text: str, producer_type: str) -> str:
    """The tax code without blanks and signs; raises BadTaxCode.

    Enterprises and cooperatives have 10 digits with a check digit, branches 13 (python-stdnum); households may use the
    12 digits of the owner's personal ID, which have no check digit.
    """
    digits = "".join(letter for letter in text if letter.isdigit())
    if producer_type == ProducerType.HOUSEHOLD and len(digits) == PERSONAL_ID_LENGTH:
        return digits
    try:
        return mst.compact(mst.validate(text))
    except exceptions.InvalidLength as problem:
        raise BadTaxCode(_wrong_length(len(digits), producer_type)) from problem
    except exceptions.ValidationError as problem:
        raise BadTaxCode(_("This tax code does not add up. Compare it with your registration paper.")) from problem


def _wrong_length(count: int, producer_type: str) -> str:
    if producer_type == ProducerType.HOUSEHOLD:
        words = _("The tax code has %(count)d digits; it needs 10, 13 for a branch, or the 12 of a personal ID.")
    else:
        words = _("The tax code has %(count)d digits; it needs 10, or 13 for a branch.")
    return str(words) % {"count": count}
