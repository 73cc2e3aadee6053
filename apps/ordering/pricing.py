"""A basket as it would be ordered now: by vendor, with discounts, delivery and what has changed meanwhile."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from apps.delivery.selectors import CHILLED_MOST_DAYS, Quote, Tariffs, quote, quote_to_province, tariffs
from apps.kernel.clock import VIETNAM
from apps.kernel.money import Money, dong
from apps.places.models import Commune, Province
from apps.shop.basket.models import Basket, Line
from apps.shop.catalogue.models import Product, ProductImage
from apps.shop.offer.applicator import Applicator
from apps.shop.offer.models import Funder
from apps.shop.partner.models import StockRecord
from apps.vendors.models import Vendor


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of a basket; `blocked` lines stop the checkout and `notices` say why or what changed."""

    id: int
    product: Product
    stockrecord_id: int
    quantity: int
    max_quantity: int
    unit_price: Money
    added_price: Money
    line_total: Money
    vendor_discount: Money
    platform_discount: Money
    weight_g: int
    notices: tuple[str, ...] = ()
    blocked: bool = False
    picture: ProductImage | None = None

    @property
    def discount(self) -> Money:
        """What is taken off the line, whoever pays for it."""
        return self.vendor_discount + self.platform_discount

    @property
    def revenue(self) -> Money:
        """What the vendor sells the line for: a discount that the platform pays for does not lessen it."""
        return self.line_total - self.vendor_discount

    @property
    def product_id(self) -> int:
        """The product's id."""
        return int(self.product.pk)

    @property
    def title(self) -> str:
        """The product's name in the reader's language, as far as the vendor gave one."""
        english = self.product.title_en if get_language() == "en" else ""
        return english or str(self.product.title)

    @property
    def unit(self) -> str:
        """What one unit is: `chai 500 ml`."""
        return self.product.unit

    @property
    def url(self) -> str:
        """The product's page."""
        return self.product.get_absolute_url()


@dataclass(frozen=True, slots=True)
class VendorGroup:
    """What one vendor would send; `shipping` is None while nobody knows where to, or when nobody delivers there."""

    vendor: Vendor
    lines: tuple[LineView, ...]
    shipping: Quote | None
    notices: tuple[str, ...] = ()
    undeliverable: bool = False

    @property
    def items(self) -> Money:
        """Goods before discounts."""
        return Money.total(line.line_total for line in self.lines)

    @property
    def discount(self) -> Money:
        """This vendor's share of all discounts: what its lines got."""
        return Money.total(line.discount for line in self.lines)

    @property
    def shipping_amount(self) -> Money:
        """The delivery fee, nothing while it is unknown."""
        return self.shipping.amount if self.shipping else dong(0)

    @property
    def total(self) -> Money:
        """What the shopper pays this vendor."""
        return self.items - self.discount + self.shipping_amount

    @property
    def weight_g(self) -> int:
        """Weight of the parcel in grams."""
        return sum(line.weight_g for line in self.lines)

    @property
    def blocked(self) -> bool:
        """True while a line stops the checkout."""
        return any(line.blocked for line in self.lines)


@dataclass(frozen=True, slots=True)
class VoucherView:
    """A code in the basket and what it takes off."""

    code: str
    name: str
    discount: Money


@dataclass(frozen=True, slots=True)
class BasketView:
    """A whole basket, priced; sums are those of its groups to the dong."""

    basket: Basket
    groups: tuple[VendorGroup, ...] = ()
    vouchers: tuple[VoucherView, ...] = ()

    @property
    def items(self) -> Money:
        """Goods before discounts."""
        return Money.total(group.items for group in self.groups)

    @property
    def discount(self) -> Money:
        """All discounts."""
        return Money.total(group.discount for group in self.groups)

    @property
    def shipping(self) -> Money | None:
        """All delivery fees; None while the place is unknown."""
        if any(group.shipping is None for group in self.groups):
            return None
        return Money.total(group.shipping_amount for group in self.groups)

    @property
    def total(self) -> Money:
        """What the shopper pays; without delivery while that is unknown."""
        if self.shipping is None:
            return self.items - self.discount
        return Money.total(group.total for group in self.groups)

    @property
    def count(self) -> int:
        """Units in the basket."""
        return sum(line.quantity for group in self.groups for line in group.lines)

    @property
    def blocked(self) -> bool:
        """True while something stops the checkout."""
        return any(group.blocked for group in self.groups)

    @property
    def undeliverable(self) -> bool:
        """True while some vendor's parcel cannot go to the chosen place; another place may do."""
        return any(group.undeliverable for group in self.groups)

    @property
    def has_alcohol(self) -> bool:
        """True when a drink with alcohol is among the goods: no cash then (Law 44/2019/QH14, Decree 24/2020)."""
        return any(line.product.is_alcohol for group in self.groups for line in group.lines)


