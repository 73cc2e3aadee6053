"""`manage.py ledger verify`: says whether every dong is accounted for."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.ledger.models import Posting
from apps.ledger.selectors import faults

_MOST_SHOWN = 50


class Command(BaseCommand):
    """Sums up everything and compares."""

    help = "verify: every entry sums to zero and every balance is the sum of its postings; exits 1 when one does not"

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        parser.add_argument("what", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what is wrong; raises CommandError when something is."""
        started = time.monotonic()
        found = list(faults())
        for fault in found[:_MOST_SHOWN]:
            self.stderr.write(str(fault))
        if found:
            raise CommandError(f"{len(found)} faults in the ledger")
        seconds = time.monotonic() - started
        self.stdout.write(f"{Posting.objects.count():,} postings add up ({seconds:.1f} s)")
