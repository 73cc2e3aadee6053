"""`manage.py migrate` that may be killed at any moment and run again."""

from typing import Any

from django.core.management.commands import migrate as shipped
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


class Executor(MigrationExecutor):
    """Records a migration in the transaction that carries it out.

    Django does so only where no statement is put off to the end, as those of foreign keys and indexes are. Killed
    between the two transactions, the next run finds tables that nobody knows of and stops.
    """

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        """Run it forwards; as Django does where nothing is run, or where it cannot be one transaction."""
        if fake or fake_initial or not migration.atomic:
            return super().apply_migration(state, migration, fake, fake_initial)
        self._report("apply_start", migration)
        with self.connection.schema_editor(atomic=True) as editor:
            state = migration.apply(state, editor)
            self.record_migration(migration)  # type: ignore[call-arg,arg-type]  # the stubs say that it takes two names
        self._report("apply_success", migration)
        return state

    def _report(self, what: str, migration: Migration) -> None:
        if self.progress_callback:
            self.progress_callback(what, migration, False)


class Command(shipped.Command):
    """Django's own command with another executor."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate."""
        # The shipped command takes it from its module, and from nowhere else.
        vars(shipped)["MigrationExecutor"] = Executor
        super().handle(*args, **options)
