"""Whatever is sent to whichever address: no error of ours, and every refusal is a page that says what to do."""

import pytest
from django.core.cache import cache

from tests.integration.access import crawl
from tests.integration.access.world import make_world, undone

pytestmark = pytest.mark.django_db
VISITORS = {"anonymous": 1, "shopper_a": 2, "vendor_a": 3, "admin": 4}
# Of each visitor: 1,600 and 10,000 requests in all.
IN_CI, IN_DRILL = 400, 2500


def faults_of(visitor: str, count: int) -> list[str]:
    world = make_world()
    with undone():
        fields = crawl.fields_of(world.client(visitor), world)
    faults = []
    for number, made in enumerate(crawl.tries(world, visitor, VISITORS[visitor], count, fields)):
        cache.clear()
        with undone():
            answer = made.send(world.client(visitor, elsewhere=number % 20 == 0))
            wrong = crawl.fault(answer, made.method)
        if wrong:
            shown = {name: value[:200] for name, value in vars(made).items() if isinstance(value, (str, bytes))}
            faults.append(f"{wrong}: {shown} {made.headers} {made.cookies}")
    return faults


@pytest.mark.slow
@pytest.mark.parametrize("visitor", VISITORS)
def test_odd_requests_get_clear_answers(visitor: str) -> None:
    assert faults_of(visitor, IN_CI) == []


@pytest.mark.drill
@pytest.mark.parametrize("visitor", VISITORS)
def test_ten_thousand_odd_requests_get_clear_answers(visitor: str) -> None:
    assert faults_of(visitor, IN_DRILL) == []
