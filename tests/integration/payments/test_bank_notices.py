"""What comes to /webhooks/bank/: believed only when a secret of ours has signed these very bytes a moment ago."""

import json
import logging
import time

import pytest
from django.test import Client

from apps.jobs import worker
from apps.payments.models import BankTransfer
from apps.payments.states import PaymentState
from tests.factories.bank import said
from tests.factories.catalogue import make_product
from tests.factories.notices import notice, signature
from tests.factories.payments import make_transfer_order, payment_of

pytestmark = pytest.mark.django_db
URL = "/webhooks/bank/"
JSON = "application/json"


def send(body: bytes, header: str | None, content_type: str = JSON) -> int:
    headers = {} if header is None else {"X-Bank-Signature": header}
    return Client().post(URL, body, content_type=content_type, headers=headers).status_code


def test_a_signed_notice_is_written_down_once_and_pays_the_order() -> None:
    order = make_transfer_order((make_product(stock=3), 1))
    body = notice(amount=payment_of(order).amount, content=said(order), happened_at="2026-11-30T10:00:00+07:00")
    assert [send(body, signature(body)) for _ in range(2)] == [200, 200]
    transfer = BankTransfer.objects.get()
    assert (transfer.reference, transfer.source, transfer.state) == ("FT1", "notice", "new")
    assert transfer.happened_at.isoformat() == "2026-11-30T03:00:00+00:00"
    worker.run_all()
    assert payment_of(order).state == PaymentState.PAID


def test_both_secrets_are_good_while_one_replaces_the_other(settings: pytest.FixtureRequest) -> None:
    old, new = settings.BANK_NOTICE_SECRETS  # type: ignore[attr-defined]  # pytest-django's settings
    bodies = [notice(reference=name) for name in ("FT1", "FT2", "FT3")]
    assert send(bodies[0], signature(bodies[0], secret=old)) == 200
    assert send(bodies[1], signature(bodies[1], secret=new)) == 200
    both = signature(bodies[2], secret="some-other-shops-secret") + "," + signature(bodies[2]).split(",")[1]
    assert send(bodies[2], both) == 200
    settings.BANK_NOTICE_SECRETS = [new]  # type: ignore[attr-defined]  # as above
    assert send(notice(reference="FT4"), signature(notice(reference="FT4"), secret=old)) == 400
    settings.BANK_NOTICE_SECRETS = []  # type: ignore[attr-defined]  # as above
    assert send(notice(reference="FT5"), f"t={time.time():.0f},v1=") == 400


BODY = notice()
WRONG_HEADERS = {
    "none": lambda good: None,
    "empty": lambda good: "",
    "no time": lambda good: good.split(",")[1],
    "no code": lambda good: good.split(",")[0],
    "other time": lambda good: good.replace("t=", "t=1"),
    "other scheme": lambda good: good.replace("v1=", "v0="),
    "two times": lambda good: f"{good},t=1",
    "one digit less": lambda good: good[:-1],
    "one digit more": lambda good: f"{good}0",
    "other secret": lambda good: signature(BODY, secret="some-other-shops-secret"),
    "other body": lambda good: signature(notice(amount=1)),
    "letters": lambda good: "t=\u00e9,v1=\u00ff",
    "long time": lambda good: good.replace("t=", f"t={'9' * 400}"),
}
WRONG_BODIES = {
    "empty": b"",
    "broken": b"{",
    "list": b"[]",
    "null": b"null",
    "deep": b"[" * 20_000,
    "half": b'{"reference": "FT1"}',
    "no text": b'"\xff"',
    "no reference": notice(reference=""),
    "long reference": notice(reference="x" * 121),
    "number as reference": notice(reference=1),
    "nothing": notice(amount=0),
    "below nothing": notice(amount=-5),
    "too much": notice(amount=10**13),
    "fraction": notice(amount=1.5),
    "truth": notice(amount=True),
    "text as amount": notice(amount="100000"),
    "no content": notice(content=None),
    "nul": notice(content="a\0b"),
    "half a letter": json.dumps({**json.loads(BODY), "content": "\ud800"}).encode(),
    "other date": notice(happened_at="30/11/2026"),
    "no offset": notice(happened_at="2026-11-30T10:00:00"),
    "before the calendar": notice(happened_at="0001-01-01T00:00:00+14:00"),
    "many digits": BODY.replace(b"100000", b"9" * 5_000),
}


@pytest.mark.parametrize("wrong", WRONG_HEADERS)
def test_what_is_not_signed_is_refused_and_logged(wrong: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "security"):
        assert send(BODY, WRONG_HEADERS[wrong](signature(BODY))) == 400
    assert len([line for line in caplog.records if line.name == "security"]) == 1
    assert BankTransfer.objects.count() == 0


@pytest.mark.parametrize(("seconds", "status"), [(-301, 400), (-299, 200), (299, 200), (310, 400)])
def test_a_notice_is_good_for_five_minutes(seconds: int, status: int) -> None:
    assert send(BODY, signature(BODY, at=time.time() + seconds)) == status


@pytest.mark.parametrize("wrong", WRONG_BODIES)
def test_a_signed_notice_that_makes_no_sense_is_refused(wrong: str) -> None:
    assert send(WRONG_BODIES[wrong], signature(WRONG_BODIES[wrong])) == 400
    assert BankTransfer.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value"), [("reference", "x"), ("reference", "x" * 120), ("amount", 1), ("amount", 10**13 - 1)]
)
def test_what_just_fits_is_taken(field: str, value: object) -> None:
    body = notice(**{field: value})
    assert send(body, signature(body)) == 200


def test_a_reference_with_two_amounts_is_refused() -> None:
    assert send(BODY, signature(BODY)) == 200
    other = notice(amount=5)
    assert send(other, signature(other)) == 400
    assert BankTransfer.objects.get().amount == 100_000


@pytest.mark.parametrize(
    "content_type", ["multipart/form-data; boundary=xyz", "application/x-www-form-urlencoded", "", "x"]
)
def test_a_notice_is_json(content_type: str) -> None:
    assert send(BODY, signature(BODY), content_type) == 400


def test_a_long_body_is_refused_unread() -> None:
    body = notice(content="x" * 64 * 1024)
    assert send(body, signature(body)) == 400
    fits = notice(content="x" * 60_000)
    assert send(fits, signature(fits)) == 200
    assert len(BankTransfer.objects.get().content) == 300


def test_only_post_is_answered() -> None:
    assert [getattr(Client(), method)(URL).status_code for method in ("get", "put", "delete")] == [405] * 3
