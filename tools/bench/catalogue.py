"""Fills a shop with generated vendors and goods, the same ones every time."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from django.core.management import call_command

from apps.accounts.models import User
from apps.demo.rows import GoodsRow, goods_rows
from apps.kernel.clock import now, today
from apps.kernel.vietnamese import fold
from apps.listings.models import Listing
from apps.listings.states import ListingState
from apps.places.models import Commune
from apps.provenance.models import Certificate
from apps.provenance.states import CertificateState
from apps.shop.catalogue.categories import FAMILIES
from apps.shop.catalogue.models import Category, Product, ProductCategory, ProductImage
from apps.shop.catalogue.reviews.models import ProductReview
from apps.shop.catalogue.services import GOODS, product_class
from apps.shop.partner.models import Partner, StockRecord
from apps.vendors.models import Membership, Vendor
from apps.vendors.states import ProducerType, Role, VendorState

CATEGORIES = 100
VENDORS = 200
SHOPPERS = 2_000
REVIEWS_PER_PRODUCT = 2
BATCH = 2_000
PLENTY = 1_000_000  # units, so that a bench that buys never sells out
WIDTHS = (320, 640, 1000)


def fill_catalogue(products: int, chance: Random) -> None:
    """Categories, vendors with a member each, shoppers and goods on sale."""
    call_command("load_shop", verbosity=0)
    categories = _categories()
    vendors = _vendors(chance)
    _people()
    goods = _products(products, vendors, categories, chance)
    _certify(goods, chance)
    _review(goods, chance)


def _categories() -> list[Category]:
    """The shop's own tree with a third level, until there are enough; the lowest ones hold the goods."""
    parents = list(Category.objects.filter(depth=2))
    for number in range(CATEGORIES - Category.objects.count()):
        parent = parents[number % len(parents)]
        name = f"{parent.name} {number // len(parents) + 1}"
        Category.objects.add_child(parent, instance=Category(name=name, name_en=name, family=parent.family))
    return list(Category.objects.filter(numchild=0).order_by("pk"))


def _vendors(chance: Random) -> list[Vendor]:
    communes = list(Commune.objects.select_related("province").order_by("pk"))
    partners = Partner.objects.bulk_create(
        Partner(name=f"Hợp tác xã {number}", code=f"bench-{number}") for number in range(VENDORS)
    )
    made = Vendor.objects.bulk_create(
        Vendor(
            partner=partner,
            name=partner.name,
            slug=partner.code,
            producer_type=ProducerType.COOPERATIVE,
            tax_code=f"{5_700_000_000 + partner.pk}",
            commune=chance.choice(communes),
            phone="+84912345678",
            email=f"{partner.code}@example.test",
            about="Làm nghề từ năm 1998.",
            state=VendorState.APPROVED,
        )
        for partner in partners
    )
    owners = User.objects.bulk_create(User(email=vendor.email, password="!") for vendor in made)
    Membership.objects.bulk_create(
        Membership(vendor=vendor, user=owner, role=Role.OWNER) for vendor, owner in zip(made, owners, strict=True)
    )
    return made


def _people() -> None:
    User.objects.bulk_create(
        User(email=f"khach-{number}@example.test", full_name="Nguyễn Thị Hoa", password="!")
        for number in range(SHOPPERS)
    )


def _products(count: int, vendors: list[Vendor], categories: list[Category], chance: Random) -> list[Product]:
    kind, templates = product_class(GOODS), [row for row in goods_rows() if row.weight_g]
    by_family: dict[str, list[Category]] = {}
    for category in categories:
        by_family.setdefault(category.path[: Category.steplen], []).append(category)
    homes = {
        child: by_family[root.path]
        for family in FAMILIES
        for root in [Category.objects.get(name=family.name, depth=1)]
        for child, _english in family.children
    }
    found: list[Product] = []
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        rows = [(number, templates[number % len(templates)], vendors[number % len(vendors)]) for number in numbers]
        made = Product.objects.bulk_create([_product(number, row, vendor, kind.pk) for number, row, vendor in rows])
        _stock(made, rows, homes, chance)
        found += made
    return found


