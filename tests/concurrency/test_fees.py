"""Several admins arrange the rules at once: every rule keeps a place of its own."""

from functools import partial

import pytest

from apps.fees import services
from apps.fees.models import CommissionRule
from apps.fees.services import RuleData
from apps.kernel.actor import Actor
from tests.concurrency.racing import race, tally
from tests.factories.fees import make_rule

pytestmark = pytest.mark.usefixtures("shared_database")
ROUNDS = 5


def test_rules_are_moved_and_added_at_once() -> None:
    rows = [make_rule() for _ in range(4)]
    system = Actor.system()
    for turn in range(ROUNDS):
        steps = [
            partial(services.move_rule, rule=row, up=bool(number % 2), actor=system) for number, row in enumerate(rows)
        ]
        added = [partial(services.add_rule, data=RuleData(share_bps=bps), actor=system) for bps in (1, 2)]

        assert tally(race([*steps, *added])) == {"done": 6}

        places = list(CommissionRule.objects.values_list("position", flat=True))
        assert (len(places), len(set(places))) == (6 + 2 * turn, 6 + 2 * turn)
