"""Reads of Oscar's orders."""

from apps.shop.order.models import Line, Order


def has_alcohol(order: Order) -> bool:
    """Whether a drink with alcohol is among the goods: no cash then (Law 44/2019/QH14, Decree 24/2020/NĐ-CP)."""
    return Line.objects.filter(order=order, product__is_alcohol=True).exists()
