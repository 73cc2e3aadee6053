"""Runs the bench of search: fills a big shop, makes its index, asks it; writes var/bench/search.json.

    python -m tools.bench.search [--products 100000] [--elasticsearch]

For each kind of request: `engine` is the bare call of the engine for it, `search` everything from the request to the
list of goods, `page` the whole page over HTTP by one visitor after another, read for nobody else. `layer_percent` is
the processor time that a search adds to that of its calls of the engine.
"""

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from tools.bench import shop
from tools.bench.browser import Browser
from tools.bench.load import cpu_seconds, worker_memory
from tools.bench.report import Row, table

if TYPE_CHECKING:
    from search.plan import Answer, Engine, Plan
    from search.request import SearchRequest

TARGET = shop.ROOT / "var" / "bench" / "search.json"
BASE = 10_000  # goods that are made one by one; the others are their copies
REQUESTS, WARM_UP = 200, 20


def main(arguments: list[str]) -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(prog="bench-search")
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--elasticsearch", action="store_true", help="instead of the embedded engine")
    wanted = parser.parse_args(arguments)
    shop.configure(f"goods_{wanted.products}", elasticsearch=wanted.elasticsearch)
    import django

    django.setup()
    _fill(wanted.products)
    engine = "elasticsearch" if wanted.elasticsearch else "tantivy"
    rows = [_rebuilt(engine, wanted.products), *([_bulk(wanted.products)] if wanted.elasticsearch else [])]
    rows += [*_asked(engine, wanted.products), _typing(engine, wanted.products), *_pages(engine, wanted.products)]
    before = json.loads(TARGET.read_text(encoding="utf-8")) if TARGET.exists() else []
    names = {(row["name"], row["rows"]) for row in rows}
    rows = [row for row in before if (row["name"], row["rows"]) not in names] + rows
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(table(rows))
    return 0


