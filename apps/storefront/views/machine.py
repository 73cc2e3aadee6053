"""Pages for machines: health, robots and the map of the site."""

from django.conf import settings
from django.contrib.sitemaps.views import SitemapIndexItem, x_robots_tag
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.storefront.sitemaps import SITEMAPS

# What changes a basket or asks who somebody is; filtered lists are many addresses of the same goods. The checkout is no
# page without a basket, so it is not named.
_NOT_FOR_ROBOTS = (
    "/gio-hang/",
    "/don-hang/",
    "/tai-khoan/",
    "/ban-hang/",
    "/quan-tri/",
    "/dia-chi/",
    "/giao-den/",
    "/*?*sap-xep=",
    "/*?*gia=",
    "/*?*con-hang=",
    "/*?*nguyen-van=",
)


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 while the process answers and reaches its database, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"status": "error", "database": "unreachable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _NOT_FOR_ROBOTS)]
    lines += [f"Disallow: /en{path}" for path in _NOT_FOR_ROBOTS if not path.startswith("/*")]
    lines += ["", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@x_robots_tag
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The parts of the map of the site. Django's own view would name the host of the Site row, which nobody keeps."""
    parts = []
    for section, kind in SITEMAPS.items():
        address = settings.SITE_URL + reverse("sitemap_section", kwargs={"section": section})
        pages = kind().paginator.num_pages
        parts += [SitemapIndexItem(address if page == 1 else f"{address}?p={page}") for page in range(1, pages + 1)]
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": parts}, content_type="application/xml")
