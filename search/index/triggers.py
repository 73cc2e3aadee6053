"""Triggers that note for each index which products have changed, whoever changed them and however."""

from typing import Any, Final

from django.db import connections

# Table -> SQL expression or subquery that gives the ids of the products a row belongs to; {row} is NEW or OLD.
_OF_ONE: Final = {
    "catalogue_product": "{row}.id",
    "partner_stockrecord": "{row}.product_id",
    "provenance_certificate": "{row}.product_id",
    "reviews_productreview": "{row}.product_id",
    "catalogue_productcategory": "{row}.product_id",
}
# Rare changes of what many products show: their names and whether they sell.
_OF_MANY: Final = {
    "vendors_vendor": "SELECT product_id FROM partner_stockrecord WHERE partner_id = {row}.partner_id",
    "catalogue_category": (
        "SELECT pc.product_id FROM catalogue_productcategory pc JOIN catalogue_category c ON c.id = pc.category_id"
        " WHERE c.path LIKE {row}.path || '%'"
    ),
}
_EVENTS: Final = (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD"))


# For every generation that is in use or being made.
_NOTE: Final = (
    "INSERT INTO search_change (generation_id, product_id) SELECT g.id, p.product_id"
    " FROM search_indexgeneration g, ({products}) p WHERE g.state IN ('building', 'live')"
)


def statements(vendor: str) -> tuple[list[str], list[str]]:
    """SQL that makes the triggers, and SQL that drops them, for `sqlite` or `postgresql`."""
    make, drop = [], []
    every = {table: f"SELECT {product} AS product_id" for table, product in _OF_ONE.items()} | _OF_MANY
    for table, products in every.items():
        for event, row in _EVENTS:
            name = f"search_{table}_{event}"
            note = _NOTE.replace("{products}", products.replace("{row}", row))
            if vendor == "postgresql":
                make.append(
                    f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {note}; RETURN NULL; END$$"
                )
                make.append(
                    f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
                )
                drop += [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]
            else:
                make.append(f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} BEGIN {note}; END")
                drop.append(f"DROP TRIGGER IF EXISTS {name}")
    return make, drop


def ensure(using: str = "default", **_signal: Any) -> None:
    """Make the triggers anew after every `migrate`: one that rewrites a table of SQLite has dropped those of it."""
    connection = connections[using]
    make, drop = statements(connection.vendor)
    with connection.cursor() as cursor:
        for statement in [*drop, *make]:
            cursor.execute(statement)
