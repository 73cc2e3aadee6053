"""`manage.py search rebuild|status|query`: makes an index, says how it stands, and asks it."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.explaining import DATABASE, Explained, explained
from search.index.models import IndexGeneration
from search.index.rebuild import RebuildFailed, rebuild
from search.plan import EngineAway
from search.request import SearchRequest
from search.result import Reading


class Command(BaseCommand):
    """For admins, support and tests."""

    help = "Makes the index anew, says how it stands, and asks it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One command each."""
        kinds = parser.add_subparsers(dest="kind", required=True)
        kinds.add_parser("rebuild", help="a new index from the database; the old one answers until it is ready")
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
        try:
            made = rebuild(settings.SEARCH_ENGINE)
        except (EngineAway, RebuildFailed) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{made.name}: {made.documents} products, in use")

    def _status(self, options: dict[str, Any]) -> None:
        for each in IndexGeneration.objects.order_by("pk"):
            waiting = each.changes.count()
            self.stdout.write(
                f"{each.state:9} {each.engine:13} {each.name} {each.documents} products, {waiting} waiting"
            )

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
        "hidden_by": result.relaxed and {"key": result.relaxed.key, "count": result.relaxed.count},
        "suggestion": result.suggestion,
        "no_match": not result.total,
        "total": result.total,
        "hits": [asdict(row) for row in found.rows],
    }
