"""Raw table of certificates, for operators."""

from django.contrib import admin
from django.http import HttpRequest

from apps.provenance.models import Certificate


@admin.register(Certificate)
class CertificateAdmin(admin.ModelAdmin[Certificate]):
    """Look-up only: checks are made in the back office, where they are audited."""

    list_display = ("number", "product", "stars", "valid_until", "state")
    list_filter = ("state", "stars")
    search_fields = ("number", "decision_number", "holder")
    raw_id_fields = ("product", "vendor")
    readonly_fields = ("state", "decided_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refused: a claim comes in through the vendor portal."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Certificate | None = None) -> bool:
        """Refused: a wrong certificate is revoked, which stays on record."""
        return False
