"""Words that may name somebody are never counted."""

import pytest

from apps.kernel.ids import OrderNumberCipher, is_order_number
from search.asked import is_private

NUMBER = OrderNumberCipher(b"0123456789abcdef").encode(12345)

PRIVATE = [
    "0912345678",
    "0912 345 678",
    "gọi 0912.345.678 nhé",
    "+84 912-345-678",
    "(024) 3825 1234",
    "hoa@example.test",
    "001090012345",
    "001 090 012 345",
    "123456789",
    "5799900019",
    "đơn " + NUMBER,
    NUMBER.lower(),
    f"{NUMBER}-1",
    "tôi là Lê Thị Hoa ở số 5 ngõ 12 phố Hàng Bông cho tôi hỏi đơn hàng hôm qua đâu rồi",
]
PLAIN = [
    "chả mực",
    "st25",
    "nước mắm 40 độ",
    "dưới 200k",
    "dưới 1.000.000đ",
    "500g",
    "cà phê đen",
    "trà 1990",
    "a" * 80,
]


@pytest.mark.parametrize("words", PRIVATE)
def test_words_that_may_name_somebody(words: str) -> None:
    assert is_private(words) is True


@pytest.mark.parametrize("words", PLAIN)
def test_words_of_goods(words: str) -> None:
    assert is_private(words) is False


def test_an_order_number_is_known_without_the_key() -> None:
    other = "0" if NUMBER[-1] != "0" else "1"
    assert [is_order_number(text) for text in (NUMBER, NUMBER.lower(), NUMBER[:-1] + other, NUMBER[:-1], "")] == [
        True,
        True,
        False,
        False,
        False,
    ]
