"""Which stock record sells a product, at which price, and whether it can be bought now."""

from typing import Any

from oscar.apps.partner.availability import StockRequired as InStock
from oscar.apps.partner.availability import Unavailable
from oscar.apps.partner.strategy import NoTax, Structured, UseFirstStockRecord


class Default(UseFirstStockRecord, NoTax, Structured):
    """Prices include VAT (excl = incl); a product is buyable while its vendor is open, it is listed and in stock."""

    def fetch_for_line(self, line: Any, stockrecord: Any = None) -> Any:
        """Oscar prices a line by the product's first record; the line's own record is the right one."""
        return self.fetch_for_product(line.product, stockrecord or line.stockrecord)

    def availability_policy(self, product: Any, stockrecord: Any) -> Any:
        """Unavailable when the vendor is closed or the listing is not published."""
        if stockrecord is None or not stockrecord.is_on_sale:
            return Unavailable()
        return InStock(stockrecord.available)

    def parent_availability_policy(self, product: Any, children_stock: Any) -> Any:
        """No product here has children."""
        return Unavailable()


class Selector:
    """Hands out the strategy without touching the request: request.user would make every page vary by cookie."""

    def strategy(self, request: Any = None, user: Any = None, **kwargs: Any) -> Default:
        """The one strategy of the shop."""
        return Default()
