"""Finding today's commune for an address from before 2025-07-01."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from django.db.models import Q

from apps.kernel.vietnamese import CollationKey, collation_key, name_key
from apps.places.models import Commune, FormerCommune, FormerProvince, Province
from apps.places.names import DISTRICTS, LOWEST, Reading, parts_of_address, readings
from apps.places.selectors.lists import province_keys

# Another district, other accents, another designation, further from the end of the address; then: a present name for an
# address in former terms or the other way round, not the default, the name itself.
_Rank: TypeAlias = tuple[bool, bool, int, int, bool, bool, CollationKey]


def candidates_for_old_address(address: str | Sequence[str]) -> list[Commune]:
    """The communes of today where an address from before 2025-07-01 may lie, the likeliest first.

    The address is a text or its parts from small to large; province and district may be missing. A divided commune
    gives several candidates, its default first. Empty when no name is known.
    """
    parts = parts_of_address(address) if isinstance(address, str) else [part for part in address if part.strip()]
    province = _province_of(parts)
    pieces = [
        _Piece(place, reading)
        for place, part in enumerate(parts)
        if place != province.place
        for reading in readings(part)
    ]
    names = {piece.reading.name for piece in pieces if piece.reading.may_be(LOWEST)}
    former = FormerCommune.objects.filter(province.former, folded_commune__in=names).select_related("commune__province")
    present = Commune.objects.filter(province.present, folded_name__in=names).select_related("province")
    ranked = [(_rank_former(row, pieces, province), row.commune) for row in former]
    ranked += [(_rank_present(commune, pieces, province), commune) for commune in present]
    ranked.sort(key=lambda pair: pair[0])
    # What fits the district and the accents best drives out the rest.
    return list(dict.fromkeys(commune for rank, commune in ranked if rank[:2] == ranked[0][0][:2]))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A reading of one part of an address, and where that part stands."""

    place: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class _ProvinceOfAddress:
    """The part of an address that names a province, and what that says about the communes."""

    place: int | None = None
    former: Q = field(default_factory=Q)
    present: Q = field(default_factory=Q)
    is_former_name: bool = False


def _province_of(parts: Sequence[str]) -> _ProvinceOfAddress:
    """The province that stands furthest right."""
    code_of = dict(Province.objects.values_list("lookup_key", "code"))
    former_code_of = dict(FormerProvince.objects.values_list("lookup_key", "province"))
    for place in reversed(range(len(parts))):
        for key in province_keys(parts[place]):
            if key in code_of:
                code = code_of[key]
                return _ProvinceOfAddress(place, Q(commune__province=code), Q(province=code))
            if key in former_code_of:
                code = former_code_of[key]
                return _ProvinceOfAddress(place, Q(former_province__lookup_key=key), Q(province=code), True)
    return _ProvinceOfAddress()


def _rank_former(row: FormerCommune, pieces: Sequence[_Piece], province: _ProvinceOfAddress) -> _Rank:
    names = (row.former_commune, row.folded_commune, row.folded_district)
    return *_fit(names, pieces), not province.is_former_name, not row.is_default, collation_key(row.commune.name)


def _rank_present(commune: Commune, pieces: Sequence[_Piece], province: _ProvinceOfAddress) -> _Rank:
    names = (commune.full_name, commune.folded_name, "")
    return *_fit(names, pieces), province.is_former_name, False, collation_key(commune.name)


def _fit(names: tuple[str, str, str], pieces: Sequence[_Piece]) -> tuple[bool, bool, int, int]:
    """How far a commune (full name, folded name, folded district) is from the pieces that name it; less is nearer.

    In order: another district, other accents, another designation, further from the end of the address.
    """
    full_name, folded_name, folded_district = names
    full_key = name_key(full_name)
    return min(
        (
            not _has_district(folded_district, pieces, piece.place),
            not full_key.endswith(piece.reading.spelling) and not piece.reading.spelling.isascii(),
            _designation_rank(piece.reading, full_key),
            -piece.place,
        )
        for piece in pieces
        if piece.reading.name == folded_name and piece.reading.may_be(LOWEST)
    )


def _has_district(folded_district: str, pieces: Sequence[_Piece], after: int) -> bool:
    return any(
        piece.place > after and piece.reading.name == folded_district and piece.reading.may_be(DISTRICTS)
        for piece in pieces
    )


def _designation_rank(reading: Reading, full_key: str) -> int:
    if reading.designation is None:
        return 1
    return 0 if full_key.startswith(reading.designation) else 2
