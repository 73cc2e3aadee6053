"""Fills the shop with the demo, emptying it first."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from apps.shop.catalogue.models import Product
from apps.shop.order.models import Order
from apps.vendors.models import Vendor


class Command(BaseCommand):
    """`manage.py demo_reset [--if-empty] [--no-pictures] [--yes]`."""

    help = "Empties the database and fills it with the demo shop. Stop the server first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The first two flags are for `make run` and for tests."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are products or vendors")
        parser.add_argument("--no-pictures", action="store_true", help="leave the drawn pictures out")
        parser.add_argument("--yes", action="store_true", help="also when vendors or orders of others are lost")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses outside the demo, and where somebody else's data would be lost."""
        if not settings.DEMO:
            raise CommandError("This is no demo shop (DEMO is off): nothing was touched.")
        empty = not (Product.objects.exists() or Vendor.objects.exists())
        if options["if_empty"] and not empty:
            return
        if not options["yes"]:
            _refuse_to_lose_data()
        if not empty:
            self._empty()
        from apps.demo.fill import fill  # brings numpy along: a shop that is full starts without it

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


def _refuse_to_lose_data() -> None:
    """CommandError when there are vendors that somebody else entered, or orders of their goods.

    What visitors order of the demo's goods is part of the demo.
    """
    vendors = Vendor.objects.filter(is_demo=False).count()
    orders = Order.objects.filter(vendor_orders__vendor__is_demo=False).distinct().count()
    if vendors or orders:
        raise CommandError(
            f"The database {connection.settings_dict['NAME']} holds what is not demo data: {vendors} vendors, "
            f"{orders} orders. Nothing was touched. To lose it, give --yes (make demo-reset ARGS=--yes)."
        )
