"""Guests' baskets that nobody comes back for are forgotten; all others stay."""

import datetime as dt

import pytest
import time_machine

from apps.kernel.clock import now
from apps.shop.basket import services
from apps.shop.basket.models import Basket, Line
from tests.factories.catalogue import make_product
from tests.factories.people import make_user
from tests.factories.sales import make_basket

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_only_guests_baskets_of_long_ago_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "CLEAR_BATCH", 2)
    here, there = make_product(), make_product()
    with time_machine.travel(now() - 91 * DAY):
        for _ in range(3):
            make_basket(here)
        with_aside, touched = make_basket(here, there), make_basket(here)
        persons = make_basket(here, user_id=make_user().pk)
        ordered = make_basket(here)
        services.park_others(basket=with_aside, partner_id=here.stockrecords.get().partner_id)
    Basket.objects.filter(pk=ordered.pk).update(status=Basket.SUBMITTED)
    with time_machine.travel(now() - 89 * DAY):
        services.add_product(basket=touched, user_id=None, product_id=there.pk)
        young = make_basket(here)

    assert services.clear_old() == 4

    kept = {touched.pk, persons.pk, ordered.pk, young.pk}
    assert set(Basket.objects.values_list("pk", flat=True)) == kept
    assert set(Line.objects.values_list("basket_id", flat=True)) == kept


def test_a_basket_stays_whose_goods_set_aside_were_touched() -> None:
    here, there = make_product(), make_product()
    with time_machine.travel(now() - 91 * DAY):
        basket = make_basket(here, there)
        services.park_others(basket=basket, partner_id=here.stockrecords.get().partner_id)
    Line.objects.filter(basket__parked_for=basket).update(date_updated=now())

    assert (services.clear_old(), Basket.objects.count()) == (0, 2)
