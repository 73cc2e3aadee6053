"""Order numbers: a bijection nobody can count through, with a check character that catches the usual slips."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.kernel.ids import ALPHABET, CAPACITY, CODE_LENGTH, BadOrderNumber, OrderNumberCipher, normalise

CIPHER = OrderNumberCipher(b"a key for tests only")
numbers = st.integers(0, CAPACITY - 1)


@given(numbers)
def test_a_code_leads_back_to_its_number(number: int) -> None:
    code = CIPHER.encode(number)
    assert (len(code), set(code) <= set(ALPHABET), CIPHER.decode(code)) == (CODE_LENGTH, True, number)


@given(st.text(ALPHABET, min_size=CODE_LENGTH - 1, max_size=CODE_LENGTH - 1))
def test_every_code_with_a_fitting_check_character_is_a_number(body: str) -> None:
    fitting = []
    for check in ALPHABET:
        try:
            fitting.append(CIPHER.encode(CIPHER.decode(body + check)))
        except BadOrderNumber:
            continue
    assert [code[:-1] for code in fitting] == [body]


def test_numbers_in_a_row_get_different_codes_that_share_no_beginning() -> None:
    codes = [CIPHER.encode(number) for number in range(5_000)]
    assert len(set(codes)) == 5_000
    assert len({code[:2] for code in codes}) > 900  # of 1,024; a counter would show a handful


def test_another_key_gives_other_codes() -> None:
    other = OrderNumberCipher(b"another key for tests")
    assert [n for n in range(100) if CIPHER.encode(n) == other.encode(n)] == []


@given(numbers, st.integers(0, CODE_LENGTH - 1), st.sampled_from(ALPHABET))
def test_a_single_wrong_character_is_noticed(number: int, place: int, letter: str) -> None:
    code = CIPHER.encode(number)
    wrong = code[:place] + letter + code[place + 1 :]
    if wrong != code:
        with pytest.raises(BadOrderNumber):
            CIPHER.decode(wrong)


@given(numbers, st.integers(0, CODE_LENGTH - 2))
def test_swapped_neighbours_are_noticed(number: int, place: int) -> None:
    code = CIPHER.encode(number)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(BadOrderNumber):
            CIPHER.decode(swapped)


@given(numbers)
def test_a_code_may_be_typed_loosely(number: int) -> None:
    code = CIPHER.encode(number)
    loose = f" {code[:4]}-{code[4:]}. ".lower().replace("0", "o").replace("1", "l")
    assert (normalise(loose), CIPHER.decode(loose)) == (code, number)


@pytest.mark.parametrize("text", ["", "ABC", "ABCDEFGHJ", "AAAAAAA!", "ĐĐĐĐĐĐĐĐ", "UUUUUUUU"])
def test_what_is_no_order_number_is_refused(text: str) -> None:
    with pytest.raises(BadOrderNumber, match="order number"):
        CIPHER.decode(text)


@pytest.mark.parametrize("number", [-1, CAPACITY])
def test_a_number_outside_the_capacity_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="capacity"):
        CIPHER.encode(number)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        OrderNumberCipher(b"short")
