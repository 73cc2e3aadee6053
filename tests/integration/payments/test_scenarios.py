"""The stand-in does what the shop takes for granted about Stripe; `make live` asks Stripe itself the same."""

from collections.abc import Callable

import pytest

from fakes.stripe import FakeStripe
from tests.live.scenarios import SCENARIOS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
def test_stand_in(scenario: Callable[[], None], stripe: FakeStripe) -> None:
    scenario()
