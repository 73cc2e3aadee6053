"""The register of personal data: for every table with something about people what it is, why, how long, what to do.

Each app fills in its own tables in `AppConfig.ready()`. The copy of somebody's data, the erasure and the table in
docs/privacy.md are all made from here; tests/architecture/test_personal_data.py compares it with the schema.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django_stubs_ext import StrOrPromise

ERASED = "—"
"""What stands in a column that must not be empty."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who it is about, and the words by which free text may name them."""

    user_id: int
    words: tuple[str, ...]


Rows = Callable[[Person], QuerySet[Any]]
# Returns the private files that nothing names any more.
Eraser = Callable[[QuerySet[Any]], list[str]]
Obstacle = Callable[[int], StrOrPromise]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One table. `why` and `kept` are English, for docs/privacy.md; `title` and the labels are for the person.

    `rows` finds what belongs to a person, `export` maps look-ups to labels (empty: nothing in it tells the person
    anything), `erase` is what erasure does, `done` says so in the docs.
    """

    model: type[Model]
    rows: Rows
    fields: tuple[str, ...]
    why: str
    kept: str
    erase: Eraser
    done: str
    title: StrOrPromise = ""
    export: Mapping[str, StrOrPromise] = field(default_factory=dict)


_register: dict[type[Model], PersonalData] = {}
_exempt: dict[type[Model], str] = {}
_obstacles: list[Obstacle] = []


def register(*entries: PersonalData) -> None:
    """Enter tables; raises ValueError for one that is entered already."""
    for entry in entries:
        _refuse_second(entry.model)
        _register[entry.model] = entry


def exempt(reason: str, *models: type[Model]) -> None:
    """Tables that hang on a person and hold nothing about them; raises ValueError for one that is entered already."""
    for model in models:
        _refuse_second(model)
        _exempt[model] = reason


def refuse_erasure_while(obstacle: Obstacle) -> None:
    """A reason against erasure: a function of the user's id that returns words for the person, or nothing."""
    if obstacle not in _obstacles:
        _obstacles.append(obstacle)


def entries() -> tuple[PersonalData, ...]:
    """All entered tables, in the order of the layers."""
    return tuple(_register.values())


def exemptions() -> Mapping[type[Model], str]:
    """Tables that hold nothing, with the reason."""
    return dict(_exempt)


def obstacles_for(user_id: int) -> list[str]:
    """Why this person's data cannot be erased now, in words for the person; empty when it can."""
    return [str(words) for obstacle in _obstacles if (words := obstacle(user_id))]


def by_path(model: type[Model], path: str) -> Rows:
    """Rows whose look-up `path` leads to the person."""
    return lambda person: model._default_manager.filter(**{path: person.user_id})


def delete(rows: QuerySet[Any]) -> list[str]:
    """Delete the rows."""
    rows.delete()
    return []


def delete_with_files(name: str) -> Eraser:
    """Delete the rows and the private files that the field `name` holds."""

    def erase(rows: QuerySet[Any]) -> list[str]:
        paths = [path for path in rows.values_list(name, flat=True) if path]
        rows.delete()
        return paths

    return erase


def replace(**values: Any) -> Eraser:
    """Write these values over the personal ones; the rest of the row stays."""

    def erase(rows: QuerySet[Any]) -> list[str]:
        # By key: a condition over a relation becomes a subquery that PostgreSQL may judge by an old snapshot.
        model = rows.model._default_manager
        model.filter(pk__in=list(rows.order_by().values_list("pk", flat=True))).update(**values)
        return []

    return erase


def keep(rows: QuerySet[Any]) -> list[str]:
    """Nothing: without the other tables the row names nobody."""
    return []


def erase_everywhere(person: Person) -> list[str]:
    """Run every table's eraser, in the caller's transaction; returns the private files to delete afterwards."""
    return list(_erased(person, reversed(entries())))


def _erased(person: Person, found: Iterable[PersonalData]) -> Iterator[str]:
    # From the top layer down: what finds its rows through a lower table comes before it.
    for entry in found:
        yield from entry.erase(entry.rows(person))


def _refuse_second(model: type[Model]) -> None:
    if model in _register or model in _exempt:
        raise ValueError(f"{model._meta.label} is in the register already")
