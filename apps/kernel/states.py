"""States are data: a table says which state may follow which."""

from collections.abc import Iterable
from typing import TypeAlias

TransitionTable: TypeAlias = dict[str, frozenset[str]]


def check_table(table: TransitionTable, states: Iterable[str]) -> None:
    """Raise ValueError unless the table has a row for each state and leads only to known ones."""
    known = {str(state) for state in states}
    rows = {str(state) for state in table}
    targets = {str(target) for row in table.values() for target in row}
    if rows != known or not targets <= known:
        raise ValueError(f"rows {sorted(rows ^ known)} or targets {sorted(targets - known)} do not fit the states")


def final_states(table: TransitionTable) -> frozenset[str]:
    """The states that nothing follows."""
    return frozenset(state for state, following in table.items() if not following)
