"""What admins are told of, wherever they are."""

from urllib.parse import urlsplit

import pytest
from django.core import mail

from apps.jobs import worker
from tests.factories.catalogue import make_product
from tests.factories.people import make_user
from tests.integration.notifications.letters import LANGUAGES, check_letter, html_of, last_link, money, said
from tests.integration.notifications.money import complained_about

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_admin_reads_by_when_a_dispute_is_to_be_answered(language: str) -> None:
    admins = [make_user(is_staff=True, language=language) for _ in range(2)]
    make_user(is_staff=True, is_active=False)
    payment = complained_about(make_product(price=123_450), "hoa@example.test")
    worker.run_all()
    letters = [each for each in mail.outbox if said(language, "Open the disputes") in html_of(each)]
    assert sorted(each.to[0] for each in letters) == sorted(admin.email for admin in admins)
    for letter in letters:
        check_letter(letter, to=letter.to[0], language=language, facts=[payment.order.number, money(payment.amount)])
        assert urlsplit(last_link(letter)).path.removeprefix("/en") == "/quan-tri/khieu-nai-the/"
