"""Jobs of the demo."""

from typing import Any

from apps.jobs.registry import handles
from apps.shop.catalogue.models import Product


@handles("demo.pictures")
def on_demo_pictures(args: dict[str, Any]) -> None:
    """Draw the other views of one product."""
    from apps.demo.prints import print_rest  # brings numpy along: only the process that draws waits for it

    product = Product.objects.filter(pk=args["product_id"]).first()
    if product:
        print_rest(product, args["sku"])
