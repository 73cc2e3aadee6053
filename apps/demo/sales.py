"""Orders of the demo in every state, placed and moved on through the same services as real ones."""

import datetime as dt
from collections.abc import Iterator
from random import Random

from django.db.models import F, QuerySet

from apps.accounts.models import User
from apps.demo.cast import DEMO_VENDOR, SECOND_VENDOR
from apps.demo.people import SHOPPER, SHOPPERS, full_name, phone, shopper_email
from apps.demo.producers import Producers, street_in
from apps.demo.rows import dice
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.money import Money
from apps.ordering import services
from apps.ordering.models import Parcel, VendorOrder
from apps.ordering.pricing import priced_basket
from apps.payments.providers.cod import Cash
from apps.payments.providers.vietqr import VietQR
from apps.payments.services import transfers
from apps.payments.services.settling import settle
from apps.payments.transfer_content import content_of
from apps.places.models import Commune
from apps.purchase.services import CheckoutDetails, place
from apps.shop.address.services import AddressData, save_address
from apps.shop.basket.models import Basket
from apps.shop.basket.services import add_product
from apps.shop.order.models import Order
from apps.shop.partner.models import StockRecord
from apps.shop.voucher.services import apply_voucher

ORDERS = 40
_COMMUNES = ("06685", "00004", "26740", "11407", "20194", "31117", "09169")
_STEPS = ("placed", "accepted", "packed", "shipped", "delivered", "cancelled", "completed", "returned")
_FROM_SHIPPED = ("shipped", "delivered", "completed", "returned")
_FROM_PACKED = ("packed", *_FROM_SHIPPED)
_FROM_ACCEPTED = ("accepted", *_FROM_PACKED)
_WEIGHTS = (5, 4, 3, 5, 6, 2, 8, 1)
# How many days ago an order in that state was placed, at least and at most.
_AGES = {
    "placed": (0, 0),
    "accepted": (0, 1),
    "packed": (1, 1),
    "shipped": (2, 3),
    "delivered": (4, 6),
    "cancelled": (3, 20),
    "completed": (12, 28),
    "returned": (6, 20),
}

# Confirmed by the second vendor, packed by the first, and both should have been handed over by now.
_LATE = (1, 2)


