"""Stripe's own test mode does what the shop takes for granted; `make live`, the only tests that go out."""

import os
from collections.abc import Callable
from typing import Any

import pytest

from tests.live.scenarios import SCENARIOS

KEY = os.environ.get("STRIPE_TEST_KEY", "")
pytestmark = [
    pytest.mark.live,
    pytest.mark.django_db,
    pytest.mark.skipif(not KEY, reason="no STRIPE_TEST_KEY: `make live` with one"),
]


@pytest.fixture(autouse=True)
def stripe_itself(settings: Any) -> None:
    """Never with a key that moves money."""
    assert KEY.startswith("sk_test_"), "STRIPE_TEST_KEY is no key of Stripe's test mode"
    settings.STRIPE_SECRET_KEY = KEY
    settings.STRIPE_API_BASE = ""


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
def test_stripe(scenario: Callable[[], None]) -> None:
    scenario()
