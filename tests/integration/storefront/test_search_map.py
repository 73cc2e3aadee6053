"""Where the goods of a search come from."""

import pytest
from django.test import Client

from apps.kernel.memo import forget_all
from tests.factories.catalogue import make_product
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.django_db


def test_provinces_lead_to_the_goods_of_the_search_that_they_have(client: Client) -> None:
    make_product(title="Trà sen", search_text="tra sen", vendor=make_vendor(commune="00004"))
    make_product(title="Chả mực", search_text="cha muc", vendor=make_vendor(commune="26740"))
    page = client.get("/tim-kiem/ban-do/?q=tr%C3%A0&tinh=ho-chi-minh&con-hang=1").content.decode()
    assert page.count('<li><a href="/tim-kiem/?q=tr%C3%A0&amp;tinh=ha-noi&amp;con-hang=1"') == 1
    assert '<span>Hà Nội</span><span class="meta num">1' in page
    assert '<span>Hồ Chí Minh</span><span class="meta num">0' in page
    assert '<meta name="robots" content="noindex,follow">' in page


def test_a_list_of_several_provinces_leads_to_its_map(client: Client) -> None:
    make_product(search_text="cha", vendor=make_vendor(commune="00004"))
    assert "/tim-kiem/ban-do/" not in client.get("/tim-kiem/?con-hang=1").content.decode()
    make_product(search_text="cha", vendor=make_vendor(commune="26740"))
    forget_all()
    assert 'href="/tim-kiem/ban-do/?con-hang=1"' in client.get("/tim-kiem/?con-hang=1").content.decode()
