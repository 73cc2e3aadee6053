"""Baskets, checkouts and orders."""

from apps.delivery.services import load_tariffs
from apps.kernel.actor import Actor
from apps.ordering.models import VendorOrder
from apps.ordering.pricing import priced_basket
from apps.places.models import Commune
from apps.purchase.services import CheckoutDetails, place
from apps.shop.address.services import ensure_vietnam
from apps.shop.basket.models import Basket, Line
from apps.shop.basket.services import add_product
from apps.shop.catalogue.models import Product
from apps.shop.order.models import Order
from apps.shop.partner.models import StockRecord
from tests.factories.places import make_commune


def ready_to_sell() -> None:
    """What every checkout needs: a place to send to, the tariff and Oscar's country and site."""
    make_commune("26740")
    ensure_vietnam()
    load_tariffs(actor=Actor.system())


def make_basket(*products: Product | tuple[Product, int], user_id: int | None = None) -> Basket:
    """A basket with one of each product, or with (product, quantity)."""
    basket: Basket | None = None
    for wanted in products:
        product, quantity = wanted if isinstance(wanted, tuple) else (wanted, 1)
        basket = add_product(basket=basket, user_id=user_id, product_id=product.pk, quantity=quantity)
    return basket or Basket.objects.create(owner_id=user_id)


def make_baskets(count: int, *products: Product) -> list[Basket]:
    """So many guests' baskets with one of each product, written at once."""
    baskets = Basket.objects.bulk_create(Basket() for _ in range(count))
    records = {record.product_id: record for record in StockRecord.objects.filter(product__in=products)}
    Line.objects.bulk_create(
        Line(
            basket=basket,
            product=product,
            stockrecord=records[product.pk],
            line_reference=f"{product.pk}_{records[product.pk].pk}",
            price_excl_tax=records[product.pk].price,
            price_incl_tax=records[product.pk].price,
        )
        for basket in baskets
        for product in products
    )
    return baskets


def details(**fields: object) -> CheckoutDetails:
    """A filled-in checkout to Ho Chi Minh City, paid in cash."""
    values: dict[str, object] = {
        "name": "Nguyễn Thị Hoa",
        "phone": "0912 345 678",
        "commune_code": "26740",
        "street": "Số 12, đường Lê Lợi",
    }
    return CheckoutDetails(**{**values, **fields})  # type: ignore[arg-type]


def total_of(basket: Basket, commune_code: str = "26740") -> int:
    """What the shopper sees at the foot of the checkout, in dong."""
    commune = Commune.objects.select_related("province").get(pk=commune_code)
    fresh = Basket.objects.get(pk=basket.pk)
    return priced_basket(fresh, commune=commune).total.amount


def make_order(*products: Product | tuple[Product, int], user_id: int | None = None, **fields: object) -> Order:
    """An order placed through the checkout."""
    ready_to_sell()
    basket = make_basket(*products, user_id=user_id)
    actor = Actor.guest() if user_id is None else Actor.person(user_id)
    return place(basket_id=basket.pk, details=details(**fields), seen_total=total_of(basket), actor=actor)


def part_of(order: Order, product: Product) -> VendorOrder:
    """The vendor order that has this product."""
    return VendorOrder.objects.get(order=order, lines__product_id=product.pk)
