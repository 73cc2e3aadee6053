"""Fees by zone and weight, days by the calendar of Vietnam."""

import datetime as dt

import pytest

from apps.delivery.models import Carrier, Tariff, Zone
from apps.delivery.selectors import carriers, quote, quote_to_province
from apps.delivery.services import load_tariffs
from apps.kernel.actor import Actor
from apps.kernel.clock import today
from tests.factories.places import make_commune, make_province

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tariff() -> None:
    load_tariffs(actor=Actor.system())


@pytest.mark.parametrize(
    ("to", "weight_g", "chilled", "amount", "days"),
    [
        ("06685", 1, False, 18_000, (1, 2)),
        ("06685", 500, False, 18_000, (1, 2)),
        ("06685", 501, False, 20_500, (1, 2)),
        ("00004", 1_500, False, 28_000 + 2 * 3_500, (2, 3)),
        ("26740", 2_000, False, 35_000 + 3 * 6_000, (3, 5)),
        ("06685", 501, True, 32_800, (1, 2)),
        ("00004", 1_500, True, 56_000, (2, 2)),
        ("31078", 500, False, 35_000 + 15_000, (5, 7)),
    ],
)
def test_fee_and_days(to: str, weight_g: int, chilled: bool, amount: int, days: tuple[int, int]) -> None:
    found = quote(from_commune=make_commune(), to_commune=make_commune(to), weight_g=weight_g, chilled=chilled)

    assert found.amount.amount == amount
    assert (found.min_days, found.max_days) == days


@pytest.mark.parametrize("to", ["26740", "31078"])
def test_chilled_goods_do_not_travel_longer_than_two_days(to: str) -> None:
    assert quote(from_commune=make_commune(), to_commune=make_commune(to), weight_g=500, chilled=True) is None


def test_arrival_counts_a_day_of_preparation() -> None:
    found = quote(from_commune=make_commune(), to_commune=make_commune(), weight_g=500)

    assert found.arrives_from == today() + dt.timedelta(days=2)
    assert found.arrives_until == today() + dt.timedelta(days=3)


def test_an_island_at_the_vendors_end_costs_too() -> None:
    found = quote_to_province(from_commune=make_commune("31078"), to_province=make_province("79"), weight_g=500)

    assert (found.zone, found.amount.amount) == (Zone.INTRA_REGION, 43_000)


def test_services_travel_for_nothing() -> None:
    found = quote(from_commune=make_commune(), to_commune=make_commune("26740"), weight_g=0)

    assert found.amount.amount == 0
    assert found.arrives_until == today() + dt.timedelta(days=1)


def test_loading_again_changes_nothing() -> None:
    load_tariffs(actor=Actor.system())

    assert Tariff.objects.count() == 3
    assert len(carriers()) == Carrier.objects.count() == 5