def _product(number: int, row: GoodsRow, vendor: Vendor, kind_id: int) -> Product:
    commune = vendor.commune
    title = f"{row.title} {commune.name} {number}"
    return Product(  # type: ignore[no-untyped-call]  # Oscar gives it an untyped __init__
        structure=Product.STANDALONE,
        product_class_id=kind_id,
        title=title,
        title_en=row.title_en,
        slug=f"hang-{number}",
        description=row.description,
        is_public=True,
        origin_commune=commune,
        origin_province_code=commune.province_id,
        unit=row.unit,
        net_weight_g=row.weight_g,
        shipping_weight_g=row.weight_g + 100,
        ingredients=row.ingredients,
        season_mask=sum(1 << (month - 1) for month in row.months),
        search_text=fold(" ".join((title, row.title_en, vendor.name, commune.full_name, row.category))),
        rating=4.0 + number % 10 / 10,
    )


def _stock(
    made: list[Product],
    rows: list[tuple[int, GoodsRow, Vendor]],
    homes: dict[str, list[Category]],
    chance: Random,
) -> None:
    pairs = list(zip(made, rows, strict=True))
    ProductCategory.objects.bulk_create(
        ProductCategory(product=product, category=homes[row.category][number % len(homes[row.category])])
        for product, (number, row, _vendor) in pairs
    )
    StockRecord.objects.bulk_create(
        StockRecord(
            product=product,
            partner_id=vendor.partner_id,
            partner_sku=f"BENCH-{number}",
            price_currency="VND",
            price=Decimal(row.price_amount + 1000 * chance.randint(0, 40)),
            num_in_stock=PLENTY,
            listed=True,
            vendor_open=True,
        )
        for product, (number, row, vendor) in pairs
    )
    Listing.objects.bulk_create(
        Listing(product=product, vendor=vendor, state=ListingState.PUBLISHED, published_at=now())
        for product, (_number, _row, vendor) in pairs
    )
    ProductImage.objects.bulk_create(_pictures(made))


def _pictures(made: list[Product]) -> Iterator[ProductImage]:
    for product in made:
        for order in range(3):
            path = f"images/products/bench/{product.slug}-{order}"
            copies = [
                {"width": width, "height": width, "format": kind, "path": f"{path}-{width}.{kind}"}
                for width in WIDTHS
                for kind in ("avif", "webp")
            ]
            yield ProductImage(
                product=product,
                original=f"{path}.jpg",
                display_order=order,
                width=1000,
                height=1000,
                variants=copies,
            )


def _certify(goods: list[Product], chance: Random) -> None:
    """Seven of ten products carry stars."""
    vendor_of = dict(Listing.objects.values_list("product_id", "vendor_id"))
    Certificate.objects.bulk_create(
        (
            Certificate(
                vendor_id=vendor_of[product.pk],
                product=product,
                stars=chance.choice((3, 3, 3, 4, 4, 5)),
                number=f"OCOP-{product.pk}",
                decision_number="12/QĐ-UBND",
                issuer="UBND tỉnh",
                holder="Hợp tác xã",
                valid_from=today() - dt.timedelta(days=chance.randint(1, 900)),
                valid_until=today() + dt.timedelta(days=chance.randint(30, 180)),
                state=CertificateState.VERIFIED,
            )
            for product in goods
            if chance.random() < 0.7
        ),
        BATCH,
    )


def _review(goods: list[Product], chance: Random) -> None:
    people = list(User.objects.filter(email__startswith="khach-").order_by("pk").values_list("pk", flat=True))
    ProductReview.objects.bulk_create(
        (
            ProductReview(
                product=product,
                user_id=person,
                score=chance.choice((3, 4, 5, 5)),
                title="Ngon",
                body="Gói cẩn thận, giao đúng hẹn.",
                status=ProductReview.APPROVED,
            )
            for product in goods
            for person in chance.sample(people, REVIEWS_PER_PRODUCT)
        ),
        BATCH,
    )
