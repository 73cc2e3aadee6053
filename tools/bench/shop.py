"""The shop that is measured: production settings, a database of its own on PostgreSQL, gunicorn in front."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from urllib.parse import urlsplit, urlunsplit

from tools import services
from tools.bench.browser import HOST, Browser
from tools.services import spare_port

ROOT = Path(__file__).resolve().parents[2]
ORDERS = 100_000
SEED = 20250701
VARIABLES = {"postgres": "DATABASE_URL", "redis": "REDIS_URL", "elasticsearch": "SEARCH_URL"}
START_SECONDS = 30
# As docs/operations.md says for a machine with two cores.
WORKERS = 2


def configure(name: str, *, elasticsearch: bool = False) -> None:
    """Production settings with throw-away keys, for this process and those it starts; Django is not loaded yet."""
    wanted = ("postgres", "redis", "elasticsearch") if elasticsearch else ("postgres", "redis")
    services.start([each for each in wanted if not os.environ.get(VARIABLES[each])])
    found = {item["variable"]: str(item["url"]) for item in services.running().values()}
    address = urlsplit(os.environ.get("DATABASE_URL") or found["DATABASE_URL"])
    os.environ.update(
        production(urlunsplit(address._replace(path=f"/bench_{name}"))),
        SEARCH_ROOT=str(ROOT / "var" / "bench" / f"search_{name}"),
        REDIS_URL=os.environ.get("REDIS_URL") or found["REDIS_URL"],
    )
    if elasticsearch:
        os.environ["SEARCH_URL"] = os.environ.get("SEARCH_URL") or found["SEARCH_URL"]


def production(database_url: str) -> dict[str, str]:
    """The environment of a production shop behind one proxy, with keys that protect nothing."""
    return {
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.production",
        "DATABASE_URL": database_url,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ORDER_NUMBER_KEY": "a-key-for-measuring-only",
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"https://{HOST}",
        "BEHIND_TLS_PROXY": "true",
        "TRUSTED_PROXY_COUNT": "1",
        # A crowd with one phone.
        "GUEST_ORDERS_PER_ADDRESS": "0",
        "ORDERS_PER_PHONE": "0",
        "LOG_LEVEL": "ERROR",
    }


def fill(products: int) -> None:
    """Make the database, unless an earlier run has made it."""
    from django.db import connection, transaction

    from apps.shop.catalogue.models import Product
    from search.index.follow import follow
    from tools.bench.catalogue import fill_catalogue
    from tools.bench.orders import fill_orders

    create_database()
    chance = Random(SEED)
    if not Product.objects.exists():
        print(f"filling {products} products and {ORDERS} orders ...", flush=True)
        with transaction.atomic():
            fill_catalogue(products, chance)
            fill_orders(ORDERS, chance)
    while follow():
        pass
    with connection.cursor() as cursor:  # also of what an earlier run has left behind
        cursor.execute("VACUUM ANALYZE")


def create_database() -> None:
    """An empty database with all tables, unless it is there."""
    import psycopg
    from django.core.management import call_command

    address = urlsplit(os.environ["DATABASE_URL"])
    name = address.path.lstrip("/")
    with psycopg.connect(urlunsplit(address._replace(path="/postgres")), autocommit=True) as link:
        if link.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is None:
            link.execute(f'create database "{name}"')
    call_command("migrate", verbosity=0)


@contextmanager
def served(workers: int = WORKERS, environment: dict[str, str] | None = None) -> Iterator[tuple[int, int]]:
    """Gunicorn with sync workers on a spare port, in this environment or another; yields its pid and the port."""
    port = spare_port()
    flags = ["--workers", str(workers), "--worker-class", "sync", "--threads", "1", "--max-requests", "0"]
    command = [sys.executable, "-m", "gunicorn", "--bind", f"{HOST}:{port}", *flags]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(environment or {})})
    try:
        _wait_until_up(port)
        yield server.pid, port
    finally:
        server.terminate()
        server.wait()


def _wait_until_up(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            if Browser(port).ask("GET", "/healthz").status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")
