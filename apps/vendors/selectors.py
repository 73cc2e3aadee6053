"""Reads of vendors, their members and their papers."""

from django.db.models import QuerySet

from apps.vendors.models import Membership, Vendor, VendorPaper
from apps.vendors.policies import Area, may_work_in
from apps.vendors.scoping import for_vendor
from apps.vendors.states import VendorState


def membership_of(user_id: int) -> Membership | None:
    """The membership under which a person works, with its vendor; the oldest when there are several."""
    found = Membership.objects.filter(user_id=user_id).select_related("vendor")
    return found.order_by("created_at", "pk").first()


def vendor_of(user_id: int) -> Vendor | None:
    """The vendor that a person works for."""
    membership = membership_of(user_id)
    return membership.vendor if membership else None


def members_in(*, vendor: Vendor, area: Area) -> list[int]:
    """Ids of the people whose role in the vendor may work in that area."""
    members = for_vendor(Membership.objects.all(), vendor=vendor).order_by("pk")
    return [user_id for user_id, role in members.values_list("user_id", "role") if may_work_in(role, area)]


def applications() -> QuerySet[Vendor]:
    """Vendors that wait for a decision, the oldest first."""
    waiting = Vendor.objects.filter(state=VendorState.APPLIED)
    return waiting.select_related("commune__province").prefetch_related("papers").order_by("applied_at", "pk")


def vendor_page(slug: str) -> Vendor:
    """A vendor that shoppers may see, with its place; raises Vendor.DoesNotExist for any other."""
    return Vendor.objects.select_related("commune__province").get(slug=slug, state=VendorState.APPROVED)


def papers_of(*, vendor: Vendor) -> QuerySet[VendorPaper]:
    """The papers of a vendor, the oldest first."""
    return for_vendor(VendorPaper.objects.all(), vendor=vendor).order_by("uploaded_at", "pk")


def paper_of(*, vendor: Vendor, paper_id: int) -> VendorPaper:
    """One paper of this vendor; raises VendorPaper.DoesNotExist."""
    return papers_of(vendor=vendor).get(pk=paper_id)