def priced_basket(basket: Basket, *, commune: Commune | None = None, province: Province | None = None) -> BasketView:
    """The basket as it would be ordered now, with delivery to a commune, or roughly to a province.

    Applies Oscar's offers to this very object. The number of queries does not depend on the number of lines.
    """
    Applicator().apply_all(basket)
    lines: list[Line] = list(basket.all_lines())
    partner_ids = {line.stockrecord.partner_id for line in lines}
    vendors = Vendor.objects.filter(partner_id__in=partner_ids).select_related("commune__province")
    by_partner = {vendor.partner_id: vendor for vendor in vendors}
    table = tariffs() if commune or province else {}
    order = dict.fromkeys(line.stockrecord.partner_id for line in lines)
    groups = [
        _group(
            by_partner[partner_id],
            [line for line in lines if line.stockrecord.partner_id == partner_id],
            commune,
            province,
            table,
        )
        for partner_id in order
    ]
    return BasketView(basket, tuple(groups), tuple(_vouchers(basket)))


def _group(
    vendor: Vendor, lines: Iterable[Line], commune: Commune | None, province: Province | None, table: Tariffs
) -> VendorGroup:
    views = tuple(_line(line, vendor) for line in lines)
    weight_g = sum(view.weight_g for view in views)
    chilled = any(view.product.is_chilled for view in views)
    shipping = None
    if commune:
        shipping = quote(
            from_commune=vendor.commune, to_commune=commune, weight_g=weight_g, chilled=chilled, table=table
        )
    elif province:
        shipping = quote_to_province(
            from_commune=vendor.commune, to_province=province, weight_g=weight_g, chilled=chilled, table=table
        )
    undeliverable = shipping is None and bool(commune or province)
    notices = _vendor_notices(vendor, lines)
    if undeliverable:
        notices += (_no_delivery(vendor, views),)
    return VendorGroup(vendor, views, shipping, notices, undeliverable)


def _no_delivery(vendor: Vendor, lines: Iterable[LineView]) -> str:
    """Why nothing of a vendor goes to the chosen place: it is too far for what must stay cold, or for everything."""
    cold = [line.title for line in lines if line.product.is_chilled]
    if not cold:
        return _("%(vendor)s does not deliver there yet. Choose another place.") % {"vendor": vendor.name}
    return _("Chilled goods travel %(days)d days at most, and this place is farther. Take out: %(goods)s.") % {
        "days": CHILLED_MOST_DAYS,
        "goods": ", ".join(cold),
    }


def _line(line: Line, vendor: Vendor) -> LineView:
    record: StockRecord = line.stockrecord
    product: Product = line.product
    price = dong(record.price_amount)
    pictures = list(product.images.all())
    blocked = not record.is_on_sale or line.quantity > record.available
    needs_parcel = product.product_class is None or product.product_class.requires_shipping
    return LineView(
        id=line.pk,
        product=product,
        stockrecord_id=record.pk,
        quantity=line.quantity,
        max_quantity=record.available if record.is_on_sale else 0,
        unit_price=price,
        added_price=price if line.price_incl_tax is None else Money.from_decimal(line.price_incl_tax),
        line_total=price * line.quantity,
        vendor_discount=Money.from_decimal(line.discount_paid_by(Funder.VENDOR)),
        platform_discount=Money.from_decimal(line.discount_paid_by(Funder.PLATFORM)),
        weight_g=product.shipping_weight_g * line.quantity if needs_parcel else 0,
        notices=tuple(_notices(line, record, price)),
        blocked=blocked,
        picture=pictures[0] if pictures else None,
    )


def _notices(line: Line, record: StockRecord, price: Money) -> Iterable[str]:
    if not record.vendor_open:
        yield _("This vendor does not sell at the moment. Take the product out to go on.")
    elif not record.listed:
        yield _("This product is not on sale any more. Take it out to go on.")
    elif record.available == 0:
        yield _("This product has just sold out. Take it out to go on.")
    elif line.quantity > record.available:
        yield ngettext(
            "Only %(left)d left. Change the quantity from %(wanted)d to %(left)d.",
            "Only %(left)d left. Change the quantity from %(wanted)d to %(left)d.",
            record.available,
        ) % {"left": record.available, "wanted": line.quantity}
    if line.price_incl_tax is not None and Money.from_decimal(line.price_incl_tax) != price:
        added_on: dt.date = line.date_created.astimezone(VIETNAM).date()
        yield _("The price changed from %(old)s to %(new)s after you added it on %(date)s.") % {
            "old": Money.from_decimal(line.price_incl_tax).format(),
            "new": price.format(),
            "date": date_format(added_on, "d/m"),
        }


def _vendor_notices(vendor: Vendor, lines: Iterable[Line]) -> tuple[str, ...]:
    if all(line.stockrecord.vendor_open for line in lines):
        return ()
    return (_("%(vendor)s does not sell at the moment.") % {"vendor": vendor.name},)


def _vouchers(basket: Basket) -> Iterable[VoucherView]:
    given: dict[int, Decimal] = {}
    for application in basket.offer_applications:
        voucher = application["voucher"]
        if voucher:
            given[voucher.pk] = given.get(voucher.pk, Decimal(0)) + application["discount"]
    for voucher in basket.vouchers.all():
        yield VoucherView(voucher.code, voucher.name, Money.from_decimal(given.get(voucher.pk, Decimal(0))))
