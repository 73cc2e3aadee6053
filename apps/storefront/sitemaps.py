"""The map of the site: every page for readers, in both languages."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from apps.places.selectors.known import known_provinces
from apps.shop.catalogue.models import Product
from apps.shop.catalogue.selectors import category_tree, on_sale
from apps.storefront.info import PAGES
from apps.vendors.models import Vendor
from apps.vendors.states import VendorState


class _Pages(Sitemap[Any]):
    """Pages in both languages, each naming the other."""

    i18n = True
    alternates = True
    x_default = True
    limit = 5000

    def get_domain(self, site: Any = None) -> str:
        """The shop's own host, whatever host the request came by."""
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        """http or https, as the shop is reached."""
        return urlsplit(settings.SITE_URL).scheme


class Products(_Pages):
    """Goods on sale."""

    def items(self) -> QuerySet[Product]:
        """All of them, the oldest first."""
        return on_sale().only("pk", "slug", "date_updated").order_by("pk")

    def lastmod(self, item: Product) -> Any:
        """When the product was last changed."""
        return item.date_updated


class Vendors(_Pages):
    """Vendors whose stall is open."""

    def items(self) -> QuerySet[Vendor]:
        """All of them, the oldest first."""
        return Vendor.objects.filter(state=VendorState.APPROVED).only("pk", "slug").order_by("pk")


class Lists(_Pages):
    """Home, categories, provinces and pages of words."""

    def items(self) -> list[tuple[str, dict[str, str]]]:
        """Names of addresses with their arguments."""
        plain: list[tuple[str, dict[str, str]]] = [
            (f"storefront:{name}", {}) for name in ("home", "provinces", "register", "help")
        ]
        plain += [("storefront:category", {"slug": node.slug}) for node in category_tree().nodes]
        plain += [("storefront:province", {"slug": place.slug}) for place in known_provinces().ordered]
        return plain + [("storefront:page", {"slug": slug}) for slug in PAGES]

    def location(self, item: tuple[str, dict[str, str]]) -> str:
        """The path in the language that is being written."""
        name, arguments = item
        return reverse(name, kwargs=arguments)


SITEMAPS = {"products": Products, "vendors": Vendors, "lists": Lists}
