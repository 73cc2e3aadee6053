"""Being told when a product that is sold out can be bought again: once, then the wish is gone."""

import datetime as dt

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.jobs.services import enqueue
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.errors import DomainError
from apps.notifications.models import StockWish
from apps.shop.catalogue.models import Product
from apps.shop.catalogue.selectors import on_sale

MOST_WISHES = 50
KEEP = dt.timedelta(days=365)
BATCH = 1_000  # wishes noticed at a time; the next look takes the rest


class TooManyWishes(DomainError):
    """A person waits for as much as one may."""

    default_message = _("You are waiting for 50 items already. Take one off the list first.")


class InStock(DomainError):
    """There is nothing to wait for."""

    default_message = _("This item is in stock: you can order it now.")


@transaction.atomic
def wait_for(*, product: Product, actor: Actor) -> StockWish:
    """Tell this person when the product is back; a second wish is the first. Raises InStock or TooManyWishes."""
    if can_be_bought().filter(pk=product.pk).exists():
        raise InStock
    user_id = actor.user_id or 0
    mine = wishes_of(user_id)
    if not mine.filter(product=product).exists() and mine.count() >= MOST_WISHES:
        raise TooManyWishes
    return StockWish.objects.get_or_create(user_id=user_id, product=product)[0]


def forget_wish(*, product_id: int, actor: Actor) -> None:
    """The person does not want to be told any more; nothing happens when they did not wait."""
    wishes_of(actor.user_id or 0).filter(product_id=product_id).delete()


def wishes_of(user_id: int) -> QuerySet[StockWish]:
    """What a person waits for, the latest first."""
    return StockWish.objects.filter(user_id=user_id).order_by("-created_at", "-pk")


def can_be_bought() -> QuerySet[Product]:
    """Goods on sale of which something is left."""
    return on_sale().filter(stockrecords__num_in_stock__gt=F("stockrecords__num_allocated"))


def look_for_stock() -> int:
    """Write a job for each wish whose product can be bought again; returns how many."""
    back = StockWish.objects.filter(noticed_at=None, product__in=can_be_bought().values("pk"))
    return sum(_notice(pk) for pk in list(back.order_by("pk").values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _notice(pk: int) -> bool:
    """False when somebody else has noticed it, or nobody waits any more."""
    noticed = StockWish.objects.filter(pk=pk, noticed_at=None).update(noticed_at=now())
    if noticed:
        enqueue("stock.back", {"wish_id": pk})
    return bool(noticed)


def wait_on(wish: StockWish) -> None:
    """It was sold out again before the person could be told."""
    StockWish.objects.filter(pk=wish.pk).update(noticed_at=None)


def purge_wishes() -> int:
    """Forget what did not come back within a year; returns how many."""
    return StockWish.objects.filter(created_at__lt=now() - KEEP).delete()[0]
