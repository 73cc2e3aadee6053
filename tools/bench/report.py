"""The results of a bench as text."""

from collections.abc import Mapping, Sequence

Row = dict[str, str | float | None]


def table(rows: Sequence[Mapping[str, str | float | None]]) -> str:
    """A line for each row and a column for each name that any of them has; `-` where a row has none."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = ([row.get(name) for name in names] for row in rows)
    lines = [names, *(["-" if cell is None else str(cell) for cell in line] for line in cells)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(names))]
    return "\n".join("  ".join(word.rjust(width) for word, width in zip(line, widths, strict=True)) for line in lines)
