"""`manage.py restore FOLDER`: the shop as it was at a backup. Stop web and worker first."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from apps.backup import services
from apps.backup.errors import BackupError
from apps.backup.manifest import Manifest


class Command(BaseCommand):
    """Restores or only proves a backup; see docs/backup.md."""

    help = "Restores a backup after proving it whole. Stop web and worker first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which, and what may be lost."""
        parser.add_argument("folder", type=Path, help="what `manage.py backup` has written")
        parser.add_argument("--verify", action="store_true", help="only prove the backup, touch nothing")
        parser.add_argument("--yes", action="store_true", help="also into a shop that is not empty: its data is lost")
        parser.add_argument("--lost-key", action="store_true", help="also with another ORDER_NUMBER_KEY")

    def handle(self, *args: object, folder: Path, **options: bool) -> None:
        """Prove, restore, compare, and say what is left to do."""
        try:
            if options["verify"]:
                self._say(services.check(folder), f"{folder} is whole")
                return
            restored = services.restore(folder, replace=options["yes"], lost_key=options["lost_key"])
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        self._say(restored, "Restored, and equal to the backup")
        if pending := ", ".join(services.pending()):
            self.stdout.write(f"The backup is older than the code. Run `manage.py migrate`: {pending}.")

    def _say(self, found: Manifest, verdict: str) -> None:
        rows = sum(table.rows for table in found.tables.values())
        kept = sum(len(paths) for paths in found.files.values())
        self.stdout.write(f"{verdict}: made {found.made_at}, {rows} rows in {len(found.tables)} tables, {kept} files")
