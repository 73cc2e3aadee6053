"""What the home page shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from apps.kernel.clock import today
from apps.places.models import Province, Region
from apps.places.selectors.known import known_provinces
from apps.shop.catalogue.pictures import Picture
from apps.shop.catalogue.selectors import CategoryNode, category_tree
from apps.storefront import shelves
from apps.storefront.cards import Card, goods_for, place_words
from apps.storefront.map import CountryMap, country_map
from apps.storefront.register import RegisterRow, register_row, valid_certificates
from apps.vendors.models import Vendor
from apps.vendors.states import VendorState

NEWEST = 5
FEATURED = 3


@dataclass(frozen=True)
class Month:
    """One month of the calendar of harvests."""

    number: int
    count: int
    current: bool


@dataclass(frozen=True)
class RegionChoice:
    """One part of the country with its provinces and their counts."""

    value: str
    words: str
    provinces: list[tuple[Province, int, str]]  # with the number of goods and the address of their list
    current: bool


@dataclass(frozen=True)
class FeaturedVendor:
    """A vendor with some of its goods."""

    vendor: Vendor
    place: str
    count: int
    pictures: list[Picture]


@dataclass(frozen=True)
class Home:
    """The home page from top to bottom."""

    certified: int
    vendors: int
    months: list[Month]
    ripe: int
    in_season: list[Card]
    map: CountryMap
    regions: list[RegionChoice]
    province: Province | None
    province_count: int
    province_cards: list[Card]
    categories: list[tuple[CategoryNode, int]]
    register: list[RegisterRow]
    featured: list[FeaturedVendor]


def home(region: str = "") -> Home:
    """The home page with the provinces of one region listed; six queries while the kept answers are fresh."""
    month, known = today().month, known_provinces()
    main = shelves.by_province().most_common(1)
    province = known.by_code(main[0][0]) if main else None
    ripe, local = shelves.ripe_and_local(month, province.code if province else "")
    chosen_vendors = featured_vendors()
    wares = shelves.of_vendors(tuple(vendor.pk for vendor in chosen_vendors))
    certificates = valid_certificates()[:NEWEST]
    shown = [certificate.product_id for certificate in certificates]
    goods = goods_for([*ripe, *local, *shown, *(pk for pks in wares.values() for pk in pks)])
    return Home(
        certified=shelves.certified().goods,
        vendors=shelves.certified().vendors,
        months=[_month((month + place - 1) % 12 + 1, month) for place in range(12)],
        ripe=shelves.by_month()[month],
        in_season=goods.cards(ripe),
        map=province_map(province.code if province else ""),
        regions=region_choices(region or (province.region if province else Region.NORTH)),
        province=province,
        province_count=shelves.by_province()[province.code] if province else 0,
        province_cards=goods.cards(local),
        categories=[(node, shelves.by_category()[node.id]) for node in category_tree().roots],
        register=[register_row(certificate, goods.pictures) for certificate in certificates],
        featured=[
            FeaturedVendor(
                vendor,
                place_words(None, vendor.commune.province_id),
                shelves.by_vendor()[vendor.pk],
                [goods.pictures[pk][0] for pk in wares[vendor.pk] if goods.pictures.get(pk)],
            )
            for vendor in chosen_vendors
        ],
    )


def province_map(current: str) -> CountryMap:
    """The map of the country with the number of goods of each province."""
    return country_map(known_provinces().ordered, shelves.by_province(), province_url, current)


def province_url(province: Province) -> str:
    """`/tinh/<slug>/` in the reader's language."""
    return reverse("storefront:province", kwargs={"slug": province.slug})


def region_choices(
    current: str, counts: Mapping[str, int] | None = None, url_for: Callable[[Province], str] = province_url
) -> list[RegionChoice]:
    """The parts of the country, their provinces with most goods first; counted by code, all goods unless told."""
    choices, counts = [], shelves.by_province() if counts is None else counts
    for value, words in Region.choices:
        here = [province for province in known_provinces().ordered if province.region == value]
        counted = sorted(((province, counts.get(province.code, 0)) for province in here), key=lambda row: -row[1])
        rows = [(province, count, url_for(province)) for province, count in counted]
        choices.append(RegionChoice(value, str(words), rows, value == current))
    return choices


def featured_vendors() -> list[Vendor]:
    """Open vendors with several goods, one per province, those with most goods first; one query."""
    busiest = [vendor_id for vendor_id, _count in shelves.by_vendor().most_common(4 * FEATURED)]
    rows = Vendor.objects.filter(pk__in=busiest, state=VendorState.APPROVED).exclude(about="")
    ranked = sorted(rows.select_related("commune"), key=lambda vendor: busiest.index(vendor.pk))
    by_province: dict[str, Vendor] = {}
    for vendor in ranked:
        by_province.setdefault(vendor.commune.province_id, vendor)
    return list(by_province.values())[:FEATURED]


def _month(number: int, current: int) -> Month:
    return Month(number, shelves.by_month()[number], number == current)
