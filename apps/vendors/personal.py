"""Personal data of vendors: a household is a person, and members of every vendor are."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.accounts.personal_data import (
    ERASED,
    Person,
    PersonalData,
    by_path,
    delete,
    delete_with_files,
    refuse_erasure_while,
    register,
)
from apps.vendors.models import Membership, Vendor, VendorPaper
from apps.vendors.states import Role, VendorState

_LAW = "ten years after the last sale: the platform must know who sold (Law 122/2025/QH15, Law 88/2015/QH15 art. 41)"
_ENDED = (VendorState.REJECTED, VendorState.CLOSED)
_BOUND = (VendorState.APPLIED, VendorState.APPROVED, VendorState.SUSPENDED)


def refused_of(person: Person) -> Q:
    """Condition on a vendor: this person's own application that came to nothing; nothing was sold, nothing is kept."""
    return Q(memberships__user=person.user_id, memberships__role=Role.OWNER, state=VendorState.REJECTED)


def _owned(person: Person) -> QuerySet[Vendor]:
    return Vendor.objects.filter(memberships__user=person.user_id, memberships__role=Role.OWNER)


def _empty_vendor(rows: QuerySet[Vendor]) -> list[str]:
    """Of a refused application everything, of a closed vendor how to reach it, of one with other owners nothing."""
    for vendor in rows.filter(state__in=_ENDED):
        vendor.email, vendor.phone, vendor.about, vendor.state_reason = "", "", "", ""
        if vendor.state == VendorState.REJECTED:
            vendor.name, vendor.street, vendor.tax_code, vendor.slug = ERASED, "", "", f"da-xoa-{vendor.pk}"
            vendor.partner.name = ERASED
            vendor.partner.save(update_fields=["name"])
        vendor.save()
    return []


def _owns_a_vendor(user_id: int) -> Any:
    """An only owner cannot leave a vendor that sells or wants to: shoppers and the tax office must reach somebody."""
    mine = Membership.objects.filter(user_id=user_id, role=Role.OWNER, vendor__state__in=_BOUND)
    for membership in mine.select_related("vendor"):
        others = Membership.objects.filter(vendor=membership.vendor, role=Role.OWNER).exclude(user_id=user_id)
        if not others.exists():
            return _("You own “%(name)s”. Write to us to close it, or make another member its owner first.") % {
                "name": membership.vendor.name
            }
    return ""


register(
    PersonalData(
        model=Membership,
        rows=by_path(Membership, "user"),
        fields=("user", "role"),
        why="who may do what for a vendor",
        kept="while the person works there",
        erase=delete,
        done="deleted",
        title=_("Work for vendors"),
        export={"vendor__name": _("Vendor"), "role": _("Role"), "created_at": _("Since")},
    ),
    PersonalData(
        model=Vendor,
        rows=_owned,
        fields=("name", "tax_code", "street", "phone", "email", "about", "state_reason"),
        why="who sells: the law asks the platform to check it and to show it to buyers",
        kept=_LAW,
        erase=_empty_vendor,
        done="refused while the vendor sells; a refused application is emptied, a closed vendor loses e-mail and phone",
        title=_("Your stall"),
        export={
            "name": _("Name"),
            "producer_type": _("Producer type"),
            "tax_code": _("Tax code"),
            "street": _("House number, street, hamlet"),
            "commune__name": _("Commune"),
            "phone": _("Phone"),
            "email": _("E-mail"),
            "about": _("About the producer"),
            "state": _("State"),
            "applied_at": _("Applied"),
        },
    ),
    PersonalData(
        model=VendorPaper,
        rows=lambda person: VendorPaper.objects.filter(
            vendor__in=Vendor.objects.filter(refused_of(person)),
        ),
        fields=("name", "file"),
        why="proof of who applies; private, seen by admins and the vendor only",
        kept=_LAW,
        erase=delete_with_files("file"),
        done="of a refused application deleted with the files",
        title=_("Papers of your application"),
        export={"name": _("Name"), "size": _("Bytes"), "uploaded_at": _("Sent on")},
    ),
)
refuse_erasure_while(_owns_a_vendor)
