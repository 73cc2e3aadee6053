"""Private files, served to admins only."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from apps.backoffice.access import admin_required
from apps.provenance.models import Certificate
from apps.vendors.models import VendorPaper


@admin_required
def paper(request: HttpRequest, pk: int) -> FileResponse:
    """A paper of an application."""
    found = get_object_or_404(VendorPaper, pk=pk)
    return _file(found.file, found.content_type)


@admin_required
def scan(request: HttpRequest, pk: int) -> FileResponse:
    """The scan of a certificate."""
    return _file(get_object_or_404(Certificate, pk=pk).scan, "")


def _file(stored: Any, content_type: str) -> FileResponse:
    if not stored or not stored.storage.exists(stored.name):
        raise Http404
    response = FileResponse(stored.open("rb"), filename=stored.name.rsplit("/", 1)[-1])
    if content_type:
        response["Content-Type"] = content_type
    # A paper comes from outside: it is shown, never run.
    response["Content-Security-Policy"] = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
