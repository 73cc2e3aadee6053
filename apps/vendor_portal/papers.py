"""Private files as downloads: never shown inside a page of ours, never kept by a cache on the way."""

from typing import Any

from django.http import FileResponse


def file_response(file: Any, content_type: str, name: str) -> FileResponse:
    """The file under the name that its owner gave it; PDFs and pictures open in the browser's own viewer."""
    response = FileResponse(file.open("rb"), content_type=content_type, filename=name)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
