"""The tree of categories: eight families as the home page shows them, below them the groups of the OCOP programme."""

from dataclasses import dataclass

from django.db import transaction

from apps.shop.catalogue.models import Category

ALCOHOL = "Rượu"
# Pictured otherwise than the family.
_OTHER_GROUNDS = {"Nước khoáng": "bien"}


@dataclass(frozen=True, slots=True)
class Family:
    """A top-level category: names, the ground of its pictures, its children as (Vietnamese, English)."""

    name: str
    name_en: str
    ground: str
    children: tuple[tuple[str, str], ...]


FAMILIES = (
    Family(
        "Trà, cà phê, dược liệu",
        "Tea, coffee, herbs",
        "doi",
        (
            ("Trà", "Tea"),
            ("Cà phê và ca cao", "Coffee and cocoa"),
            ("Dược liệu", "Medicinal herbs"),
            ("Tinh dầu và mỹ phẩm", "Essential oils and cosmetics"),
        ),
    ),
    Family(
        "Hải sản, nước mắm",
        "Seafood, fish sauce",
        "bien",
        (
            ("Hải sản tươi", "Fresh seafood"),
            ("Hải sản khô", "Dried seafood"),
            ("Hải sản chế biến", "Prepared seafood"),
            ("Thủy sản chế biến", "Prepared fish"),
            ("Mắm và gia vị", "Fish sauce and condiments"),
        ),
    ),
    Family(
        "Trái cây, rau củ",
        "Fruit, vegetables",
        "vuon",
        (
            ("Trái cây tươi", "Fresh fruit"),
            ("Trái cây sấy", "Dried fruit"),
            ("Hạt và quả khô", "Nuts and seeds"),
            ("Rau củ và nấm", "Vegetables and mushrooms"),
            ("Rau củ chế biến", "Prepared vegetables"),
        ),
    ),
    Family(
        "Gạo, miến, bánh",
        "Rice, noodles, cakes",
        "ruong",
        (
            ("Gạo và ngũ cốc", "Rice and grains"),
            ("Miến, bún, bánh tráng", "Noodles and rice paper"),
            ("Bánh kẹo", "Cakes and sweets"),
            ("Mật ong", "Honey"),
            ("Dầu ăn thực vật", "Cooking oil"),
        ),
    ),
    Family(
        "Thịt, gia vị",
        "Meat, spices",
        "bep",
        (
            ("Thịt và chế biến", "Meat and sausages"),
            ("Trứng", "Eggs"),
            ("Sữa và chế phẩm", "Dairy"),
            ("Gia vị khô", "Spices"),
            ("Thực phẩm chế biến khác", "Other prepared food"),
        ),
    ),
    Family(
        "Rượu, đồ uống",
        "Spirits, drinks",
        "men",
        ((ALCOHOL, "Spirits and wine"), ("Đồ uống không cồn", "Soft drinks"), ("Nước khoáng", "Mineral water")),
    ),
    Family(
        "Thủ công, vải",
        "Crafts, textiles",
        "nghe",
        (("Thủ công mỹ nghệ", "Crafts"), ("Vải và may mặc", "Textiles")),
    ),
    Family(
        "Hoa, du lịch",
        "Flowers, travel",
        "hoa",
        (("Hoa và cây cảnh", "Flowers and plants"), ("Dịch vụ du lịch", "Day trips")),
    ),
)


@transaction.atomic
def load_categories() -> dict[str, Category]:
    """Make the tree present; what stands there already stays as it is. The lower categories by Vietnamese name."""
    known = {category.name: category for category in Category.objects.all()}
    for family in FAMILIES:
        root = known.get(family.name) or Category.objects.add_root(
            instance=Category(name=family.name, name_en=family.name_en, family=family.ground)
        )
        for name, name_en in family.children:
            if name not in known:
                ground = _OTHER_GROUNDS.get(name, family.ground)
                child = Category(name=name, name_en=name_en, family=ground, is_alcohol=name == ALCOHOL)
                known[name] = Category.objects.add_child(root, instance=child)
    return {name: known[name] for family in FAMILIES for name, _ in family.children}
