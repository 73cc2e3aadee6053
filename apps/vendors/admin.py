"""Raw tables of vendors, for operators."""

from django.contrib import admin
from django.http import HttpRequest

from apps.vendors.models import Membership, Vendor


@admin.register(Vendor)
class VendorAdmin(admin.ModelAdmin[Vendor]):
    """Look-up only: decisions are made in the back office, where they are audited."""

    list_display = ("name", "producer_type", "state", "applied_at")
    list_filter = ("state", "producer_type")
    search_fields = ("name", "tax_code")
    readonly_fields = ("partner", "state", "state_reason", "decided_at", "tax_code")
    raw_id_fields = ("commune",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refused: a vendor comes in through the vendor portal."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Vendor | None = None) -> bool:
        """Refused: orders and the audit trail name it."""
        return False


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    """Who works for whom."""

    list_display = ("user", "vendor", "role")
    raw_id_fields = ("user", "vendor")
