"""Where the fake keeps its state: Stripe's objects as JSON documents in SQLite, on disk or in memory."""

import json
import secrets
import sqlite3
import string
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from fakes.stripe.errors import Doc

SCHEMA = """
create table if not exists documents (
    seq integer primary key autoincrement, kind text not null, id text not null, account text not null,
    created integer not null, body text not null, unique (kind, id));
create index if not exists documents_kind on documents (kind, account, seq);
create index if not exists documents_id on documents (id);
create index if not exists documents_group on documents (json_extract(body, '$.transfer_group'));
create index if not exists documents_intent on documents (json_extract(body, '$.payment_intent'));
create table if not exists postings (
    seq integer primary key autoincrement, transaction_id text not null, book text not null, currency text not null,
    amount integer not null);
create table if not exists idempotency (
    scope text not null, key text not null, fingerprint text not null, status integer not null, body text not null,
    created integer not null, primary key (scope, key));
create table if not exists deliveries (
    seq integer primary key autoincrement, rank integer not null, event text not null, type text not null,
    url text not null, secret text not null, payload text not null, state text not null, mode text not null,
    attempts integer not null default 0, next_at integer not null, answer text not null default '');
create index if not exists deliveries_state on deliveries (state, rank);
create table if not exists settings (name text primary key, value text not null);
"""
TABLES = ("documents", "postings", "idempotency", "deliveries", "settings")
LETTERS = string.ascii_letters + string.digits
WRITE_AHEAD = "pragma journal_mode = wal; pragma synchronous = normal;"


def new_id(prefix: str, length: int = 24) -> str:
    """An identifier as Stripe makes them: a prefix that tells the kind, then letters and digits."""
    return f"{prefix}_" + "".join(secrets.choice(LETTERS) for _ in range(length))


def public(doc: Doc) -> Doc:
    """The document as the API shows it: names that begin with `_` are the fake's own notes."""
    return {key: value for key, value in doc.items() if not key.startswith("_")}


class Store:
    """Documents by kind and id. One lock, one transaction at a time, everything or nothing."""

    def __init__(self, path: str = ":memory:") -> None:
        self.lock = threading.RLock()
        self.database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self.database.executescript(WRITE_AHEAD + SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is kept together, or undone when an exception leaves it. Not nested."""
        with self.lock:
            self.database.execute("begin immediate")
            try:
                yield
            except BaseException:
                self.database.execute("rollback")
                raise
            self.database.execute("commit")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Inside a transaction: undo only this part when it fails, unless the error keeps its changes."""
        self.database.execute("savepoint part")
        try:
            yield
        except BaseException as error:
            if not getattr(error, "keeps_changes", False):
                self.database.execute("rollback to part")
            raise
        finally:
            self.database.execute("release part")

    def rows(self, query: str, *values: Any) -> list[Any]:
        """All rows of a query."""
        with self.lock:
            return self.database.execute(query, values).fetchall()

    def run(self, query: str, *values: Any) -> int:
        """One statement; how many rows it changed."""
        with self.lock:
            return self.database.execute(query, values).rowcount

    def add(self, doc: Doc, *, created: int, account: str = "") -> Doc:
        """Keep a new document; its kind is its `object`."""
        values = (doc["object"], doc["id"], account, created, json.dumps(doc))
        self.run("insert into documents (kind, id, account, created, body) values (?, ?, ?, ?, ?)", *values)
        return doc

    def save(self, doc: Doc) -> Doc:
        """Write a document again."""
        query = "update documents set body = ? where kind = ? and id = ?"
        self.run(query, json.dumps(doc), doc["object"], doc["id"])
        return doc

    def remove(self, doc: Doc) -> None:
        """Forget a document."""
        self.run("delete from documents where kind = ? and id = ?", doc["object"], doc["id"])

    def get(self, kind: str, key: str, account: str | None = None) -> Doc | None:
        """One document, of one account unless any will do."""
        query = "select body from documents where kind = ? and id = ? and (? is null or account = ?)"
        found = self.rows(query, kind, key, account, account)
        return json.loads(found[0][0]) if found else None

    def find(self, key: str) -> Doc | None:
        """The document with this id, whatever it is (for `expand`)."""
        found = self.rows("select body from documents where id = ? and kind not like 'v2.%' limit 1", key)
        return json.loads(found[0][0]) if found else None

    def owner(self, doc: Doc) -> str:
        """The account that a document belongs to; empty for the platform."""
        query = "select account from documents where kind = ? and id = ?"
        return str(self.rows(query, doc["object"], doc["id"])[0][0])

    def select(self, kind: str, account: str | None = None, **equal: str | int | None) -> list[Doc]:
        """Documents of a kind whose top fields equal what is asked, newest first; None asks nothing."""
        query, values = "select body from documents where kind = ?", [kind]
        conditions: Mapping[str, Any] = {name: value for name, value in equal.items() if value is not None}
        for name, value in conditions.items():
            query += f" and json_extract(body, '$.{name}') = ?"
            values.append(value)
        if account is not None:
            query, values = query + " and account = ?", [*values, account]
        return [json.loads(body) for (body,) in self.rows(f"{query} order by seq desc", *values)]

    def setting(self, name: str, default: str = "") -> str:
        """A note of the fake itself, such as how far its clock was moved."""
        found = self.rows("select value from settings where name = ?", name)
        return str(found[0][0]) if found else default

    def set(self, name: str, value: str) -> None:
        """Write such a note."""
        self.run(
            "insert into settings values (?, ?) on conflict (name) do update set value = excluded.value", name, value
        )

    def clear(self) -> None:
        """Forget everything."""
        for table in TABLES:
            self.run(f"delete from {table}")  # noqa: S608 - names of our own

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self.database.close()
