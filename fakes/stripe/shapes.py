"""Short ways to write the many fields of Stripe's objects."""

from fakes.stripe.errors import Doc


def names(text: str) -> tuple[str, ...]:
    """The words of a text: field names without a quote around each."""
    return tuple(text.split())


def nulls(text: str) -> Doc:
    """Fields that are there and have no value."""
    return dict.fromkeys(text.split())
