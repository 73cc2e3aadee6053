"""`manage.py load_shop`: what a shop needs before its first vendor can list a product and a shopper can order it."""

from django.core.management.base import BaseCommand

from apps.delivery.services import load_shop
from apps.kernel.actor import Actor


class Command(BaseCommand):
    """Loads the shop's own tables; running it again changes nothing that somebody has set."""

    help = "Load places, country, product classes, categories, tariffs and carriers; may run again at any time."

    def handle(self, *args: object, **options: object) -> None:
        """Load and say how many."""
        loaded = load_shop(actor=Actor.system())
        self.stdout.write(", ".join(f"{count} {what}" for what, count in loaded.items()))
