"""Jobs that write into a file what happened to them, so that tests can read it from outside."""

import datetime as dt
import os
import time
from pathlib import Path
from typing import Any

from django.apps import AppConfig

from apps.jobs.registry import handles, scheduled

TICK = dt.timedelta(seconds=2)


def note(word: str) -> None:
    """Append a word to the diary."""
    with Path(os.environ["DIARY"]).open("a") as diary:
        diary.write(f"{word}\n")


class DiaryConfig(AppConfig):
    """An app that is nothing but jobs."""

    name = "tests.services"
    label = "diary"

    def ready(self) -> None:
        """Register them."""

        @handles("test.note")
        def on_note(args: dict[str, Any]) -> None:
            note(args["word"])

        @handles("test.slow")
        def on_slow(args: dict[str, Any]) -> None:
            """Takes its time at the first try only."""
            first = "begun" not in Path(os.environ["DIARY"]).read_text().split()
            note("begun")
            if first:
                time.sleep(args["seconds"])
            note("ended")

        if os.environ.get("TICKING"):

            @scheduled("test.tick", every=TICK)
            def on_tick(args: dict[str, Any]) -> None:
                note("tick")
