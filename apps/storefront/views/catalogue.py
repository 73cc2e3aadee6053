"""Pages on which goods are found: home, search, category, province, vendor and the register of certificates."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.kernel.clock import today
from apps.places.models import Province, Region
from apps.places.selectors.known import former_names, known_provinces
from apps.shop.catalogue.models import Product
from apps.shop.catalogue.selectors import category_tree
from apps.storefront import asking, delivery_place, reading, seo, shelves
from apps.storefront import home as home_page
from apps.storefront import register as register_page
from apps.storefront.cards import place_words
from apps.storefront.listing import Listing, heading, listing, total_words
from apps.storefront.map import country_map
from apps.storefront.reading import reading_page
from apps.vendors.models import Vendor
from apps.vendors.selectors import vendor_page
from search.finding import search as find
from search.request import Key, SearchRequest
from search.result import PAGE_SIZE, Scope
from search.saved import whole

PERSONAL_ID_LENGTH = 12
REGIONS = {"bac": Region.NORTH, "trung": Region.CENTRE, "nam": Region.SOUTH}


@reading_page
def home(request: HttpRequest) -> HttpResponse:
    """The market sheet: in season now, by province, by category, newest certificates, vendors."""
    page = home_page.home(REGIONS.get(request.GET.get("mien", ""), ""))
    names = {region: slug for slug, region in REGIONS.items()}
    return reading.page(
        request,
        "storefront/home.html",
        {"page": page, "today": today(), "region_slugs": names, "item_list": seo.item_list(page.in_season)},
    )


@reading_page
def search(request: HttpRequest) -> HttpResponse:
    """Search over everything; a product code or certificate number leads straight to its product."""
    found = _listing(request, Scope())
    wanted = found.request
    if found.result.direct_hit:
        product = Product.objects.only("slug", "pk").get(pk=found.result.direct_hit)
        return HttpResponseRedirect(product.get_absolute_url())
    counted = asking.counted(request, wanted, found.result)
    asking.note(request, counted, found.result)
    crumbs = [(_("Home"), reverse("storefront:home")), (_("Search") if wanted.q else heading(wanted), None)]
    more = {"title": heading(wanted), "noindex": bool(wanted.q or found.chips), "counted": counted}
    return _list(request, found, "search", crumbs, more)


@reading_page
def season(request: HttpRequest) -> HttpResponse:
    """What is in season this month."""
    return HttpResponseRedirect(f"{reverse('storefront:search')}?mua={today().month}")


@reading_page
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """The goods of a category and of those below it."""
    tree = category_tree()
    node = tree.by_slug.get(slug)
    if node is None:
        raise Http404
    found = _listing(request, Scope(category=slug))
    line = [(step.local_name, step.url) for step in tree.line(node)[:-1]]
    crumbs = [(_("Home"), reverse("storefront:home")), *line, (node.local_name, None)]
    return _list(request, found, "category", crumbs, {"title": node.local_name, "category": node})


@reading_page
def province(request: HttpRequest, slug: str) -> HttpResponse:
    """The goods of a province, with the names of those that became a part of it in 2025."""
    place = known_provinces().by_slug(slug)
    if place is None:
        raise Http404
    found = _listing(request, Scope(province=slug))
    crumbs = [
        (_("Home"), reverse("storefront:home")),
        (_("Provinces"), reverse("storefront:provinces")),
        (place.name, None),
    ]
    more = {"title": place.name, "province": place, "former_names": former_names().get(place.code, ())}
    return _list(request, found, "province", crumbs, more)


@reading_page
def provinces(request: HttpRequest) -> HttpResponse:
    """All provinces on the map and as lists by region."""
    context = {
        "map": home_page.province_map(""),
        "regions": home_page.region_choices(""),
        "former_names": former_names(),
        "crumbs": [(_("Home"), reverse("storefront:home")), (_("Provinces"), None)],
        "total": shelves.by_province().total(),
    }
    return reading.page(request, "storefront/provinces.html", context)


@reading_page
def search_map(request: HttpRequest) -> HttpResponse:
    """Where the goods of a search come from; each province leads to those of the search that it has."""
    wanted = whole(_asked(request)).without(Key.PROVINCE)
    found = find(wanted)
    slugs = {province.code: province.slug for province in known_provinces().ordered}
    counts = {code: found.counts[Key.PROVINCE][slug] for code, slug in slugs.items()}

    def list_of(place: Province) -> str:
        narrowed = wanted.and_also(Key.PROVINCE, [place.slug])
        return f"{reverse('storefront:search')}{narrowed.query_string()}"

    back = f"{reverse('storefront:search')}{wanted.query_string()}"
    context = {
        "map": country_map(known_provinces().ordered, counts, list_of),
        "regions": home_page.region_choices("", counts, list_of),
        "crumbs": [(_("Home"), reverse("storefront:home")), (heading(wanted), back), (_("Provinces"), None)],
        "title": heading(wanted),
        "lead": total_words(wanted, found),
        "noindex": True,
    }
    return reading.page(request, "storefront/provinces.html", context)


@reading_page
def vendor(request: HttpRequest, slug: str) -> HttpResponse:
    """A vendor and its goods; one that is not open has no page."""
    try:
        seller = vendor_page(slug)
    except Vendor.DoesNotExist as unknown:
        raise Http404 from unknown
    found = _listing(request, Scope(vendor=slug))
    crumbs = [(_("Home"), reverse("storefront:home")), (seller.name, None)]
    place = place_words(seller.commune.name, seller.commune.province_id)
    # The tax code of a household is since July 2025 the personal id of its head: 12 digits, which nobody else may see.
    tax_code = "" if len(seller.tax_code) == PERSONAL_ID_LENGTH else seller.tax_code
    more = {"title": seller.name, "vendor": seller, "place": place, "tax_code": tax_code, "crumbs_lang": "vi"}
    return _list(request, found, "vendor", crumbs, more)


@reading_page
def register(request: HttpRequest) -> HttpResponse:
    """Every certificate that is valid today, the newest first; `q` narrows to a number, product or holder."""
    rows = register_page.valid_certificates(request.GET.get("q", "").strip()[:120])
    page = Paginator(rows, register_page.PAGE_SIZE).get_page(request.GET.get("trang"))
    crumbs = [(_("Home"), reverse("storefront:home")), (_("Register of certificates"), None)]
    context = {"page": page, "rows": register_page.dressed(page.object_list), "crumbs": crumbs}
    return reading.page(request, "storefront/register.html", context)


def _listing(request: HttpRequest, scope: Scope) -> Listing:
    """The list that the address asks for, for the province that the reader wants goods sent to."""
    return listing(_asked(request), scope, delivery_place.province_code(request))


def _asked(request: HttpRequest) -> SearchRequest:
    return SearchRequest.read(dict(request.GET.lists()))


def _list(
    request: HttpRequest, found: Listing, name: str, crumbs: list[tuple[str, str | None]], more: dict[str, Any]
) -> HttpResponse:
    """The template `name` around a list."""
    first = (found.result.page - 1) * PAGE_SIZE + 1
    context = {
        "listing": found,
        "crumbs": crumbs,
        "item_list": seo.item_list(found.cards, first),
        "breadcrumb_list": seo.breadcrumb_list(crumbs, request.path),
        "noindex": bool(found.chips),
        "tree": category_tree(),
        **more,
    }
    return reading.page(request, f"storefront/{name}.html", context)
