"""What no log line may hold."""

import pytest

from marketplace.monitoring.logs import redact


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mail to chi.hoa+ocop@shop.example.vn failed", "mail to [hidden] failed"),
        ("{'a@b.vn': (550, b'no such user')}", "{'[hidden]': (550, b'no such user')}"),
        ("call 0912345678, 0912 345 678, +84 912 345 678.", "call [hidden], [hidden], [hidden]."),
        ("Key (phone)=(+84912345678) already exists", "Key (phone)=([hidden]) already exists"),
        ("password=abc&next=/", "password=[hidden]&next=/"),
        ('{"password1": "a b", "name": "x"}', '{"password1": [hidden], "name": "x"}'),
        ("{'new_password': 'a', 'n': 1}", "{'new_password': [hidden], 'n': 1}"),
        ("SECRET_KEY='abc' METRICS_TOKEN=abc", "SECRET_KEY=[hidden] METRICS_TOKEN=[hidden]"),
        ("Authorization: Bearer abc.def\nHost: shop", "Authorization: [hidden]\nHost: shop"),
        ("Cookie: __Host-session=a; b=c\nHost: shop", "Cookie: [hidden]\nHost: shop"),
        ("postgres://shop:word@db:5432/shop", "postgres://[hidden]@db:5432/shop"),
        ("redis://:word@cache:6379/0", "redis://[hidden]@cache:6379/0"),
        ("GET /en/tai-khoan/password/reset/key/MQ-abc/", "GET /en/tai-khoan/password/reset/key/[hidden]/"),
        ("GET /tai-khoan/confirm-email/MQ:abc/", "GET /tai-khoan/confirm-email/[hidden]/"),
    ],
)
def test_secrets_are_hidden(text: str, kept: str) -> None:
    assert redact(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "job 01234567-8901-4abc-8def-0123456789ab failed, attempt 3",
        "job 84569493-8414-4abc-8def-0123456789ab failed, attempt 3",
        "order 0K3M9ZQ7 of 1.250.000 ₫ at 2026-11-25T07:14:33Z",
        "http://127.0.0.1:8000/san-pham/cha-muc-12/",
    ],
)
def test_what_helps_is_kept(text: str) -> None:
    assert redact(text) == text
