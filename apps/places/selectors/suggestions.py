"""Type-ahead over the present and the former names of communes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Case, Q, Value, When

from apps.kernel.vietnamese import name_key
from apps.places.models import Commune, FormerCommune, Province
from apps.places.names import DISTRICTS, LOWEST, Reading, parts_of_address, readings
from apps.places.selectors.lists import find_province
from apps.places.selectors.old_addresses import candidates_for_old_address

_MOST_CANDIDATES = 400  # enough for every prefix of two letters
_MOST_WORDS = 12
_EXACT, _PREFIX, _WORD, _DISTRICT, _NOT = range(5)


@dataclass(frozen=True, slots=True)
class CommuneSuggestion:
    """A commune offered while somebody types, and the former name that matched when it was not the present one."""

    commune: Commune
    former_name: str = ""  # `Phường Bạch Đằng, Thành phố Hạ Long`

    @property
    def full_name(self) -> str:
        """The commune with its province: `Phường Hồng Gai, Tỉnh Quảng Ninh`."""
        return f"{self.commune.full_name}, {self.commune.province.full_name}"


def suggest_communes(text: str, province_code: str | None = None, limit: int = 10) -> list[CommuneSuggestion]:
    """The communes whose present or former name begins so, or has a word that does; the best match first.

    Accents that were typed count before anything else. A province may follow the name: `phú quốc, kiên giang`.
    """
    place, comma, tail = text.rpartition(",")
    province = find_province(tail) if comma else None
    if province:
        text, province_code = place, province.code
    found = _suggestions(text, province_code, limit)
    if found or province_code or comma:
        return found
    for place, tail in _split_at_blanks(text):
        province = find_province(tail)
        if province:
            return _suggestions(place, province.code, limit)
    return []


def suggest_old_addresses(text: str, limit: int = 10) -> list[CommuneSuggestion]:
    """The communes of today for an address in former terms, district included: `Bạch Đằng, Hạ Long, Quảng Ninh`.

    Without commas the former commune must stand before its district: `cai rong van don`.
    """
    if found := candidates_for_old_address(text)[:limit]:
        names = {reading.name for part in parts_of_address(text) for reading in readings(part)}
        rows = FormerCommune.objects.filter(commune__in=found, folded_commune__in=names).order_by("is_default", "-pk")
        former = {row.commune_id: _former_name(row) for row in rows}
        return [CommuneSuggestion(commune, former.get(commune.pk, "")) for commune in found]
    for place, tail in [(text, ""), *_split_at_blanks(text)]:
        province = find_province(tail) if tail else None
        if (province or not tail) and (found_rows := _before_their_district(place, province)):
            return [CommuneSuggestion(row.commune, _former_name(row)) for row in found_rows[:limit]]
    return []


def _before_their_district(text: str, province: Province | None) -> list[FormerCommune]:
    """Former communes whose name begins the text and whose district is the rest of it."""
    words = text.split()[:_MOST_WORDS]
    condition = Q(pk__in=[])
    for count in range(1, len(words)):
        communes = [reading.name for reading in readings(" ".join(words[:count])) if reading.may_be(LOWEST)]
        districts = [reading.name for reading in readings(" ".join(words[count:])) if reading.may_be(DISTRICTS)]
        condition |= Q(folded_commune__in=communes, folded_district__in=districts)
    rows = FormerCommune.objects.filter(condition).select_related("commune__province")
    if province:
        rows = rows.filter(commune__province=province)
    best = {row.commune_id: row for row in rows.order_by("is_default", "-pk")}
    return sorted(best.values(), key=lambda row: (not row.is_default, row.pk))


def _former_name(row: FormerCommune) -> str:
    return f"{row.former_commune}, {row.former_district}"


class _Match(NamedTuple):
    """How well a commune fits, by which name, and which commune it is; the smallest is the best."""

    other_accents: bool
    nearness: int
    is_former: bool
    is_secondary: bool  # the former commune was divided, and most of it went elsewhere
    folded_name: str
    code: str
    former_name: str


def _suggestions(text: str, province_code: str | None, limit: int) -> list[CommuneSuggestion]:
    wanted = [reading for reading in readings(text) if reading.name]
    best: dict[str, _Match] = {}
    for match in sorted([*_present_matches(wanted, province_code), *_former_matches(wanted, province_code)]):
        best.setdefault(match.code, match)
    chosen = list(best.values())[:limit]
    communes = Commune.objects.select_related("province").in_bulk([match.code for match in chosen])
    return [CommuneSuggestion(communes[match.code], match.former_name) for match in chosen]


def _present_matches(wanted: Sequence[Reading], province_code: str | None) -> Iterable[_Match]:
    wanted = [reading for reading in wanted if reading.may_be(LOWEST)]
    rows = Commune.objects.filter(_named("folded_name", wanted))
    if province_code:
        rows = rows.filter(province=province_code)
    rows = rows.order_by(_nearest_first("folded_name", wanted), "folded_name", "code")
    for name, folded, code in rows.values_list("name", "folded_name", "code")[:_MOST_CANDIDATES]:
        yield _Match(*_closeness(name, folded, wanted), False, False, folded, code, "")


def _former_matches(wanted: Sequence[Reading], province_code: str | None) -> Iterable[_Match]:
    by_commune = [reading for reading in wanted if reading.may_be(LOWEST)]
    by_district = [reading for reading in wanted if reading.may_be(DISTRICTS)]
    rows = FormerCommune.objects.filter(_named("folded_commune", by_commune) | _named("folded_district", by_district))
    if province_code:
        rows = rows.filter(commune__province=province_code)
    columns = "former_commune", "folded_commune", "former_district", "folded_district", "is_default", "commune"
    rows = rows.order_by(_nearest_first("folded_commune", by_commune), "folded_commune", "pk")
    for name, folded, district, folded_district, is_default, code in rows.values_list(*columns)[:_MOST_CANDIDATES]:
        accents, nearness = _closeness(name, folded, by_commune)
        if nearness == _NOT:
            accents, nearness = _closeness(district, folded_district, by_district)[0], _DISTRICT
        yield _Match(accents, nearness, True, not is_default, folded, code, f"{name}, {district}")


def _named(column: str, wanted: Sequence[Reading]) -> Q:
    """Rows whose name begins as one of the readings, or has a word that does."""
    condition = Q(pk__in=[])
    for reading in wanted:
        condition |= Q(**{f"{column}__startswith": reading.name}) | Q(**{f"{column}__contains": f" {reading.name}"})
    return condition


def _nearest_first(column: str, wanted: Sequence[Reading]) -> Case:
    names = [reading.name for reading in wanted]
    prefixes = [When(**{f"{column}__startswith": name}, then=Value(_PREFIX)) for name in names]
    return Case(When(**{f"{column}__in": names}, then=Value(_EXACT)), *prefixes, default=Value(_WORD))


def _closeness(name: str, folded_name: str, wanted: Sequence[Reading]) -> tuple[bool, int]:
    """Whether the accents differ from those that were typed, and how the name begins; the best over the readings."""
    fits = [(_other_accents(name, reading), _nearness(folded_name, reading)) for reading in wanted]
    return min(fits, default=(True, _NOT), key=lambda fit: (fit[1] == _NOT, fit))


def _nearness(folded_name: str, reading: Reading) -> int:
    if folded_name == reading.name:
        return _EXACT
    if folded_name.startswith(reading.name):
        return _PREFIX
    return _WORD if f" {reading.name}" in folded_name else _NOT


def _other_accents(name: str, reading: Reading) -> bool:
    """Whether accents were typed that no word of the name begins with."""
    return not reading.spelling.isascii() and f" {reading.spelling}" not in f" {name_key(name)}"


def _split_at_blanks(text: str) -> list[tuple[str, str]]:
    """The text cut before its last 2, 3, 4 words or 1: the lengths of the names of provinces, the commonest first."""
    words = text.split()
    return [(" ".join(words[:-count]), " ".join(words[-count:])) for count in (2, 3, 4, 1) if len(words) > count]
