"""`manage.py load_places`: fill the tables of provinces and communes from the files of the project."""

from django.core.management.base import BaseCommand

from apps.kernel.actor import Actor
from apps.places.services import load_places


class Command(BaseCommand):
    """Loads the places; running it again changes nothing."""

    help = "Load provinces, communes and their former names; may run again at any time."

    def handle(self, *args: object, **options: object) -> None:
        """Load and say how many."""
        loaded = load_places(actor=Actor.system())
        self.stdout.write(
            f"{loaded.provinces} provinces, {loaded.communes} communes,"
            f" {loaded.former_provinces} former provinces, {loaded.former_communes} former communes"
        )
