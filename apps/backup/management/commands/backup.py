"""`manage.py backup`: the whole shop in one folder, while it is open."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.backup import files, manifest, services
from apps.backup.errors import BackupError


class Command(BaseCommand):
    """Makes a backup; see docs/backup.md."""

    help = "Writes database and files into a new folder, consistently and while the shop is open."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        folder = Path(settings.VAR_DIR) / "backups"
        parser.add_argument("--to", type=Path, default=folder, help=f"folder of the backups; {folder} unless told")

    def handle(self, *args: object, to: Path, **options: object) -> None:
        """Make it, and say what is in it and what is not."""
        try:
            folder = services.make(to)
            made = manifest.read(folder)
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        for path in made.missing:
            self.stderr.write(f"warning: a row points to {path}, which does not exist")
        for name in files.elsewhere():
            self.stderr.write(f"warning: the files of storage {name!r} lie elsewhere and are not in the backup")
        rows = sum(table.rows for table in made.tables.values())
        kept = sum(len(paths) for paths in made.files.values())
        self.stdout.write(f"{folder}: {rows} rows in {len(made.tables)} tables, {kept} files")
