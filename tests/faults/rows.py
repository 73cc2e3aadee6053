"""Questions about a shop's rows, asked of its database without the shop."""

import sqlite3
from contextlib import closing
from typing import Any

import psycopg

from tests.faults.shop import Shop


def ask(shop: Shop, question: str) -> list[tuple[Any, ...]]:
    """The rows that a SELECT gives."""
    if shop.cluster is None:
        with closing(sqlite3.connect(shop.folder / "shop.sqlite3", timeout=20)) as file:
            return file.execute(question).fetchall()
    with psycopg.connect(shop.cluster.url(shop.folder.name)) as link:
        return link.execute(question).fetchall()  # type: ignore[arg-type]


def count(shop: Shop, table: str, where: str = "1=1") -> int:
    """How many rows a table has."""
    return int(ask(shop, f"SELECT count(*) FROM {table} WHERE {where}")[0][0])


def orders(shop: Shop) -> int:
    """How many orders there are; every one has its payment and its parts, or it is a partial order."""
    whole = count(shop, "order_order")
    parts = ask(shop, "SELECT count(DISTINCT order_id) FROM ordering_vendororder")[0][0]
    assert (count(shop, "payments_payment"), parts) == (whole, whole)
    return whole
