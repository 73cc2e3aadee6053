"""Saving a search and waiting for stock, from the buttons of pages to the list of the account."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from apps.accounts.models import User
from apps.notifications.models import StockWish
from search.models import SavedSearch
from tests.factories.catalogue import make_product
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
LIST, SAVE = "/tai-khoan/theo-doi/", "/tim-kiem/luu/"
HERE = {"Sec-Fetch-Site": "same-origin"}


def browser(person: User | None = None) -> Client:
    client = Client(headers=HERE)
    if person is not None:
        client.force_login(person)
    return client


def wish_path(pk: int) -> str:
    return f"/san-pham/{pk}/bao-khi-co/"


def test_a_search_is_saved_from_its_page() -> None:
    person = make_user()
    make_product(title="Mật ong")
    client = browser(person)
    page = client.get("/tim-kiem/?q=mật+ong&sao=5&trang=1&sap-xep=gia-tang").context["listing"]
    answer = client.post(SAVE, {"query": page.query_to_save, "next": "/tim-kiem/?q=mat"}, follow=True)
    assert answer.redirect_chain == [("/tim-kiem/?q=mat", 302)]
    assert "Đã lưu tìm kiếm" in answer.content.decode()
    assert list(SavedSearch.objects.values_list("user", "query", "words")) == [
        (person.pk, "?q=m%E1%BA%ADt+ong&sao=5", "“mật ong” · OCOP 5 sao")
    ]
    row = SavedSearch.objects.get()
    listed = client.get(LIST).content.decode()
    assert [f'href="{LIST}{row.pk}/"' in listed, "“mật ong” · OCOP 5 sao" in listed] == [True, True]
    opened = client.get(f"{LIST}{row.pk}/")
    assert opened["Location"] == "/tim-kiem/?q=m%E1%BA%ADt+ong&sao=5&sap-xep=moi-nhat"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/danh-muc/{category}/", "?danh-muc={category}"),
        ("/tinh/quang-ninh/", "?tinh=quang-ninh"),
        ("/nha-ban/{vendor}/?sao=4", "?sao=4&nha-ban={vendor}"),
        ("/tim-kiem/?q=khong+co+gi", "?q=khong+co+gi"),
        ("/tim-kiem/", ""),
    ],
)
def test_every_list_offers_its_own_search(client: Client, path: str, query: str) -> None:
    product = make_product()
    names = {"category": product.categories.get().slug, "vendor": product.listing.vendor.slug}
    page = client.get(path.format(**names)).content.decode()
    offered = escape(query.format(**names))
    assert (f'action="{SAVE}"' in page, f'name="query" value="{offered}"' in page) == (bool(query), bool(query))


def test_a_stranger_signs_in_and_finds_the_button_again() -> None:
    answer = browser().post(SAVE, {"query": "?q=mat+ong"})
    assert answer["Location"] == "/tai-khoan/login/?next=/tai-khoan/theo-doi/%3Fluu%3D%253Fq%253Dmat%252Bong"
    product = make_product(stock=0, title="Ngọc trai")
    back = browser().post(wish_path(product.pk))["Location"]
    assert back == f"/tai-khoan/login/?next=/tai-khoan/theo-doi/%3Fsan-pham%3D{product.pk}"
    swapped = browser().post(wish_path(product.pk), headers={"HX-Request": "true"})
    assert (swapped.status_code, swapped["HX-Redirect"]) == (204, back)
    client = browser(make_user())
    wanted = [("luu", "?q=mật+ong"), ("san-pham", str(product.pk))]
    wanted += [("san-pham", "x"), ("san-pham", "9" * 30), ("luu", "?trang=2")]
    offered = [client.get(LIST, {key: value}).context["page"].offered for key, value in wanted]
    assert [each and (each.words, each.query, each.product_id) for each in offered] == [
        ("“mật ong”", "?q=m%E1%BA%ADt+ong", 0),
        ("Ngọc trai", "", product.pk),
        None,
        None,
        None,
    ]
    assert (SavedSearch.objects.count(), StockWish.objects.count()) == (0, 0)


def test_sold_out_goods_have_a_button_on_their_page_and_card() -> None:
    sold_out, product = make_product(stock=0, title="Ngọc trai"), make_product()
    client = browser(make_user())
    for path in (sold_out.get_absolute_url(), "/tim-kiem/"):
        page = client.get(path).content.decode()
        assert [f'action="{wish_path(each.pk)}"' in page for each in (sold_out, product)] == [True, False]
    toast = client.post(wish_path(sold_out.pk), headers={"HX-Request": "true"})
    assert (toast.status_code, "toast" in toast["HX-Trigger"], StockWish.objects.count()) == (204, True, 1)
    page = client.get(sold_out.get_absolute_url()).content.decode()
    assert 'name="act" value="forget"' in page
    assert [card.title for card in client.get(LIST).context["page"].waited] == ["Ngọc trai"]
    client.post(wish_path(sold_out.pk), {"act": "forget"})
    assert StockWish.objects.count() == 0
    client.post(wish_path(product.pk))
    assert (client.post(wish_path(10**9)).status_code, StockWish.objects.count()) == (404, 0)


def test_strangers_share_the_page_of_sold_out_goods(client: Client) -> None:
    page = client.get(make_product(stock=0).get_absolute_url())
    assert ("Cookie" in page.headers.get("Vary", ""), page.cookies.output()) == (False, "")


def test_searches_are_muted_and_removed() -> None:
    person = make_user()
    saved = SavedSearch.objects.create(user=person, query="?q=mat", words="“mật”")
    client, states = browser(person), []
    for act in ("mute", "unmute", "gi", "remove"):
        assert client.post(f"{LIST}{saved.pk}/doi/", {"act": act})["Location"] == LIST
        states.append(list(SavedSearch.objects.values_list("is_muted", flat=True)))
    assert states == [[True], [False], [False], []]
    assert client.get(f"{LIST}{saved.pk}/")["Location"] == LIST


def test_another_site_cannot_make_somebody_follow_anything() -> None:
    client = browser(make_user())
    away = {"Sec-Fetch-Site": "cross-site"}
    product = make_product(stock=0)
    answers = [client.post(path, {"query": "?q=x"}, headers=away) for path in (SAVE, wish_path(product.pk))]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert (SavedSearch.objects.count(), StockWish.objects.count()) == (0, 0)


def test_one_and_twenty_cost_the_same() -> None:
    person = make_user()
    client, costs = browser(person), []
    for first, last in ((0, 1), (1, 20)):
        for number in range(first, last):
            SavedSearch.objects.create(user=person, query=f"?q={number}", words="x")
            StockWish.objects.create(user=person, product=make_product(stock=0))
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(LIST).context["page"]
        costs.append((len(page.searches), len(page.waited), len(queries)))
    assert [cost[:2] for cost in costs] == [(1, 1), (20, 20)]
    assert costs[1][2] <= costs[0][2] <= 16
