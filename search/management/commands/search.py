"""`manage.py search rebuild|rollback|verify|status|query`: makes an index, checks it, says how it stands, asks it."""

import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search.documents import counted
from search.explaining import DATABASE, Explained, explained
from search.index.generations import AlreadyBuilding, NoneBefore
from search.index.models import IndexGeneration
from search.index.rebuild import RebuildFailed, rebuild, rollback
from search.index.verify import Findings, verify
from search.plan import EngineAway
from search.request import SearchRequest
from search.result import Reading


class Command(BaseCommand):
    """For admins, support and tests."""

    help = "Makes the index anew, checks it, says how it stands, and asks it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One command each."""
        kinds = parser.add_subparsers(dest="kind", required=True)
        kinds.add_parser("rebuild", help="a new index from the database; the old one answers until it is ready")
        kinds.add_parser("rollback", help="back to the index before, once it holds what the database holds")
        check = kinds.add_parser("verify", help="compare every product of the index with the database and mend it")
        check.add_argument("--check", action="store_true", help="only look; the exit code is 1 when something differs")
        kinds.add_parser("status", help="the indexes and what waits for them")
        query = kinds.add_parser("query", help="ask as a shopper does")
        query.add_argument("text", nargs="?", default="")
        query.add_argument("--file", type=Path, help="one query a line; one JSON object a line comes back")
        query.add_argument("--filter", action="append", default=[], metavar="KEY=VALUE", help="as in the address")
        query.add_argument("--engine", default=settings.SEARCH_ENGINE, help=f"or {DATABASE}")
        for each in kinds.choices.values():
            each.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: object, **options: Any) -> None:
        """Do it."""
        getattr(self, f"_{options['kind']}")(options)

    def _rebuild(self, options: dict[str, Any]) -> None:
        self._put_into_use(rebuild, options)

    def _rollback(self, options: dict[str, Any]) -> None:
        self._put_into_use(rollback, options)

    def _put_into_use(self, make: Callable[..., IndexGeneration], options: dict[str, Any]) -> None:
        try:
            with _bar() as progress:
                made = make(settings.SEARCH_ENGINE, progress=progress)
        except AlreadyBuilding as problem:
            raise CommandError("somebody else is making an index already") from problem
        except (EngineAway, NoneBefore, RebuildFailed) as problem:
            raise CommandError(str(problem)) from problem
        self._say(f"{made.name}: {made.documents} products, in use", _facts(made), options)

    def _verify(self, options: dict[str, Any]) -> None:
        with _bar() as progress:
            found = verify(settings.SEARCH_ENGINE, mend=not options["check"], progress=progress)
        self._say("\n".join(_lines(found)), _summary(found), options)
        if options["check"] and not found.is_right:
            raise CommandError("the index is not what the database says")
        if found.beyond and not options["check"]:
            self._rebuild(options)
        elif found.drift and options["format"] == "text":
            self.stdout.write("They are noted; the worker or scheduler reads them again within seconds.")

    def _status(self, options: dict[str, Any]) -> None:
        for each in IndexGeneration.objects.order_by("pk"):
            facts = _facts(each)
            text = "{state:9} {engine:13} {name} {products} products, {waiting} waiting".format(**facts)
            self._say(text, facts, options)

    def _say(self, text: str, facts: dict[str, Any], options: dict[str, Any]) -> None:
        """A text for people or one JSON object for a monitor."""
        self.stdout.write(text if options["format"] == "text" else json.dumps(facts))

    def _query(self, options: dict[str, Any]) -> None:
        filters: dict[str, list[str]] = {}
        for pair in options["filter"]:
            key, _, value = pair.partition("=")
            filters.setdefault(key, []).append(value)
        texts = options["file"].read_text(encoding="utf-8").splitlines() if options["file"] else [options["text"]]
        for text in texts:
            request = SearchRequest.read({**filters, "q": [text]})
            try:
                found = explained(request, options["engine"])
            except EngineAway as problem:
                raise CommandError(str(problem)) from problem
            as_text = options["format"] == "text" and not options["file"]
            self.stdout.write(_in_words(found) if as_text else json.dumps(_data(request, found), ensure_ascii=False))


def _in_words(found: Explained) -> str:
    lines = (f"{row.score:8.2f}  {row.sku:16} {row.title}" for row in found.rows)
    return "\n".join((f"{found.result.total} found", *lines))


def _data(request: SearchRequest, found: Explained) -> dict[str, Any]:
    """What was understood, what was relaxed, and each hit with its score part by part."""
    result = found.result
    return {
        "q": request.q,
        "understood": [
            {"kind": note.kind, "words": note.words, "key": note.key, "value": note.value} for note in result.notes
        ],
        "relaxed": None if result.reading is Reading.AS_TYPED else result.reading,
        "hidden_by": [{"key": one.key, "words": one.words, "count": one.count} for one in result.relaxed],
        "suggestion": result.suggestion,
        "no_match": not result.total,
        "total": result.total,
        "hits": [asdict(row) for row in found.rows],
    }


@contextmanager
def _bar() -> Iterator[Callable[[int], None]]:
    """How far, how fast and how long still; nothing where no terminal is."""
    with tqdm(total=counted(), unit=" products", disable=None, leave=False) as bar:
        yield lambda done: bar.update(done - bar.n) and None


def _facts(generation: IndexGeneration) -> dict[str, Any]:
    return {
        "engine": generation.engine,
        "name": generation.name,
        "state": str(generation.state),
        "products": generation.documents,
        "waiting": generation.changes.count(),
        "made_at": generation.made_at.isoformat(),
        "in_use_since": generation.live_at.isoformat() if generation.live_at else None,
    }


def _summary(found: Findings) -> dict[str, Any]:
    shown = [{"product": drift.product_id, "kind": str(drift.kind)} for drift in found.some]
    counts = {str(kind): number for kind, number in found.drift.items()}
    name, right = found.generation, found.is_right
    return {"name": name, "products": found.products, "right": right, "drift": counts, "some": shown} | {
        "beyond": found.beyond
    }


def _lines(found: Findings) -> Iterator[str]:
    yield from (f"{drift.kind:9} {drift.product_id}" for drift in found.some)
    if more := found.drift.total() - len(found.some):
        yield f"... and {more} more"
    if found.beyond:
        yield found.beyond
    drift = found.drift.total()
    yield f"{found.generation}: {found.products} products looked at, {drift or 'none'} differ"
