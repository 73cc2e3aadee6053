"""The shop of the first release: its tables, with rows that its own code has written; runs inside the shop's process.

`data/first_shop.json` was written by the services of that release: vendors, listings and orders in several states,
guests and a signed-in buyer, papers, a certificate, jobs, the audit trail. `TABLES` are its last migrations.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

# As of the first commit that had the whole shop; two of these apps got another migration before the release.
TABLES = [
    ("account", "0009_emailaddress_unique_primary_email"), ("accounts", "0001_initial"), ("address", "0001_initial"),
    ("admin", "0003_logentry_add_action_flag_choices"), ("auth", "0012_alter_user_first_name_max_length"),
    ("basket", "0002_initial"), ("catalogue", "0001_initial"), ("communication", "0001_initial"),
    ("contenttypes", "0002_remove_content_type_name"), ("delivery", "0001_initial"),
    ("jobs", "0002_audit_is_append_only"), ("listings", "0001_initial"), ("offer", "0002_whole_dong_proxies"),
    ("order", "0001_initial"), ("ordering", "0001_initial"), ("partner", "0001_initial"), ("payments", "0001_initial"),
    ("places", "0001_initial"), ("provenance", "0001_initial"), ("reviews", "0001_initial"),
    ("sessions", "0001_initial"), ("shipping", "0001_initial"), ("sites", "0002_alter_domain_unique"),
    ("vendors", "0001_initial"), ("voucher", "0001_initial"),
]  # fmt: skip
# PostgreSQL's number of the type.
BOOLEAN = 16
ROWS: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "data" / "first_shop.json").read_text("utf-8"))


def enter() -> dict[str, str]:
    """Make the tables of the first release and enter its rows; returns their checksums."""
    MigrationExecutor(connection).migrate(TABLES)
    # Rows come in the order of the tables' names: keys are checked at the end of the transaction.
    with transaction.atomic(), connection.cursor() as cursor:
        for table, content in ROWS.items():
            _insert(cursor, table, content)
        _renumber(cursor)
    return rows()


def rows() -> dict[str, str]:
    """Checksum of the first release's rows and columns, wherever they are now; an upgrade may add rows of its own."""
    found = {}
    with connection.cursor() as cursor:
        for table, content in ROWS.items():
            columns = ", ".join(f'"{name}"' for name in content["columns"])
            cursor.execute(f'SELECT {columns} FROM "{table}" ORDER BY "{content["columns"][0]}"')
            keys = {row[0] for row in content["rows"]}
            kept = [row for row in cursor.fetchall() if row[0] in keys]
            found[table] = hashlib.sha256(repr(kept).encode()).hexdigest()
    return found


def multiply(orders: int) -> int:
    """Copy the first order with its parts and lines so many times; returns how many orders there are."""
    copies = {
        "order_order": {"id": "9 + {n}", "number": "'X' || {n}", "basket_id": "NULL", "shipping_address_id": "NULL"},
        "order_line": {"id": "100 + {n}", "order_id": "9 + {n}"},
        "ordering_vendororder": {"id": "100 + {n}", "order_id": "9 + {n}", "number": "'KX' || {n}"},
        "ordering_vendororderline": {"id": "100 + {n}", "vendor_order_id": "100 + {n}", "line_id": "100 + {n}"},
        "payments_payment": {"id": "100 + {n}", "order_id": "9 + {n}"},
    }
    with connection.cursor() as cursor:
        for table, changed in copies.items():
            columns = ROWS[table]["columns"]
            values = [changed.get(name, f'"{name}"').replace("{n}", "n") for name in columns]
            named = ", ".join(f'"{name}"' for name in columns)
            cursor.execute(
                f'INSERT INTO "{table}" ({named}) SELECT {", ".join(values)} FROM "{table}", generate_series(1, %s) n'
                f' WHERE id = (SELECT min(id) FROM "{table}")',
                [orders],
            )
        _renumber(cursor)
        cursor.execute("SELECT count(*) FROM order_order")
        return int(cursor.fetchone()[0])


def _insert(cursor: Any, table: str, content: dict[str, Any]) -> None:
    columns = {column.name: column for column in connection.introspection.get_table_description(cursor, table)}
    # The rows come from SQLite, which has no booleans.
    kinds = [connection.vendor == "postgresql" and columns[name].type_code == BOOLEAN for name in content["columns"]]
    named = ", ".join(f'"{name}"' for name in content["columns"])
    marks = ", ".join(["%s"] * len(kinds))
    for row in content["rows"]:
        values = [bool(value) if flag and value is not None else value for value, flag in zip(row, kinds, strict=True)]
        cursor.execute(f'INSERT INTO "{table}" ({named}) VALUES ({marks})', values)


def _renumber(cursor: Any) -> None:
    """Let PostgreSQL count on from the highest id."""
    if connection.vendor != "postgresql":
        return
    for table in ROWS:
        cursor.execute("SELECT pg_get_serial_sequence(%s, column_name) FROM information_schema.columns "
                       "WHERE table_name = %s AND column_name = 'id'", [table, table])  # fmt: skip
        found = cursor.fetchone()
        if found and found[0]:
            cursor.execute(f'SELECT setval(%s, max(id)) FROM "{table}"', [found[0]])
