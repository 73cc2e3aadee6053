"""What time does to baskets."""

import datetime as dt
from typing import Any

from apps.jobs.registry import scheduled
from apps.shop.basket.services import clear_old


@scheduled("basket.clear_old", every=dt.timedelta(days=1))
def on_basket_clear_old(args: dict[str, Any]) -> None:
    """Forget the baskets of guests who never came back."""
    clear_old()
