"""Fills an empty shop: places, people, vendors, goods, certificates, pictures, reviews, orders."""

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from tqdm import tqdm

from apps.delivery.services import load_shop
from apps.demo.cast import DEMO_VENDOR
from apps.demo.certificates import make_certificates
from apps.demo.fees import make_fees
from apps.demo.goods import make_goods
from apps.demo.news import tell
from apps.demo.payouts import make_payouts
from apps.demo.people import ADMIN, SHOPPER, make_people
from apps.demo.prints import Fronts, drawing_fronts, keep_fronts
from apps.demo.producers import Producers
from apps.demo.reviews import make_reviews
from apps.demo.rows import goods_rows, vendor_rows
from apps.demo.sales import ORDERS, Sales
from apps.jobs.models import Job
from apps.jobs.services import enqueue
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.memo import forget_all
from apps.shop.catalogue.categories import load_categories
from apps.shop.catalogue.models import Product
from apps.shop.voucher.services import create_voucher

VOUCHER = "SANVAT10"
# The worker draws one product in less; whatever a shopper causes meanwhile is never behind a queue of pictures.
_BETWEEN_PICTURES = dt.timedelta(seconds=4)

Shown = Callable[[str, int, Iterable[Any]], list[Any]]


def fill(*, pictures: bool = True, quiet: bool = False) -> None:
    """Write the whole demo or nothing of it; dates are relative to today, all else is the same every time."""

    def shown(what: str, many: int, items: Iterable[Any]) -> list[Any]:
        if not quiet and not sys.stderr.isatty():  # no bar in a log: one line per stage instead
            sys.stderr.write(f"demo: {many} {what} ...\n")
            sys.stderr.flush()
        return list(tqdm(items, desc=f"{what:<12}", total=many, disable=quiet or None, unit="", leave=True))

    with transaction.atomic():
        load_shop(actor=Actor.system())
        # Other processes draw while this one writes rows.
        with _fronts(pictures) as fronts:
            products = _stock_the_shop(shown)
            if fronts is not None:
                shown("pictures", len(products), keep_fronts(products, fronts))
        # What happened before today was mailed before today.
        Job.objects.exclude(kind="vendor_order.complete").delete()
        if pictures:
            _ask_for_other_views(products)
    forget_all()


@contextmanager
def _fronts(wanted: bool) -> Iterator[Fronts | None]:
    if not wanted:
        yield None
        return
    with drawing_fronts() as fronts:
        yield fronts


def _stock_the_shop(shown: Shown) -> dict[str, Product]:
    """Everything but the pictures; the products by SKU."""
    people = make_people()
    admin, categories = Actor.person(people[ADMIN].pk), load_categories()
    producers = Producers(people, admin)
    shown("vendors", len(vendor_rows()), producers.make())
    listings = shown("goods", len(goods_rows()), make_goods(producers, categories))
    products = {row.sku: listing.product for row, listing in zip(goods_rows(), listings, strict=True)}
    make_certificates(producers, products)
    make_reviews(products, people)
    make_fees(producers, products, categories, admin)
    create_voucher(code=VOUCHER, name="Giảm 10 % mừng gian hàng mới", percent=10)
    shown("orders", ORDERS, Sales(producers, people, VOUCHER).make())
    producers.decide_late()
    make_payouts(producers.vendors, people)
    tell(people[SHOPPER], producers.vendors[DEMO_VENDOR])
    return products


def _ask_for_other_views(products: dict[str, Product]) -> None:
    for number, (sku, product) in enumerate(products.items()):
        args = {"product_id": product.pk, "sku": sku}
        enqueue("demo.pictures", args, run_at=now() + number * _BETWEEN_PICTURES)