class Sales:
    """Places orders as shoppers would and lets vendors work on them."""

    def __init__(self, producers: Producers, people: dict[str, User], voucher: str) -> None:
        self._people = people
        self._voucher = voucher
        self._actors = {vendor.pk: producers.actor_of(code) for code, vendor in producers.vendors.items()}
        self._stars = [producers.vendors[code].partner_id for code in (DEMO_VENDOR, SECOND_VENDOR)]
        self._communes = list(Commune.objects.select_related("province").filter(pk__in=_COMMUNES).order_by("pk"))

    def make(self) -> Iterator[Order]:
        """All orders; the first of them bring every state to the board of the demo vendor."""
        self._keep_addresses()
        for number in range(ORDERS):
            chance = dice("order", number)
            step = _STEPS[number] if number < len(_STEPS) else chance.choices(_STEPS, _WEIGHTS)[0]
            order = self._place(number, chance)
            if number % 3 == 1:
                _transfer(order)
            for place_in_order, part in enumerate(order.vendor_orders.select_related("vendor").order_by("pk")):
                # One parcel of an order on its way is quicker than the others.
                self._bring_to(part, "delivered" if step == "shipped" and place_in_order == 1 else step, chance)
            settle(order_id=order.pk, actor=Actor.system())
            self._date_back(order, step, number, chance)
            yield order

    def _keep_addresses(self) -> None:
        shopper = self._people[SHOPPER]
        for place_number, commune in enumerate(self._communes[:2]):
            data = AddressData(
                name=shopper.full_name,
                phone=shopper.phone,
                commune_code=commune.pk,
                street=street_in(commune, "khach", place_number),
                is_default=place_number == 0,
            )
            save_address(user_id=shopper.pk, actor=Actor.person(shopper.pk), data=data)

    def _place(self, number: int, chance: Random) -> Order:
        shopper = self._people[SHOPPER if number % 4 == 0 else shopper_email(1 + number % SHOPPERS)]
        basket = None
        for product_id, quantity in self._choose(number, chance):
            basket = add_product(basket=basket, user_id=shopper.pk, product_id=product_id, quantity=quantity)
        if basket is None:
            raise RuntimeError("the demo has nothing to sell")
        if number % 6 == 2:
            apply_voucher(basket=basket, code=self._voucher, user_id=shopper.pk)
        commune = self._reachable(basket, chance)
        details = CheckoutDetails(
            name=shopper.full_name or full_name(number),
            phone=shopper.phone or phone(5000 + number),
            email=shopper.email,
            commune_code=commune.pk,
            street=street_in(commune, "order", number),
            note="Gọi trước khi giao" if number % 5 == 0 else "",
            gift_message="Chúc cô chú mạnh khoẻ" if number % 11 == 0 else "",
            payment_method=VietQR.code if number % 3 == 1 else Cash.code,
        )
        total = priced_basket(basket, commune=commune).total.amount
        return place(basket_id=basket.pk, details=details, seen_total=total, actor=Actor.person(shopper.pk))

    def _reachable(self, basket: Basket, chance: Random) -> Commune:
        """A place to which everything in the basket is delivered: what is chilled does not go far."""
        for commune in chance.sample(self._communes, len(self._communes)):
            if not priced_basket(Basket.objects.get(pk=basket.pk), commune=commune).undeliverable:
                return commune
        raise RuntimeError("the demo orders chilled goods from two ends of the country")

    def _choose(self, number: int, chance: Random) -> list[tuple[int, int]]:
        """Products of one to three vendors; every other order has something of the demo vendors."""
        own = _on_sale().filter(partner_id=self._stars[number % 2])
        others = list(
            _on_sale()
            .exclude(partner_id__in=self._stars)
            .filter(product__is_chilled=False)
            .values_list("product_id", flat=True)
        )
        picked = (
            chance.sample(list(own.values_list("product_id", flat=True)), 2)
            if number % 2 == 0 or number < len(_STEPS)
            else []
        )
        picked += chance.sample(others, chance.randint(0 if picked else 1, 2))
        return [(product_id, chance.randint(1, 2)) for product_id in picked]

    def _bring_to(self, part: VendorOrder, step: str, chance: Random) -> None:
        actor = self._actors[part.vendor_id]
        if step == "cancelled":
            services.cancel(vendor_order=part, actor=actor, reason="Mẻ này hỏng, mẻ sau mười ngày nữa mới có.")
            return
        if step in _FROM_ACCEPTED:
            part = services.accept(vendor_order=part, actor=actor)
        if step in _FROM_PACKED:
            part = services.pack(vendor_order=part, actor=actor)
        if step in _FROM_SHIPPED:
            tracking = f"DEMO{chance.randint(10**8, 10**9 - 1)}VN"
            part = services.hand_over(vendor_order=part, actor=actor, carrier="vnpost", tracking_number=tracking)
        if step == "returned":
            services.come_back(vendor_order=part, actor=actor, reason="Gọi ba lần không gặp, bưu cục trả lại.")
        if step in ("delivered", "completed"):
            part = services.deliver(vendor_order=part, actor=actor)
        if step == "completed":
            services.complete(vendor_order=part, actor=Actor.system())

    def _date_back(self, order: Order, step: str, number: int, chance: Random) -> None:
        """Move everything about an order into the past; each demo vendor has one that is late."""
        ago = dt.timedelta(days=chance.randint(*_AGES[step]), hours=number % 7)
        if number in _LATE:
            ago = dt.timedelta(days=2, hours=2)
        Order.objects.filter(pk=order.pk).update(date_placed=F("date_placed") - ago)
        parts = VendorOrder.objects.filter(order=order)
        moments = ("placed_at", "accept_by", "ship_by")
        parts.update(**{name: F(name) - ago for name in moments})
        for part in parts:
            day = dt.timedelta(days=ago.days)
            part.arrives_from, part.arrives_until = part.arrives_from - day, part.arrives_until - day
            steps = _steps(part)
            VendorOrder.objects.filter(pk=part.pk).update(
                arrives_from=part.arrives_from, arrives_until=part.arrives_until, **steps
            )
            if "shipped_at" in steps:
                Parcel.objects.filter(vendor_order=part).update(handed_over_at=steps["shipped_at"])


def _transfer(order: Order) -> None:
    """The shopper's bank transfer comes and is found to be for the order."""
    transfer, _new = transfers.arrive(
        reference=f"FT{order.pk:012d}",
        amount=Money.from_decimal(order.total_incl_tax),
        content=f"{content_of(order.number)} chuyen tien",
        happened_at=now(),
        source="notice",
        actor=Actor.provider(),
    )
    transfers.match(transfer_id=transfer.pk, actor=Actor.provider())


def _steps(part: VendorOrder) -> dict[str, dt.datetime]:
    """When each step that was taken happened: hours after the order, never later than now."""
    hours = {"accepted_at": 3, "packed_at": 18, "shipped_at": 27, "delivered_at": 52, "cancelled_at": 20}
    hours |= {"completed_at": 52 + 7 * 24, "returned_at": 90}
    steps = {name: part.placed_at + dt.timedelta(hours=late + part.pk % 5) for name, late in hours.items()}
    return {name: min(at, now()) for name, at in steps.items() if getattr(part, name)}


def _on_sale() -> QuerySet[StockRecord]:
    """Goods with plenty of stock that may be paid in cash."""
    return StockRecord.objects.filter(
        vendor_open=True, listed=True, num_in_stock__gt=F("num_allocated") + 12, product__is_alcohol=False
    ).order_by("pk")
