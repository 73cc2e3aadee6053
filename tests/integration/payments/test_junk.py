"""What anybody can send to the addresses for notices: refused with 400, whatever it is, and nothing is written down."""

import time
from random import Random
from typing import Any

import pytest
from django.test import Client

from apps.payments.models import BankTransfer, WebhookEvent
from tests.factories.notices import TELLERS, Teller

pytestmark = pytest.mark.django_db
JSON = "application/json"
IN_CI, IN_DRILL = 1_500, 100_000
NOW = time.time()
_ONE_LINE = dict.fromkeys((0, 10, 13), "?")


@pytest.fixture(params=TELLERS)
def teller(request: pytest.FixtureRequest, settings: Any) -> Teller:
    found = TELLERS[request.param]
    setattr(settings, found.secrets, ["a-secret-that-nobody-has-told"])
    return found


@pytest.mark.slow
def test_junk_is_refused(teller: Teller) -> None:
    assert _answers(teller, IN_CI, 1) == {400}
    assert (BankTransfer.objects.count(), WebhookEvent.objects.count()) == (0, 0)


@pytest.mark.drill
def test_a_hundred_thousand_pieces_of_junk_are_refused(teller: Teller) -> None:
    assert _answers(teller, IN_DRILL, 2) == {400}
    assert (BankTransfer.objects.count(), WebhookEvent.objects.count()) == (0, 0)


def test_what_is_right_is_taken(teller: Teller) -> None:
    body = teller.body("RIGHT")
    assert [_send(teller, body, teller.sign(body), JSON) for _ in range(2)] == [200, 200]
    assert BankTransfer.objects.count() + WebhookEvent.objects.count() == 1


def _answers(teller: Teller, count: int, seed: int) -> set[int]:
    dice = Random(seed)
    return {_send(teller, *_junk(teller, dice)) for _ in range(count)}


def _junk(teller: Teller, dice: Random) -> tuple[bytes, str | None, str]:
    """A body, a signature and a content type, each of them nearly right or not at all."""
    whole = teller.body(f"J{dice.random()}")
    body = dice.choice((b"", dice.randbytes(dice.randrange(200)), whole, whole[: dice.randrange(len(whole))]))
    good = teller.sign(body, at=NOW + dice.choice((-1e6, -301, 1e6, 0)))
    broken = list(good)
    broken[dice.randrange(2, len(broken))] = dice.choice("0123456789abcdefxyz ,=\u00ff")
    header = dice.choice((None, "", "".join(broken), dice.randbytes(30).decode("latin-1").translate(_ONE_LINE), good))
    content_type = dice.choice((JSON, JSON, JSON, "", "text/plain", "multipart/form-data; boundary=x", ";;"))
    if header == good:
        content_type = "text/plain"
    return body, header, content_type


def _send(teller: Teller, body: bytes, header: str | None, content_type: str) -> int:
    headers = {} if header is None else {teller.header: header}
    return Client().post(teller.path, body, content_type=content_type, headers=headers).status_code
