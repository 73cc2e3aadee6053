"""Words that a shopper took back stay words through filters and orders of the page."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_both_forms_of_a_list_carry_the_words_to_keep() -> None:
    page = Client().get("/tim-kiem/?q=c%C3%A1+h%C3%B2a+b%C3%ACnh&nguyen-van=h%C3%B2a+b%C3%ACnh").content.decode()
    assert page.count('<input type="hidden" name="nguyen-van" value="hòa bình">') == 2
