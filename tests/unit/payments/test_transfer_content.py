"""Orders in what banks make of a transfer's content."""

import pytest

from apps.kernel.ids import ALPHABET, OrderNumberCipher
from apps.payments.transfer_content import content_of, numbers_in

NUMBER = OrderNumberCipher(b"k" * 16).encode(1)
CODE = content_of(NUMBER)


@pytest.mark.parametrize(
    "content",
    [
        CODE,
        CODE.lower(),
        f"MBVCB.7012345.{CODE}.CT tu 0071000 NGUYEN VAN A toi 1133",
        f"NGUYEN VAN A chuyen tien {CODE} FT26334000",
        f"{CODE[:4]} {CODE[4:7]}\n{CODE[7:]}",
        f"SV{CODE}",
        f"XSV{CODE}99",
        f"CUSTOMER {CODE}-301126-20:15",
        CODE.replace("0", "O").replace("1", "I"),
        f"{CODE} {CODE}",
    ],
)
def test_the_number_is_found_whatever_stands_around_it(content: str) -> None:
    assert numbers_in(content) == [NUMBER]


def test_one_wrong_character_is_no_other_number() -> None:
    for place in range(len(NUMBER)):
        for letter in ALPHABET.replace(NUMBER[place], ""):
            mistyped = NUMBER[:place] + letter + NUMBER[place + 1 :]
            assert numbers_in(content_of(mistyped)) == []


@pytest.mark.parametrize("content", ["", "SV", NUMBER, f"S V{NUMBER[:7]}", "chuyen tien mua hang", CODE[:-1]])
def test_nothing_is_guessed(content: str) -> None:
    assert numbers_in(content) == []


def test_two_orders_are_two() -> None:
    other = OrderNumberCipher(b"k" * 16).encode(2)
    assert numbers_in(f"{CODE} va {content_of(other)}") == [NUMBER, other]


def test_a_content_fits_into_a_code() -> None:
    assert len(CODE) == 10
