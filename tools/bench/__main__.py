"""Runs the bench: fills the shop once, times every visit, writes var/bench/pages.json and prints a table.

    python -m tools.bench [--products 10000] [--seconds 4] [--only home,product]

`sql` queries of one warm visit, `rps` visits a second of four visitors at once, `p50_ms` and `p95_ms` as they wait,
`cpu_ms` processor time of the two web processes a visit, `cold_ms` the first visit to a web process just started.
"""

import argparse
import json
import statistics
import sys
import time

from tools.bench import shop
from tools.bench.browser import Browser
from tools.bench.load import VISITORS, measure, worker_memory
from tools.bench.pages import Places, Visit, visits
from tools.bench.report import Row, table

TARGET = shop.ROOT / "var" / "bench" / "pages.json"
COLD_STARTS = 3


def main(arguments: list[str]) -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--products", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--only", default="")
    wanted = parser.parse_args(arguments)
    shop.configure(str(wanted.products))
    import django

    django.setup()
    shop.fill(wanted.products)
    named = set(wanted.only.split(",")) if wanted.only else None
    chosen = [visit for visit in visits(places()) if named is None or visit.name in named]
    rows: list[Row] = [_row(visit, wanted.products, wanted.seconds) for visit in chosen]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print(f"{shop.WORKERS} sync workers, {VISITORS} visitors at once, {wanted.seconds:g} s each\n{table(rows)}")
    return 0


def places() -> Places:
    """Where the visits go: a lowest category, a top one, a product, goods of two vendors, an owner's session."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from apps.places.models import Commune
    from apps.shop.catalogue.models import Category, Product
    from apps.vendors.models import Membership

    lowest = Category.objects.filter(numchild=0, product__isnull=False).order_by("pk")[0]
    product = Product.objects.filter(categories=lowest).order_by("pk")[0]
    others = Product.objects.filter(is_chilled=False, is_alcohol=False).order_by("pk")
    partner = others[0].stockrecords.get().partner_id
    same = others.filter(stockrecords__partner_id=partner)[:2]
    other = others.exclude(stockrecords__partner_id=partner)[0]
    commune = Commune.objects.order_by("pk")[0]
    owner = Membership.objects.order_by("pk")[0].user
    session = SessionStore()
    session[SESSION_KEY] = str(owner.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = owner.get_session_auth_hash()
    session.create()
    return Places(
        category=lowest.get_absolute_url(),
        main_category=Category.objects.get_root(lowest).get_absolute_url(),
        product=product.get_absolute_url(),
        product_ids=(same[0].pk, same[1].pk, other.pk),
        commune_code=commune.pk,
        province_code=commune.province_id,
        session=str(session.session_key),
    )


def _row(visit: Visit, rows: int, seconds: float) -> Row:
    print(f"  {visit.name} ...", file=sys.stderr, flush=True)
    is_cold_told = visit.anonymous and visit.shared
    cold = statistics.median(_first(visit) for _ in range(COLD_STARTS)) if is_cold_told else None
    sql = queries_of(visit)
    environment = {} if visit.shared else {"PAGE_MILLISECONDS": "0"}
    with shop.served(environment=environment) as (server, port):
        browsers = [Browser(port) for _ in range(VISITORS)]
        for browser in browsers:
            visit.prepare(browser)
        figures = measure(visit.step, browsers, server, seconds)
        memory = worker_memory(server)
    return {"name": visit.name, "rows": rows, "sql": sql, **figures, "cold_ms": cold, **memory}


def _first(visit: Visit) -> float:
    """How long the first visitor of a fresh server waits, with nothing kept anywhere."""
    from django.core.cache import cache

    with shop.served(workers=1) as (_server, port):
        cache.clear()
        begun = time.perf_counter()
        visit.step(Browser(port))
        return round((time.perf_counter() - begun) * 1000, 1)


def queries_of(visit: Visit) -> int:
    """Queries of a warm visit that is read for nobody else, counted in this process."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext, override_settings

    from tools.bench.inside import InsideBrowser

    browser = InsideBrowser()
    with override_settings(PAGE_SECONDS=0):
        visit.prepare(browser)
        visit.step(browser)
        with CaptureQueriesContext(connection) as queries:
            visit.step(browser)
    return len(queries)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
