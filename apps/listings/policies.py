"""What a listing needs before a reviewer looks at it, and what may be changed when."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.listings.states import EDITABLE, ListingState
from apps.shop.catalogue.models import Product
from apps.shop.partner.models import StockRecord

MAX_PICTURES = 8
MAX_PRICE_AMOUNT = 999_999_999
MAX_STOCK = 1_000_000
LOW_STOCK = 5


@dataclass(frozen=True)
class Missing:
    """A field of the form that is still empty, and what to do about it."""

    field: str
    words: str | Promise


def may_edit(state: str) -> bool:
    """Texts and pictures change only while no shopper and no reviewer looks at them."""
    return state in EDITABLE


def may_sell(state: str) -> bool:
    """Only a published listing is on sale."""
    return state == ListingState.PUBLISHED


def missing_for_review(product: Product, stock: StockRecord, *, pictures: int) -> list[Missing]:
    """What has to be filled in before the listing can be sent; Law 19/2023/QH15 art. 37 asks to show most of it."""
    checks = [
        (bool(product.description), "description", _("Describe the product in two or three sentences.")),
        (stock.price is not None, "price_amount", _("Set the price.")),
        (bool(product.unit), "unit", _("Write what one pack is, such as “500 g bag”.")),
        (product.origin_commune_id is not None, "origin_commune", _("Choose the commune it comes from.")),
        (pictures > 0, "pictures", _("Add at least one photo.")),
    ]
    if product.is_shipping_required:
        measured = product.net_weight_g is not None or product.net_volume_ml is not None
        checks += [
            (measured, "net_weight_g", _("Write the net weight or the net volume.")),
            (bool(product.storage), "storage", _("Write how to store it.")),
        ]
    return [Missing(field, words) for done, field, words in checks if not done]
