"""The page of one product, and the scan of its certificate."""

import mimetypes

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.views.decorators.http import require_safe

from apps.storefront import baskets, reading, seo
from apps.storefront.context import delivery_province
from apps.storefront.followed import waits_for
from apps.storefront.off_sale import off_sale_page
from apps.storefront.product import certificate_with_scan, product_page
from apps.storefront.reading import reading_page

_SHOWN_IN_BROWSER = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})


@reading_page
def product(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A product on sale; another slug leads to the right one."""
    score = request.GET.get("diem", "")
    page = product_page(
        pk,
        to=delivery_province(request),
        score=int(score) if score in {"1", "2", "3", "4", "5"} else None,
        all_reviews="danh-gia" in request.GET,
    )
    if page is None:
        return _off_sale(request, slug, pk)
    if slug != page.product.slug:
        return HttpResponsePermanentRedirect(page.card.url)
    user_id = baskets.user_id_of(request)
    context = {
        "page": page,
        "card": page.card,
        "waits": page.card.sold_out and waits_for(user_id, pk),
        "json_product": seo.product(
            page.card,
            sku=page.sku,
            description=page.description,
            pictures=[picture.src for picture in page.pictures],
            scores=page.scores,
        ),
        "breadcrumb_list": seo.breadcrumb_list(page.crumbs, request.path),
    }
    return reading.page(request, "storefront/product.html", context)


def _off_sale(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The page of goods that are paused or whose vendor is suspended; what was never on sale has none."""
    page = off_sale_page(pk)
    if page is None:
        raise Http404
    if slug != page.product.slug:
        return HttpResponseRedirect(page.product.get_absolute_url())
    return reading.page(request, "storefront/product_off_sale.html", {"page": page})


@require_safe
def certificate_scan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The scan of a checked certificate; it is public, other papers of a vendor are not."""
    certificate = certificate_with_scan(pk)
    if certificate is None:
        raise Http404
    kind = mimetypes.guess_type(certificate.scan.name or "")[0] or "application/octet-stream"
    response = FileResponse(certificate.scan.open("rb"), as_attachment=kind not in _SHOWN_IN_BROWSER, content_type=kind)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
