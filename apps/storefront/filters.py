"""The filters of a list in words: what can be ticked, with counts, and what is ticked, as chips that take it away."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.kernel.clock import today
from apps.kernel.money import dong
from apps.kernel.vietnamese import fold
from apps.places.selectors.known import known_provinces
from apps.shop.catalogue.selectors import category_tree
from apps.storefront.seasons import month_name
from apps.vendors.models import Vendor
from apps.vendors.states import ProducerType
from search.prices import PRICE_STEPS
from search.request import ALL_YEAR, Key, PriceRange, SearchRequest, Sort, month_of, month_value
from search.result import Reading, Scope, SearchResult
from search.understanding import Note, NoteKind
from search.values import CHILLED, KEEPS_LONG, PRODUCERS, RATINGS, VISIT

SHOWN = 6  # values of a filter before "more"
MOST_OFFERED = 60  # of one filter; the vendor of anything further is found by its name or a second filter
# As a reader looks for them.
_ORDER = (
    Key.STARS,
    Key.CATEGORY,
    Key.PROVINCE,
    Key.MONTH,
    Key.PRICE,
    Key.RATING,
    Key.PRODUCER,
    Key.VENDOR,
    Key.TRAIT,
    Key.IN_STOCK,
)


@dataclass(frozen=True)
class Choice:
    """One box to tick: its value in the address, its words and how many goods it would give."""

    value: str
    words: str
    count: int
    chosen: bool
    stars: int = 0


@dataclass(frozen=True)
class Filter:
    """The boxes of one key; `more` are those that a click shows."""

    key: str
    title: str
    choices: list[Choice]
    more: list[Choice]


@dataclass(frozen=True)
class Chip:
    """A ticked value and the address of the list without it."""

    words: str
    url: str


@dataclass(frozen=True)
class FilterWords:
    """Names of the values that an address holds as codes."""

    vendors: dict[str, str]

    def title(self, key: Key) -> str:
        """Name of a filter."""
        return {
            Key.CATEGORY: _("Category"),
            Key.PROVINCE: _("Made in"),
            Key.STARS: _("OCOP stars"),
            Key.VENDOR: _("Vendor"),
            Key.PRICE: _("Price"),
            Key.MONTH: _("Season"),
            Key.IN_STOCK: _("Stock"),
            Key.RATING: _("Buyers' rating"),
            Key.PRODUCER: _("Producer type"),
            Key.TRAIT: _("Good to know"),
        }[key]

    def value(self, key: Key, value: str) -> str:
        """Words of one value; the value itself when nothing is known of it."""
        words: dict[Key, Callable[[str], str]] = {
            Key.CATEGORY: _category_words,
            Key.PROVINCE: _province_words,
            Key.STARS: lambda stars: _("OCOP %(stars)s stars") % {"stars": stars},
            Key.VENDOR: lambda slug: self.vendors.get(slug, slug),
            Key.PRICE: lambda prices: price_words(PriceRange.read(prices) or PriceRange()),
            Key.MONTH: lambda month: month_words(month_of(month)),
            Key.IN_STOCK: lambda _yes: _("In stock"),
            Key.RATING: lambda least: _("%(least)s of 5 and more") % {"least": least},
            Key.PRODUCER: _producer_words,
            Key.TRAIT: _trait_words,
        }
        return words[key](value)


def words_for(request: SearchRequest, result: SearchResult, scope: Scope) -> FilterWords:
    """The names that the filters of a list need; one query at most."""
    return words_of_vendors([] if scope.vendor else [*_most_common(result, Key.VENDOR), *request.vendors])


def words_of_vendors(slugs: Collection[str]) -> FilterWords:
    """The names that a search for these vendors needs; one query, none without vendors."""
    return FilterWords(dict(Vendor.objects.filter(slug__in=slugs).values_list("slug", "name")) if slugs else {})


def _category_words(slug: str) -> str:
    node = category_tree().by_slug.get(slug)
    return node.local_name if node else slug


def _province_words(slug: str) -> str:
    province = known_provinces().by_slug(slug)
    return province.name if province else slug


def _producer_words(value: str) -> str:
    return str(next(ProducerType(kind).label for kind, word in PRODUCERS.items() if word == value))


def _trait_words(value: str) -> str:
    return {
        CHILLED: _("Travels chilled"),
        KEEPS_LONG: _("Keeps for three months and more"),
        VISIT: _("Trips and experiences"),
    }[value]


def price_words(prices: PriceRange) -> str:
    """`Under 100.000 ₫`, `100.000–300.000 ₫`, `Over 1.000.000 ₫`."""
    if prices.high is None:
        return _("Over %(amount)s") % {"amount": dong(prices.low).format()}
    if prices.low == 0:
        return _("Under %(amount)s") % {"amount": dong(prices.high).format()}
    low = dong(prices.low).format().split("\u00a0")[0]
    return f"{low}–{dong(prices.high).format()}"


def month_words(month: int) -> str:
    """`In season, month 11` for this month."""
    if month == ALL_YEAR:
        return _("All year round")
    if month == today().month:
        return _("In season, %(month)s") % {"month": month_name(month)}
    return _("Harvest in %(month)s") % {"month": month_name(month)}


def sort_choices(request: SearchRequest) -> list[tuple[str, str, bool]]:
    """The orders of a list: value, words, chosen."""
    words = {
        Sort.RELEVANCE: _("Best match"),
        Sort.NEWEST: _("Newest"),
        Sort.CHEAPEST: _("Price, low to high"),
        Sort.DEAREST: _("Price, high to low"),
        Sort.RATING: _("Buyers' rating"),
        Sort.STARS: _("OCOP stars"),
    }
    return [(sort.value, words[sort], sort is request.sort) for sort in Sort]


def chips(request: SearchRequest, words: FilterWords) -> list[Chip]:
    """One chip per ticked value."""
    return [
        Chip(words.value(key, value), request.without(key, value).query_string() or "?")
        for key, value in request.chosen
    ]


def note_chips(request: SearchRequest, result: SearchResult, words: FilterWords) -> list[Chip]:
    """One chip for each part of the query that was taken as something else than words; it takes that back."""
    return [
        Chip(_note_words(note, words), request.keeping(note.words).query_string())
        for note in result.notes
        if note.kind is not NoteKind.TYPING
    ]


def _note_words(note: Note, words: FilterWords) -> str:
    key = note.key
    meaning = note.value if key is None else ", ".join(words.value(key, value) for value in note.values)
    if fold(note.words) == fold(meaning):
        return meaning
    return _("“%(typed)s”: %(meaning)s") % {"typed": note.words, "meaning": meaning}


def reading_words(result: SearchResult) -> str:
    """What the list is when nothing has the words exactly as they were typed; empty when something has."""
    decoded = next((note.value for note in result.notes if note.kind is NoteKind.TYPING), "")
    if decoded:
        return _("Read as “%(words)s”.") % {"words": decoded}
    return {
        Reading.WITHOUT_ACCENTS: _("Nothing has these words with these accents; here they are with others."),
        Reading.ONE_TYPO: _("Nothing has exactly these words; here is one spelt a little differently."),
        Reading.ONE_WORD_LESS: _("Nothing has all of these words; here one of them is missing."),
    }.get(result.reading or Reading.AS_TYPED, "")


def filters(request: SearchRequest, result: SearchResult, scope: Scope, words: FilterWords) -> list[Filter]:
    """The filters of a list, without those that the page itself has settled."""
    settled = {Key.PROVINCE: scope.province, Key.VENDOR: scope.vendor}
    found = []
    for key in _ORDER:
        values = [] if settled.get(key) else _values(key, request, result, scope)
        choices = [_choice(key, value, request, result, words) for value in values]
        if choices:
            found.append(_filter(key, words.title(key), choices))
    return found


def _filter(key: Key, title: str, choices: list[Choice]) -> Filter:
    if len(choices) <= SHOWN + 1:
        return Filter(key.value, title, choices, [])
    shown = [choice for place, choice in enumerate(choices) if place < SHOWN or choice.chosen]
    return Filter(key.value, title, shown, [choice for choice in choices if choice not in shown])


def _choice(key: Key, value: str, request: SearchRequest, result: SearchResult, words: FilterWords) -> Choice:
    return Choice(
        value=value,
        words=words.value(key, value),
        count=result.counts[key][value],
        chosen=value in request.values(key),
        stars=int(value) if key is Key.STARS else 0,
    )


def _values(key: Key, request: SearchRequest, result: SearchResult, scope: Scope) -> list[str]:
    """The values that a filter offers, in the order that a reader expects; a ticked one is always there."""
    chosen = request.values(key)
    fixed = {Key.STARS: ("5", "4", "3"), Key.RATING: RATINGS, Key.IN_STOCK: ("1",)}
    if key in fixed:
        return list(fixed[key])
    if key is Key.PRICE:
        steps = [str(step) for step in PRICE_STEPS]
        return steps + [value for value in chosen if value not in steps]
    if key is Key.MONTH:
        offered = [str(today().month), month_value(ALL_YEAR)]
        return offered + [value for value in chosen if value not in offered]
    if key is Key.CATEGORY:
        return _categories(chosen, result, scope)
    return [*dict.fromkeys([*_most_common(result, key), *chosen])]


def _most_common(result: SearchResult, key: Key) -> list[str]:
    return [value for value, count in result.counts[key].most_common(MOST_OFFERED) if value and count]


def _categories(chosen: tuple[str, ...], result: SearchResult, scope: Scope) -> list[str]:
    """The level below the page's category, or the top level, and below what is ticked."""
    tree = category_tree()
    here = tree.by_slug.get(scope.category)
    offered = tree.children(here) if here else tree.roots
    slugs = []
    for node in offered:
        slugs.append(node.slug)
        ticked = {above.slug for slug in chosen if slug in tree.by_slug for above in tree.line(tree.by_slug[slug])}
        if node.slug in ticked:
            slugs += [child.slug for child in tree.children(node) if result.counts[Key.CATEGORY][child.slug]]
    return [*dict.fromkeys([*slugs, *(slug for slug in chosen if slug in tree.by_slug)])]
