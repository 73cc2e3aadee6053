"""Raw table of certificates, for operators."""

from django.contrib import admin

from apps.accounts.raw_tables import LookUpAdmin
from apps.provenance.models import Certificate


@admin.register(Certificate)
class CertificateAdmin(LookUpAdmin[Certificate]):
    """Look-up only: claims come in through the vendor portal, checks are made and audited in the back office."""

    list_display = ("number", "product", "stars", "valid_until", "state")
    list_filter = ("state", "stars")
    search_fields = ("number", "decision_number", "holder")
