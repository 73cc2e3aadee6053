"""Raw table of certificates, for operators."""

from django.contrib import admin

from apps.provenance.models import Certificate


@admin.register(Certificate)
class CertificateAdmin(admin.ModelAdmin[Certificate]):
    """Look-up only: checks are made in the back office, where they are audited."""

    list_display = ("number", "product", "stars", "valid_until", "state")
    list_filter = ("state", "stars")
    search_fields = ("number", "decision_number", "holder")
    raw_id_fields = ("product", "vendor")
    readonly_fields = ("state", "decided_at")
