"""Categories, provinces and open vendors by name: small tables in the process, looked through word by word."""

from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import islice
from operator import itemgetter

from django.db.models import Count, Q
from django.utils.translation import get_language

from apps.kernel.memo import kept_for
from apps.places.selectors.known import former_names
from apps.places.selectors.names import ProvinceName, province_names
from apps.shop.catalogue.selectors import category_tree
from apps.vendors.models import Vendor
from apps.vendors.states import VendorState
from search.asked import popular
from search.suggesting.row import Begun, Fit, Kind, Name, Row

KEPT_SECONDS = 60
_MOST_NAMES = 4  # of one thing that can fit
_LOOKED_THROUGH = 1_000
Table = Sequence[tuple[Name, Row]]
Found = tuple[Fit, Row]


def queries(begun: Begun, most: int) -> list[Found]:
    """What others ask often, most asked first; not what is typed already."""
    found = [(Name.of(words), Row(Kind.QUERY, words)) for words in popular(" ".join(begun.folded), _MOST_NAMES * most)]
    return best(begun, [pair for pair in found if pair[0].folded != begun.name.folded], most)


def categories(begun: Begun, most: int) -> list[Found]:
    """By the name in either language."""
    return best(begun, _categories(get_language() or ""), most)


def provinces(begun: Begun, most: int) -> list[Found]:
    """By the name of today, of before July 2025 or in everybody's mouth."""
    return best(begun, _provinces(), most)


def vendors(begun: Begun, most: int) -> list[Found]:
    """Of those that fit equally well, the ones with most goods."""
    return best(begun, _vendors(), most)


def best(begun: Begun, table: Iterable[tuple[Name, Row]], most: int) -> list[Found]:
    """The rows that fit best, each once; the order of the table decides between equals.

    Of a beginning that thousands have (`hợp tác xã`) the first _LOOKED_THROUGH are compared, and these roughly first.
    """
    fitting = islice(((name, row) for name, row in table if begun.begins(name)), _LOOKED_THROUGH)
    roughly = nsmallest(most * _MOST_NAMES, fitting, key=lambda pair: begun.rough_fit(pair[0]))
    found: dict[tuple[str, int], Found] = {}
    for fit, row in sorted(((begun.fit(name), row) for name, row in roughly), key=itemgetter(0)):
        found.setdefault((row.slug or row.name, row.id), (fit, row))
    return list(found.values())[:most]


@kept_for(KEPT_SECONDS)
def _categories(_language: str) -> Table:
    nodes = category_tree().nodes
    named = [(name, node) for node in nodes for name in dict.fromkeys((node.local_name, node.name, node.name_en))]
    return [(Name.of(name), Row(Kind.CATEGORY, node.local_name, node.slug)) for name, node in named if name]


@kept_for(KEPT_SECONDS)
def _provinces() -> Table:
    former = former_names()
    return [(Name.of(name.spelling), _province(name, former)) for name in province_names()]


def _province(name: ProvinceName, former: Mapping[str, Sequence[str]]) -> Row:
    province = name.province
    was = name.spelling if name.spelling in former.get(province.code, ()) else ""
    return Row(Kind.PROVINCE, province.name, province.slug, former=was)


@kept_for(KEPT_SECONDS)
def _vendors() -> Table:
    goods = Count("partner__stockrecords", filter=Q(partner__stockrecords__listed=True))
    rows = Vendor.objects.filter(state=VendorState.APPROVED).annotate(goods=goods).order_by("-goods", "name")
    return [(Name.of(name), Row(Kind.VENDOR, name, slug)) for name, slug in rows.values_list("name", "slug")]
