"""Fills a shop with generated orders of one or two vendors each, a fifth of them still open."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from apps.accounts.models import User
from apps.kernel.clock import now
from apps.ordering.models import VendorOrder, VendorOrderLine
from apps.ordering.states import VendorOrderState
from apps.places.models import Commune
from apps.shop.address.services import ensure_vietnam
from apps.shop.order.models import Line, Order, ShippingAddress
from apps.shop.partner.models import StockRecord

BATCH = 2_000
SHIPPING = 30_000
OPEN_STATES = (VendorOrderState.PLACED, VendorOrderState.ACCEPTED, VendorOrderState.PACKED, VendorOrderState.SHIPPED)


@dataclass(frozen=True, slots=True)
class Ware:
    """What the rows of an order need of one product."""

    stock_id: int
    product_id: int
    partner_id: int
    vendor_id: int
    sku: str
    title: str
    price: int


@dataclass(frozen=True, slots=True)
class Sale:
    """One order before it has rows."""

    number: int
    wares: tuple[Ware, ...]
    user_id: int | None
    state: str
    placed_at: dt.datetime

    @property
    def total(self) -> int:
        """Goods and delivery of every vendor, in dong."""
        return sum(ware.price for ware in self.wares) + SHIPPING * len(self.vendors)

    @property
    def vendors(self) -> list[int]:
        """The vendors in it, each once."""
        return list(dict.fromkeys(ware.vendor_id for ware in self.wares))


def fill_orders(count: int, chance: Random) -> None:
    """So many orders of the last year, written in batches."""
    wares, people = _wares(), list(User.objects.filter(email__startswith="khach-").values_list("pk", flat=True))
    communes = list(Commune.objects.select_related("province").order_by("pk")[:50])
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        _write([_sale(number, wares, people, chance) for number in numbers], chance.choice(communes))


def _wares() -> list[Ware]:
    rows = StockRecord.objects.order_by("pk").select_related("product", "partner__vendor")
    return [
        Ware(
            row.pk,
            row.product_id,
            row.partner_id,
            row.partner.vendor.pk,
            row.partner_sku,
            row.product.title,
            row.price_amount,
        )
        for row in rows
    ]


def _sale(number: int, wares: list[Ware], people: list[int], chance: Random) -> Sale:
    done = chance.random() < 0.8
    return Sale(
        number=number,
        wares=tuple(chance.sample(wares, chance.choice((1, 1, 2)))),
        user_id=chance.choice(people) if chance.random() < 0.5 else None,
        state=VendorOrderState.COMPLETED if done else chance.choice(OPEN_STATES),
        placed_at=now() - dt.timedelta(minutes=chance.randint(1, 525_000 if done else 5_000)),
    )


def _write(sales: list[Sale], commune: Commune) -> None:
    country = ensure_vietnam()
    addresses = ShippingAddress.objects.bulk_create(
        ShippingAddress(first_name="Nguyễn Thị Hoa", line1="Số 12", country=country, commune=commune) for _ in sales
    )
    orders = Order.objects.bulk_create(
        Order(
            number=f"B{sale.number:07d}",
            user_id=sale.user_id,
            guest_phone="" if sale.user_id else "+84912345678",
            currency="VND",
            total_incl_tax=sale.total,
            total_excl_tax=sale.total,
            shipping_incl_tax=SHIPPING * len(sale.vendors),
            shipping_excl_tax=SHIPPING * len(sale.vendors),
            shipping_address=address,
            status=sale.state,
            date_placed=sale.placed_at,
        )
        for sale, address in zip(sales, addresses, strict=True)
    )
    pairs = list(zip(sales, orders, strict=True))
    lines = Line.objects.bulk_create(_line(order, ware) for sale, order in pairs for ware in sale.wares)
    parts = VendorOrder.objects.bulk_create(part for sale, order in pairs for part in _parts(sale, order, commune))
    _keep_lines(pairs, lines, parts)


def _line(order: Order, ware: Ware) -> Line:
    price = Decimal(ware.price)
    return Line(
        order=order,
        partner_id=ware.partner_id,
        partner_sku=ware.sku,
        stockrecord_id=ware.stock_id,
        product_id=ware.product_id,
        title=ware.title,
        quantity=1,
        num_allocated=1,
        **dict.fromkeys(
            (
                "line_price_incl_tax",
                "line_price_excl_tax",
                "line_price_before_discounts_incl_tax",
                "line_price_before_discounts_excl_tax",
                "unit_price_incl_tax",
                "unit_price_excl_tax",
            ),
            price,
        ),
    )


def _parts(sale: Sale, order: Order, commune: Commune) -> Iterator[VendorOrder]:
    for place, vendor_id in enumerate(sale.vendors):
        items = sum(ware.price for ware in sale.wares if ware.vendor_id == vendor_id)
        yield VendorOrder(
            order=order,
            vendor_id=vendor_id,
            number=f"K{sale.number:07d}-{place}",
            state=sale.state,
            recipient_name="Nguyễn Thị Hoa",
            recipient_phone="+84912345678",
            street="Số 12",
            commune_name=commune.full_name,
            province_name=commune.province.full_name,
            items_amount=items,
            shipping_amount=SHIPPING,
            total_amount=items + SHIPPING,
            weight_g=800,
            placed_at=sale.placed_at,
            accept_by=sale.placed_at + dt.timedelta(hours=24),
            ship_by=sale.placed_at + dt.timedelta(hours=48),
            arrives_from=sale.placed_at.date(),
            arrives_until=sale.placed_at.date() + dt.timedelta(days=3),
        )


def _keep_lines(pairs: list[tuple[Sale, Order]], lines: list[Line], parts: list[VendorOrder]) -> None:
    part_of = {(part.order_id, part.vendor_id): part for part in parts}
    sold = [(order, ware) for sale, order in pairs for ware in sale.wares]
    VendorOrderLine.objects.bulk_create(
        VendorOrderLine(
            vendor_order=part_of[order.pk, ware.vendor_id],
            line=line,
            stockrecord_id=ware.stock_id,
            product_id=ware.product_id,
            sku=ware.sku,
            title=ware.title,
            quantity=1,
            unit_price_amount=ware.price,
            items_amount=ware.price,
        )
        for (order, ware), line in zip(sold, lines, strict=True)
    )
