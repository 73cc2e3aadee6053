"""The index of a shop that is being broken: what is done to it inside the shop's process, and what must hold then."""

import re
import sqlite3
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.faults.browser import Browser
from tests.faults.rows import ask
from tests.faults.shop import Shop, eventually

EVERYTHING = "/tim-kiem/?sap-xep=moi-nhat"
FIRST_PAGES = 8
WAITING = """
    SELECT count(*) FROM search_change c JOIN search_indexgeneration g ON g.id = c.generation_id WHERE g.state = 'live'
"""
STATES = "SELECT state, count(*) FROM search_indexgeneration GROUP BY state ORDER BY state"


def fill(many: int) -> int:
    """So many goods of one vendor more; returns how many are on sale. Runs inside the shop."""
    from apps.shop.catalogue.models import Product
    from apps.shop.catalogue.selectors import on_sale
    from tests.factories.catalogue import make_product

    vendor = Product.objects.order_by("pk")[0].listing.vendor
    for _number in range(many):
        make_product(vendor=vendor, stock=100)
    return on_sale().count()


def settle() -> dict[str, Any]:
    """What a worker does once the lease of the dead one has run out, and how the index stands. Runs inside the shop."""
    from django.conf import settings

    from apps.kernel.clock import now
    from search.index.follow import follow
    from search.index.models import IndexGeneration
    from search.index.verify import verify

    IndexGeneration.objects.exclude(lease_until=None).update(lease_until=now())
    begun = time.monotonic()
    while follow():
        pass
    found = verify(settings.SEARCH_ENGINE, mend=False)
    drift = [f"{drift.kind} {drift.product_id}" for drift in found.some]
    return {"seconds": time.monotonic() - begun, "drift": drift, "beyond": found.beyond}


def at_rest(shop: Shop) -> float:
    """Take up what is left behind; index and database must say the same then. Returns after how many seconds."""
    found = shop.call("index:settle")
    assert (found["drift"], found["beyond"]) == ([], "")
    states = dict(ask(shop, STATES))
    assert (states.get("live"), states.get("building"), ask(shop, WAITING)) == (1, None, [(0,)]), states
    return float(found["seconds"])


def caught_up(shop: Shop, seconds: float) -> float:
    """Wait for the shop's own worker; returns after how many seconds nothing waited any more."""
    return eventually(lambda: ask(shop, WAITING) == [(0,)], "the index follows", seconds)


def is_right(shop: Shop) -> None:
    """No product differs; the worker may still be at it."""
    done = shop.manage("search", "verify", "--check", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def bump(shop: Shop) -> None:
    """A dong more for everything, by hand."""
    execute(shop, "UPDATE partner_stockrecord SET price = price + 1")


def execute(shop: Shop, statement: str) -> None:
    """A statement of somebody who is no part of the shop."""
    if shop.cluster:
        shop.cluster.execute(statement, shop.folder.name)
        return
    with sqlite3.connect(shop.folder / "shop.sqlite3", timeout=20) as file:
        file.execute(statement)
    file.close()


@dataclass
class Reader(threading.Thread):
    """Looks at the list of everything again and again; `wrong` says which answers were not what they must be."""

    port: int
    products: int
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        """Until told to end."""
        browser = Browser(self.port)
        while not self.ended.wait(0.05):
            begun = time.monotonic()
            try:
                page = browser.visit(EVERYTHING)
            except requests.RequestException as problem:
                self.wrong.append(repr(problem))
                continue
            self.seconds.append(time.monotonic() - begun)
            if (page.status_code, total(page)) != (200, self.products):
                self.wrong.append(f"{page.status_code}: {total(page)} of {self.products}")

    def slow(self, part: float) -> float:
        """Such a part of the answers took less."""
        return sorted(self.seconds)[int(part * (len(self.seconds) - 1))]

    def end(self) -> None:
        """All answers were right."""
        self.ended.set()
        self.join()
        assert self.seconds
        assert self.wrong == []


def total(page: requests.Response) -> int:
    """How many goods a list says it has."""
    found = re.search(r'role="status"[^>]*>\s*(\d+)', page.text)
    return int(found[1]) if found else -1


def reading(shop: Shop, products: int) -> Reader:
    """A reader at work, once every process of the web server has served its first page."""
    for _page in range(FIRST_PAGES):
        Browser(shop.port).visit(EVERYTHING)
    reader = Reader(shop.port, products)
    reader.start()
    return reader
