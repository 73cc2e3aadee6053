"""States of a vendor and the roles of its members."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VendorState(TextChoices):
    """From application to closing."""

    APPLIED = "applied", _("Applied")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")


VENDOR_TRANSITIONS: dict[str, frozenset[str]] = {
    VendorState.APPLIED: frozenset({VendorState.APPROVED, VendorState.REJECTED}),
    VendorState.REJECTED: frozenset({VendorState.APPLIED}),
    VendorState.APPROVED: frozenset({VendorState.SUSPENDED, VendorState.CLOSED}),
    VendorState.SUSPENDED: frozenset({VendorState.APPROVED, VendorState.CLOSED}),
    VendorState.CLOSED: frozenset(),
}


class ProducerType(TextChoices):
    """Kinds of OCOP producers (chủ thể) as certificates name them."""

    ENTERPRISE = "enterprise", _("Enterprise")
    COOPERATIVE = "cooperative", _("Cooperative")
    COOPERATIVE_GROUP = "cooperative_group", _("Cooperative group")
    HOUSEHOLD = "household", _("Household")


class Role(TextChoices):
    """What a member may do; the owner may do everything."""

    OWNER = "owner", _("Owner")
    CATALOGUE = "catalogue", _("Catalogue")
    ORDERS = "orders", _("Orders")
    FINANCE = "finance", _("Finance")
