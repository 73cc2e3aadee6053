"""The database itself refuses to change or delete an audit event."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = [
    """CREATE TRIGGER audit_no_{verb} BEFORE {VERB} ON jobs_auditevent
    BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END"""
]
POSTGRES = [
    """CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN RAISE EXCEPTION 'audit events are append-only'; END$$""",
    """CREATE TRIGGER audit_no_{verb} BEFORE {VERB} ON jobs_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()""",
]


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """One trigger for UPDATE and one for DELETE."""
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRES:
        for verb in ("update", "delete"):
            editor.execute(statement.replace("{verb}", verb).replace("{VERB}", verb.upper()))


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away again."""
    where = "" if editor.connection.vendor == "sqlite" else " ON jobs_auditevent"
    for verb in ("update", "delete"):
        editor.execute(f"DROP TRIGGER IF EXISTS audit_no_{verb}{where}")


class Migration(migrations.Migration):
    """Triggers on jobs_auditevent."""

    dependencies = (("jobs", "0001_initial"),)
    operations = (migrations.RunPython(create, drop),)
