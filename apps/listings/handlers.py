"""Jobs of listings."""

from typing import Any

from apps.jobs.registry import handles
from apps.listings.pictures import make_copies


@handles("pictures.make")
def on_pictures_make(args: dict[str, Any]) -> None:
    """Make the small copies of an uploaded picture."""
    make_copies(args["image_id"])