def _fill(products: int) -> None:
    """The shop, unless an earlier run has made it."""
    from django.db import connection, transaction

    from apps.shop.catalogue.models import Product
    from tools.bench.catalogue import fill_catalogue
    from tools.bench.multiply import multiply

    shop.create_database()
    if Product.objects.exists():
        return
    print(f"filling {products} products ...", file=sys.stderr, flush=True)
    with transaction.atomic():
        fill_catalogue(min(products, BASE), Random(shop.SEED))
        multiply(max(products // BASE, 1))
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")  # that of pages is too short for a million rows
        cursor.execute("VACUUM ANALYZE")


def _rebuilt(engine: str, products: int) -> Row:
    """A whole index from the database: how fast, how large, and the memory of the process that made it."""
    from search.index.rebuild import rebuild

    print(f"  rebuilding {engine} ...", file=sys.stderr, flush=True)
    begun, cpu = time.perf_counter(), time.process_time()
    made = rebuild(engine)
    spent = time.perf_counter() - begun
    return {
        "name": f"{engine}: rebuild",
        "rows": products,
        "rps": round(products / spent),
        "cpu_ms": round((time.process_time() - cpu) * 1000 / products, 3),
        "mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
        "index_mb": _megabytes(made.name) if engine == "tantivy" else None,
    }


def _megabytes(generation: str) -> float:
    from django.conf import settings

    files = (Path(settings.SEARCH_ROOT) / generation).iterdir()
    return round(sum(file.stat().st_size for file in files) / 1_000_000, 1)


def _bulk(products: int) -> Row:
    """The same documents sent by the client's own helper and nothing else: what a rebuild is compared with."""
    from django.conf import settings
    from elasticsearch import Elasticsearch
    from elasticsearch.helpers import bulk

    from search.documents import every_document
    from search.engines.elastic import ElasticWriter, row

    client, name = Elasticsearch(settings.SEARCH_URL), "bench-bare-bulk"
    client.indices.delete(index=name, ignore_unavailable=True)
    ElasticWriter(client, name).create()
    actions = [{"_index": name, "_id": document.id, "_source": row(document)} for document in every_document(1)]
    begun = time.perf_counter()
    bulk(client, actions)
    client.indices.refresh(index=name)
    spent = time.perf_counter() - begun
    client.indices.delete(index=name)
    return {"name": "elasticsearch: bare bulk", "rows": products, "rps": round(products / spent)}


def _asked(engine_name: str, products: int) -> Iterable[Row]:
    """For each kind of request the bare engine and the whole search, by turns so that noise meets both."""
    from search.engines.current import engine
    from search.finding import found_by
    from search.lookup import looked_up
    from tools.bench.questions import KINDS, questions

    asked = engine(engine_name)
    for kind in KINDS:
        print(f"  {engine_name}: {kind.name} ...", file=sys.stderr, flush=True)
        requests = list(questions(kind, REQUESTS + WARM_UP, shop.SEED))
        plans = [looked_up(asked, request).plan for request in requests]
        bare, whole = _by_turns(
            [partial(asked.answer, plan) for plan in plans],
            [partial(found_by, asked, request) for request in requests],
        )
        yield {"name": f"{engine_name}: {kind.name}, engine", "rows": products, **bare}
        more = {"layer_percent": _layer_percent(asked, requests)}
        yield {"name": f"{engine_name}: {kind.name}, search", "rows": products, **whole, **more}


def _layer_percent(asked: "Engine", requests: Sequence["SearchRequest"]) -> int:
    """How much processor time of our own a search adds to that of its calls of the engine."""
    from search.finding import found_by

    watched = _Watched(asked)
    used = time.process_time()
    for request in requests:
        found_by(watched, request)
    return round(((time.process_time() - used) / watched.cpu_seconds - 1) * 100)


class _Watched:
    """An engine, and the processor time spent in it."""

    def __init__(self, asked: "Engine") -> None:
        self._asked, self.cpu_seconds = asked, 0.0

    def answer(self, plan: "Plan") -> "Answer":
        """See `Engine`."""
        used = time.process_time()
        try:
            return self._asked.answer(plan)
        finally:
            self.cpu_seconds += time.process_time() - used

    def __getattr__(self, name: str) -> Any:
        return getattr(self._asked, name)


def _by_turns(*kinds: Sequence[Callable[[], object]]) -> list[Row]:
    taken: list[list[float]] = [[] for _kind in kinds]
    cpu = [0.0 for _kind in kinds]
    for number, turn in enumerate(zip(*kinds, strict=True)):
        for place, call in enumerate(turn):
            begun, used = time.perf_counter(), time.process_time()
            call()
            if number >= WARM_UP:
                taken[place].append((time.perf_counter() - begun) * 1000)
                cpu[place] += time.process_time() - used
    return [_figures(times, used) for times, used in zip(taken, cpu, strict=True)]


def _figures(taken: Sequence[float], cpu: float) -> Row:
    cuts = statistics.quantiles(taken, n=20, method="inclusive")
    return {
        "rps": round(len(taken) * 1000 / sum(taken), 1),
        "p50_ms": round(cuts[9], 1),
        "p95_ms": round(cuts[18], 1),
        "cpu_ms": round(cpu * 1000 / len(taken), 1),
    }


def _typing(engine: str, products: int) -> Row:
    """What a search box offers, for the beginnings of words as somebody types them."""
    from search.suggesting import suggestions
    from tools.bench.questions import beginnings

    print(f"  {engine}: suggestions ...", file=sys.stderr, flush=True)
    typed = beginnings(REQUESTS + WARM_UP, shop.SEED)
    [figures] = _by_turns([partial(suggestions, q) for q in typed])
    return {"name": f"{engine}: suggestions", "rows": products, **figures}


def _pages(engine: str, products: int) -> Iterable[Row]:
    from tools.bench.questions import KINDS, questions

    with shop.served(environment={"PAGE_MILLISECONDS": "0"}) as (server, port):
        browser = Browser(port)
        for kind in KINDS:
            print(f"  page: {kind.name} ...", file=sys.stderr, flush=True)
            addresses = [f"/tim-kiem/{request.query_string()}" for request in questions(kind, REQUESTS, shop.SEED)]
            for address in addresses[:WARM_UP]:
                browser.get(address)
            taken, used = [], cpu_seconds(server)
            for address in addresses:
                begun = time.perf_counter()
                browser.get(address)
                taken.append((time.perf_counter() - begun) * 1000)
            figures = _figures(taken, cpu_seconds(server) - used)
            yield {"name": f"{engine}: {kind.name}, page", "rows": products, **figures, **worker_memory(server)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
