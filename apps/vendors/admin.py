"""Raw tables of vendors, for operators."""

from django.contrib import admin

from apps.accounts.raw_tables import LookUpAdmin
from apps.vendors.models import Membership, Vendor


@admin.register(Vendor)
class VendorAdmin(LookUpAdmin[Vendor]):
    """Look-up only: vendors apply in the vendor portal, decisions are made and audited in the back office."""

    list_display = ("name", "producer_type", "state", "applied_at")
    list_filter = ("state", "producer_type")
    search_fields = ("name", "tax_code")


@admin.register(Membership)
class MembershipAdmin(LookUpAdmin[Membership]):
    """Who works for whom."""

    list_display = ("user", "vendor", "role")
