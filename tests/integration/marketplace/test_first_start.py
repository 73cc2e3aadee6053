"""A production database after `migrate` and `load_shop`: goods can be listed, priced and ordered."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from apps.delivery.models import Carrier, Tariff
from apps.delivery.selectors import quote, quote_to_province
from apps.jobs.models import AuditEvent
from apps.listings.selectors import category_choices
from apps.places.models import Commune, Province
from apps.shop.address.models import Country
from apps.shop.catalogue.models import Category, ProductClass
from apps.shop.order.models import Order
from tests.factories.catalogue import make_product
from tests.integration.storefront.buying import FORM, HERE, add, filled_in, submit

pytestmark = pytest.mark.django_db
TABLES = (Province, Commune, Country, ProductClass, Category, Tariff, Carrier)


def _load() -> str:
    out = StringIO()
    call_command("load_shop", stdout=out)
    return out.getvalue()


def test_loading_fills_every_table_and_again_changes_nothing() -> None:
    said = "34 provinces, 3321 communes, 2 product classes, 31 categories, 3 tariffs, 5 carriers\n"
    assert _load() == said
    counts = [model._default_manager.count() for model in TABLES]
    assert counts == [34, 3321, 1, 2, 39, 3, 5]
    assert len(category_choices()) == 31
    assert Category.objects.get(name="Rượu").is_alcohol is True
    Tariff.objects.filter(zone="intra_region").update(first_amount=31_000)
    assert _load() == said
    assert [model._default_manager.count() for model in TABLES] == counts
    assert Tariff.objects.get(zone="intra_region").first_amount == 31_000
    assert AuditEvent.objects.filter(verb="delivery.load_tariffs").count() == 1


def test_without_a_tariff_nothing_is_delivered_there_yet() -> None:
    _load()
    Tariff.objects.filter(zone="inter_region").delete()
    here, there = Commune.objects.get(pk="06685"), Commune.objects.get(pk="26740")
    assert quote(from_commune=here, to_commune=there, weight_g=500) is None
    assert quote(from_commune=here, to_commune=there, weight_g=500, table={}) is None
    assert quote_to_province(from_commune=here, to_province=there.province, weight_g=500) is None
    service = quote(from_commune=here, to_commune=there, weight_g=0)
    assert service is not None
    assert service.amount.amount == 0


def test_a_basket_says_that_nothing_goes_there_and_is_not_ordered(client: Client) -> None:
    _load()
    Tariff.objects.all().delete()
    add(client, make_product())
    client.post(reverse("storefront:delivery_place"), {"province": FORM["province"]}, headers=HERE)
    words = "chưa giao đến nơi này. Hãy chọn nơi khác."
    assert words in client.get(reverse("storefront:basket")).content.decode()
    form = filled_in(client)
    answer = submit(client, form)
    assert (answer.status_code, Order.objects.count()) == (409, 0)
    assert "Chưa giao hàng đến nơi này." in answer.content.decode()
    assert words in answer.content.decode()
