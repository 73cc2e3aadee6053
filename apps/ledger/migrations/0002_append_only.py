"""The database itself refuses to change or delete what was booked, and on PostgreSQL an entry that does not balance."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("ledger_entry", "ledger_posting")
SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"""
POSTGRES = """CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
    FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()"""
POSTGRES_FUNCTIONS = (
    """CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN RAISE EXCEPTION 'the ledger is append-only'; END$$""",
    """CREATE FUNCTION ledger_entry_balances() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN
        IF (SELECT sum(amount) FROM ledger_posting WHERE entry_id = NEW.entry_id) <> 0 THEN
            RAISE EXCEPTION 'ledger entry % does not balance', NEW.entry_id;
        END IF;
        RETURN NULL;
    END$$""",
)
# Looked at when the transaction ends, once all lines are there.
BALANCES = """CREATE CONSTRAINT TRIGGER ledger_posting_balances AFTER INSERT ON ledger_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entry_balances()"""


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """One trigger for UPDATE and one for DELETE on both tables; on PostgreSQL also one that adds up."""
    postgres = editor.connection.vendor == "postgresql"
    for statement in POSTGRES_FUNCTIONS if postgres else ():
        editor.execute(statement, None)  # without parameters: a percent sign in it is no placeholder
    for table in TABLES:
        for verb in ("update", "delete"):
            editor.execute((POSTGRES if postgres else SQLITE).format(table=table, verb=verb, VERB=verb.upper()))
    if postgres:
        editor.execute(BALANCES)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take all of it away again."""
    postgres = editor.connection.vendor == "postgresql"
    for table in TABLES:
        for verb in ("update", "delete"):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}" + (f" ON {table}" if postgres else ""))
    if postgres:
        editor.execute("DROP TRIGGER IF EXISTS ledger_posting_balances ON ledger_posting")
        editor.execute("DROP FUNCTION IF EXISTS ledger_entry_balances()")
        editor.execute("DROP FUNCTION IF EXISTS ledger_is_append_only()")


class Migration(migrations.Migration):
    """Triggers on ledger_entry and ledger_posting."""

    dependencies = (("ledger", "0001_initial"),)
    operations = (migrations.RunPython(create, drop),)
