"""A stand-in for Stripe that the official client talks to over a socket; see docs/fakes.md."""

from fakes.stripe.server import FakeStripe

__all__ = ["FakeStripe"]
