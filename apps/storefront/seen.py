"""What the shopper saw before ordering, carried signed in the checkout form, and what has become different since."""

from collections.abc import Iterable
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from apps.kernel.money import dong
from apps.ordering.pricing import BasketView

_SALT = "storefront.checkout"

# {"basket": id, "lines": {line id: [name, quantity, price]}, "parts": {vendor id: [name, fee or None, discount]}}
Seen = dict[str, Any]


def seen_token(view: BasketView) -> str:
    """What the checkout form carries: which basket it orders, and the amounts that stand beside it."""
    return signing.dumps({"basket": view.basket.pk, **_amounts(view)}, salt=_SALT, compress=True)


def read_token(token: str) -> Seen | None:
    """The content of a token, None when it was not made here."""
    try:
        seen = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return seen if isinstance(seen, dict) else None


def basket_of_token(token: str) -> int | None:
    """The id of the basket that the checkout form was made for."""
    seen = read_token(token)
    return None if seen is None else int(seen["basket"])


def changes(seen: Seen, view: BasketView) -> list[str]:
    """In words, one by one, what is another quantity, price, fee or discount than the shopper saw."""
    now = _amounts(view)
    return [*_changed_lines(seen["lines"], now["lines"]), *_changed_parts(seen["parts"], now["parts"])]


def _amounts(view: BasketView) -> Seen:
    """Keys are texts, as JSON gives them back."""
    return {
        "lines": {
            str(line.id): [line.title, line.quantity, line.unit_price.amount]
            for group in view.groups
            for line in group.lines
        },
        "parts": {
            str(group.vendor.pk): [
                group.vendor.name,
                group.shipping.amount.amount if group.shipping else None,
                group.discount.amount,
            ]
            for group in view.groups
        },
    }


def _changed_lines(old: Seen, new: Seen) -> Iterable[str]:
    for key in {**old, **new}:
        title, was, price = old.get(key, [new.get(key, [""])[0], 0, 0])
        _title, is_now, price_now = new.get(key, [title, 0, 0])
        words = {"title": title, "old": was, "new": is_now}
        if not is_now:
            yield _("%(title)s is not in the basket any more; it was %(old)s.") % words
        elif not was:
            yield _("%(title)s is new in the basket: %(new)s × %(price)s.") % {**words, "price": _dong(price_now)}
        else:
            if was != is_now:
                yield _("%(title)s: quantity %(new)s, it was %(old)s.") % words
            if price != price_now:
                amounts = {"title": title, "old": _dong(price), "new": _dong(price_now)}
                yield _("%(title)s: price %(new)s, it was %(old)s.") % amounts


def _changed_parts(old: Seen, new: Seen) -> Iterable[str]:
    for key in old.keys() & new.keys():
        name, fee, discount = old[key]
        _name, fee_now, discount_now = new[key]
        if fee != fee_now and fee_now is not None:
            words = {"vendor": name, "old": _("not known yet") if fee is None else _dong(fee), "new": _dong(fee_now)}
            yield _("Delivery by %(vendor)s: %(new)s, it was %(old)s.") % words
        if discount != discount_now:
            words = {"vendor": name, "old": _dong(discount), "new": _dong(discount_now)}
            yield _("Discount on the goods of %(vendor)s: %(new)s, it was %(old)s.") % words


def _dong(amount: int) -> str:
    return dong(amount).format()
