"""An upgrade that dies leaves nothing behind that the next one would stumble over."""

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.commands import migrate as shipped
from django.db import connection, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from apps.backup.management.commands.migrate import Executor

TABLE = "pulled_plug"


class PulledPlug(Exception):
    """Stands for the end of the process."""


def one_with_an_index() -> migrations.Migration:
    """A migration with a statement that is put off to the end."""
    found = migrations.Migration("0001_initial", "pulled")
    name = models.CharField(max_length=9, db_index=True)
    number = models.BigAutoField(primary_key=True)
    found.operations = [migrations.CreateModel("Plug", [("id", number), ("name", name)], {"db_table": TABLE})]
    return found


def left_behind(executor: MigrationExecutor, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the table is there when the plug is pulled before the migration is written down."""

    def pull(*_arguments: object) -> None:
        raise PulledPlug

    monkeypatch.setattr(executor, "record_migration", pull)
    with pytest.raises(PulledPlug):
        executor.apply_migration(ProjectState(), one_with_an_index())
    with connection.cursor() as cursor:
        return TABLE in connection.introspection.table_names(cursor)


@pytest.mark.django_db(transaction=True)
def test_a_migration_is_written_down_where_it_is_carried_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert left_behind(Executor(connection), monkeypatch) is False
    # What this is for: Django's own leaves it. Should that end, so can ours.
    assert left_behind(MigrationExecutor(connection), monkeypatch) is True
    with connection.schema_editor() as editor:
        editor.execute(f"DROP TABLE {TABLE}")


@pytest.mark.django_db
def test_migrate_is_ours_and_uses_it() -> None:
    command = load_command_class(get_commands()["migrate"], "migrate")
    command.run_from_argv(["manage.py", "migrate", "--check", "-v", "0"])
    assert shipped.MigrationExecutor is Executor  # type: ignore[attr-defined]  # imported there
