"""`manage.py search rebuild|status|query`: makes an index, says how it stands, and asks it."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.shop.partner.models import StockRecord
from search import database
from search.engines.current import engine
from search.finding import found_by
from search.index.models import IndexGeneration
from search.index.rebuild import RebuildFailed, rebuild
from search.plan import EngineAway
from search.request import SearchRequest
from search.result import SearchResult

DATABASE = "database"


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
        query.add_argument("--engine", default=settings.SEARCH_ENGINE)
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
            self._print(request, self._ask(options["engine"], request), options)

    def _ask(self, name: str, request: SearchRequest) -> SearchResult:
        if name == DATABASE:
            return database.search(request)
        try:
            return found_by(engine(name), request)
        except EngineAway as problem:
            raise CommandError(str(problem)) from problem

    def _print(self, request: SearchRequest, result: SearchResult, options: dict[str, Any]) -> None:
        skus = dict(StockRecord.objects.filter(product__in=result.ids).values_list("product_id", "partner_sku"))
        hits = [skus[pk] for pk in result.ids if pk in skus]
        if options["format"] == "text" and not options["file"]:
            self.stdout.write(f"{result.total} found: {', '.join(hits)}")
            return
        notes = [
            {"kind": note.kind, "words": note.words, "key": note.key, "value": note.value} for note in result.notes
        ]
        answer = {"q": request.q, "understood": notes, "relaxed": result.reading, "no_match": not result.total}
        self.stdout.write(json.dumps({**answer, "total": result.total, "hits": hits}, ensure_ascii=False))
