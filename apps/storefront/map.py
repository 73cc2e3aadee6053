"""The map of the country by province: outlines from the built front end, tones from how many goods are on sale."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

FLAG_WIDTH = 150
FLAG_HEIGHT = 46


class Place(Protocol):
    """What the map needs of a province."""

    @property
    def code(self) -> str:
        """Two digits of the official list."""

    @property
    def name(self) -> str:
        """Without the kind of unit before it."""


@dataclass(frozen=True)
class Area:
    """One province on the map; `tone` is 0 to 3 from few to many goods, None for none."""

    code: str
    name: str
    count: int
    url: str
    path: str
    x: int
    y: int
    tone: int | None
    current: bool


@dataclass(frozen=True)
class Flag:
    """The label of the chosen province: its box, and the point that it belongs to."""

    area: Area
    x: int
    y: int

    @property
    def centre(self) -> int:
        """Where its two lines of text are centred."""
        return self.x + FLAG_WIDTH // 2

    @property
    def middle(self) -> int:
        """Half its height, where the line from the province ends."""
        return self.y + FLAG_HEIGHT // 2

    @property
    def name_line(self) -> int:
        """Base line of the name."""
        return self.y + 20

    @property
    def count_line(self) -> int:
        """Base line of the number of goods."""
        return self.y + 38


@dataclass(frozen=True)
class CountryMap:
    """Everything `<c-map>` draws; `steps` are the upper limits of the four tones."""

    areas: list[Area]
    steps: list[tuple[int, int]]
    flag: Flag | None
    attribution: str


@lru_cache(maxsize=1)
def _outlines() -> dict[str, Any]:
    path = Path(settings.BASE_DIR) / "frontend" / "dist" / "map.json"
    if not path.is_file():
        return {"attribution": "", "provinces": {}}
    outlines: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return outlines


def tone_steps(counts: Iterable[int]) -> list[tuple[int, int]]:
    """Up to four ranges (least, most) that share the provinces with goods evenly, from few to many."""
    known = sorted(count for count in counts if count > 0)
    if not known:
        return []
    tops = sorted({known[min(len(known) - 1, len(known) * part // 4)] for part in (1, 2, 3)} | {known[-1]})
    least = known[0]
    steps = []
    for top in tops:
        steps.append((least, top))
        least = top + 1
    return steps


def country_map(
    provinces: Iterable[Place],
    counts: Mapping[str, int],
    url_for: Callable[[Any], str],
    current: str = "",
) -> CountryMap:
    """The map with the number of goods per province code, a link for each and the chosen one marked."""
    outlines = _outlines()
    steps = tone_steps(counts.values())
    areas = []
    for province in provinces:
        shape = outlines["provinces"].get(province.code)
        if shape is None:
            continue
        count = counts.get(province.code, 0)
        tone = next((index for index, (_, most) in enumerate(steps) if 0 < count <= most), None)
        areas.append(
            Area(
                code=province.code,
                name=province.name,
                count=count,
                url=url_for(province),
                path=shape["path"],
                x=shape["x"],
                y=shape["y"],
                tone=tone,
                current=province.code == current,
            )
        )
    chosen = next((area for area in areas if area.current), None)
    return CountryMap(areas, steps, _flag(chosen) if chosen else None, outlines["attribution"])


def _flag(area: Area) -> Flag:
    """Beside the province, on the side of the sea, inside the drawing."""
    x = min(max(area.x + 30, 200), 500 - FLAG_WIDTH)
    y = max(4, area.y - FLAG_HEIGHT - 8)
    return Flag(area, x, y)
