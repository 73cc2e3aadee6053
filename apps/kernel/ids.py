"""Numbers that people read: order numbers that cannot be counted, guessed by one step or mistyped unnoticed."""

import hmac

from apps.kernel.errors import DomainError

# Digits and capitals without I, L, O and U (Crockford's base 32): safe to read aloud and in a bank transfer's memo.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BODY_LENGTH = 7
CODE_LENGTH = BODY_LENGTH + 1
CAPACITY = 32**BODY_LENGTH

_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_HALF_BITS = 18  # two halves cover 2**36 numbers; the permutation walks on until it is back below CAPACITY (2**35)
_HALF_MASK = (1 << _HALF_BITS) - 1
_ROUNDS = 8
_MINIMUM_KEY_BYTES = 16


class BadOrderNumber(DomainError):
    """Not an order number: wrong length, a foreign letter, or a check character that does not fit."""

    default_message = "This is not an order number. Please compare it with your confirmation."


def normalise(text: str) -> str:
    """The code as it is stored, from what was typed: capitals, no blanks, dots or hyphens, O as 0, I and L as 1."""
    kept = "".join(letter for letter in text.upper() if not letter.isspace() and letter not in ".-")
    return kept.translate(str.maketrans("OIL", "011"))


def is_order_number(text: str) -> bool:
    """Whether a text has the letters and the check character of an order number, whatever the shop's key."""
    plain = normalise(text)
    known = len(plain) == CODE_LENGTH and all(letter in _VALUE for letter in plain)
    return known and ALPHABET[_checksum(plain[:BODY_LENGTH])] == plain[-1]


class OrderNumberCipher:
    """A keyed permutation between sequence numbers and 8-character codes, the last one a check character.

    Numbers run from 0 to CAPACITY - 1. The key must stay the same for the life of the shop, or old codes lose their
    meaning.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) < _MINIMUM_KEY_BYTES:
            raise ValueError(f"the key of order numbers needs {_MINIMUM_KEY_BYTES} bytes or more")
        self._key = key

    def encode(self, number: int) -> str:
        """The code of a sequence number; raises ValueError when it is outside the capacity."""
        if not 0 <= number < CAPACITY:
            raise ValueError(f"outside the capacity of order numbers: {number}")
        value = self._forward(number)
        while value >= CAPACITY:
            value = self._forward(value)
        body = "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(BODY_LENGTH)))
        return body + ALPHABET[_checksum(body)]

    def decode(self, code: str) -> int:
        """The sequence number of a code, in any spelling that `normalise` understands; raises BadOrderNumber."""
        plain = normalise(code)
        if not is_order_number(plain):
            raise BadOrderNumber
        value = 0
        for letter in plain[:-1]:
            value = value << 5 | _VALUE[letter]
        value = self._backward(value)
        while value >= CAPACITY:
            value = self._backward(value)
        return value

    def _forward(self, value: int) -> int:
        left, right = value >> _HALF_BITS, value & _HALF_MASK
        for turn in range(_ROUNDS):
            left, right = right, left ^ self._round(turn, right)
        return left << _HALF_BITS | right

    def _backward(self, value: int) -> int:
        left, right = value >> _HALF_BITS, value & _HALF_MASK
        for turn in reversed(range(_ROUNDS)):
            left, right = right ^ self._round(turn, left), left
        return left << _HALF_BITS | right

    def _round(self, turn: int, half: int) -> int:
        message = bytes([turn]) + half.to_bytes(3, "big")
        return int.from_bytes(hmac.digest(self._key, message, "sha256")[:3], "big") & _HALF_MASK


def _checksum(body: str) -> int:
    """The sum over GF(32) of each value times its own power of 2.

    Every place has another weight, none of them the check character's own 1, so that a single wrong character or a swap
    of any two always shows.
    """
    total = 0
    for letter in body:
        total = _times_two(total ^ _VALUE[letter])
    return total


def _times_two(value: int) -> int:
    """Multiply by x in GF(32) with the primitive polynomial x^5 + x^2 + 1."""
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled
