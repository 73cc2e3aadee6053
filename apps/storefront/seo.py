"""Pages in the words of schema.org, for search engines (https://schema.org/Product, /ItemList, /BreadcrumbList)."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from apps.kernel.money import VND
from apps.storefront.cards import Card, Scores

Crumbs: TypeAlias = Sequence[tuple[str, str | None]]

_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def structured(data: dict[str, Any]) -> SafeString:
    """JSON that can stand inside a script element: what could close it is escaped."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))


def absolute(path: str) -> str:
    """The full address of a path of the shop."""
    return path if path.startswith("http") else f"{settings.SITE_URL}{path}"


def item_list(cards: Iterable[Card], first: int = 1) -> SafeString:
    """The goods of a list in their order; `first` is the place of the first one."""
    items = [
        {"@type": "ListItem", "position": place, "url": absolute(card.url), "name": card.title}
        for place, card in enumerate(cards, first)
    ]
    return structured({"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items})


def breadcrumb_list(crumbs: Crumbs, here: str) -> SafeString:
    """The way from the home page; the last step is the page itself."""
    items = [
        {"@type": "ListItem", "position": place, "name": words, "item": absolute(url or here)}
        for place, (words, url) in enumerate(crumbs, 1)
    ]
    return structured({"@type": "BreadcrumbList", "itemListElement": items})


def product(card: Card, *, sku: str, description: str, pictures: Iterable[str], scores: Scores) -> SafeString:
    """A product with its offer, and its rating once somebody gave one."""
    stock = "OutOfStock" if card.sold_out else "InStock"
    data: dict[str, Any] = {
        "@type": "Product",
        "name": card.title,
        "sku": sku,
        "description": description,
        "image": [absolute(url) for url in pictures],
        "url": absolute(card.url),
        "brand": {"@type": "Brand", "name": card.vendor_name},
        "offers": {
            "@type": "Offer",
            "price": str(card.price.amount),
            "priceCurrency": VND,
            "availability": f"https://schema.org/{stock}",
            "itemCondition": "https://schema.org/NewCondition",
            "url": absolute(card.url),
            "seller": {"@type": "Organization", "name": card.vendor_name, "url": absolute(card.vendor_url)},
        },
    }
    if scores.mean is not None:
        data["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": f"{scores.mean:.1f}",
            "reviewCount": scores.count,
        }
    return structured(data)
