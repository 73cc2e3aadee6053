"""Fills the shop with the demo, emptying it first."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from apps.demo.fill import fill
from apps.shop.catalogue.models import Product


class Command(BaseCommand):
    """`manage.py demo_reset [--if-empty] [--no-pictures]`."""

    help = "Empties the database and fills it with the demo shop. Stop the server first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Both flags are for `make run` and for tests."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are products")
        parser.add_argument("--no-pictures", action="store_true", help="leave the drawn pictures out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses outside the demo."""
        if not settings.DEMO:
            raise CommandError("This is no demo shop (DEMO is off): nothing was touched.")
        if options["if_empty"] and Product.objects.exists():
            return
        if Product.objects.exists():
            self._empty()
        fill(pictures=not options["no_pictures"])

    def _empty(self) -> None:
        """Start from an empty database: audit events cannot be deleted one by one, by design."""
        if connection.vendor == "sqlite":
            path = Path(str(connection.settings_dict["NAME"]))
            connection.close()
            for file in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
                file.unlink(missing_ok=True)
        else:
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE")
                cursor.execute("CREATE SCHEMA public")
        call_command("migrate", verbosity=0)
