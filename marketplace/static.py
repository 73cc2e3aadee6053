"""Files that browsers keep for good: static ones with a digest in their names, and pictures of the goods."""

import errno
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the package has no types
    """Vite's files have a digest already, by which its scripts import each other: with two names they load twice."""

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        """The name under which a file is served."""
        return name if name.startswith("assets/") else str(super().hashed_name(name, content, filename))


@require_safe
@cache_control(public=True, max_age=365 * 24 * 3600, immutable=True)
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture of the goods; one that changes gets another name, so browsers may keep the old one."""
    try:
        return serve(request, path, document_root=settings.MEDIA_ROOT)
    except OSError as problem:
        if problem.errno == errno.ENAMETOOLONG:
            raise Http404 from problem
        raise
