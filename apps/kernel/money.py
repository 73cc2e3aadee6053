"""Money as whole minor units of a currency: the dong has none smaller, so an amount in VND is a number of dong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

VND = "VND"

# Digits after the point, ISO 4217 table A.1: currencies that a shopper's bank or a provider may name.
_CODES_BY_EXPONENT = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
    2: "AED AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR ILS INR KHR LAK MMK MOP MXN MYR NOK NZD PHP PLN QAR RON RUB"
    " SAR SEK SGD THB TRY TWD UAH USD ZAR",
    3: "BHD IQD JOD KWD LYD OMR TND",
}
EXPONENTS = {code: exponent for exponent, codes in _CODES_BY_EXPONENT.items() for code in codes.split()}
SYMBOLS = {VND: "₫"}
NBSP = "\u00a0"


class FractionOfMinorUnit(ValueError):
    """A decimal is finer than the currency allows, such as half a dong."""


class CurrencyMismatch(TypeError):
    """Two currencies met in one sum or comparison."""


class UnknownCurrency(ValueError):
    """A currency code that is not in the table of exponents."""


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in minor units (whole dong for VND); it refuses floats, booleans and fractions."""

    amount: int
    currency: str = VND

    def __post_init__(self) -> None:
        if type(self.amount) is not int:
            raise TypeError(f"an amount is an int of minor units, not {self.amount!r}")
        if self.currency not in EXPONENTS:
            raise UnknownCurrency(self.currency)

    @classmethod
    def from_decimal(cls, value: Decimal, currency: str = VND) -> "Money":
        """Money from major units, as Oscar stores them; raises FractionOfMinorUnit rather than round."""
        if not isinstance(value, Decimal):
            raise TypeError(f"not a Decimal: {value!r}")
        if currency not in EXPONENTS:
            raise UnknownCurrency(currency)
        if not value.is_finite():
            raise FractionOfMinorUnit(str(value))
        # as_integer_ratio is exact; scaling a Decimal would round to the context's 28 digits.
        numerator, denominator = value.as_integer_ratio()
        amount, rest = divmod(numerator * 10 ** EXPONENTS[currency], denominator)
        if rest:
            raise FractionOfMinorUnit(f"{value} {currency}")
        return cls(amount, currency)

    @classmethod
    def total(cls, parts: Iterable["Money"], currency: str = VND) -> "Money":
        """The sum of the parts; of no parts it is nothing in the given currency."""
        result: Money | None = None
        for part in parts:
            result = part if result is None else result + part
        return cls(0, currency) if result is None else result

    def to_decimal(self) -> Decimal:
        """The amount in major units, with exactly as many digits as the currency has."""
        digits = Decimal(abs(self.amount)).as_tuple().digits
        return Decimal((int(self.amount < 0), digits, -EXPONENTS[self.currency]))

    def allocate(self, weights: Sequence[int]) -> list["Money"]:
        """Shares in proportion to the weights, by largest remainder: they always sum to the whole.

        Equal remainders favour the lower index, weights that are all zero split equally, and a negative amount is
        shared like the positive one. Raises ValueError when there is no weight or a negative one.
        """
        if not weights or min(weights) < 0:
            raise ValueError(f"shares need weights of zero or more: {weights!r}")
        shares = weights if any(weights) else [1] * len(weights)
        size, whole = abs(self.amount), sum(shares)
        parts = [size * share // whole for share in shares]
        remainders = [size * share % whole for share in shares]
        by_remainder = sorted(range(len(shares)), key=lambda index: (-remainders[index], index))
        for index in by_remainder[: size - sum(parts)]:
            parts[index] += 1
        sign = -1 if self.amount < 0 else 1
        return [Money(sign * part, self.currency) for part in parts]

    def format(self) -> str:
        """The amount as a Vietnamese reader expects it: `1.250.000 ₫`, with a no-break space (CLDR, locale vi)."""
        exponent = EXPONENTS[self.currency]
        units, fraction = divmod(abs(self.amount), 10**exponent)
        text = f"{units:,}".replace(",", ".")
        if exponent:
            text += f",{fraction:0{exponent}d}"
        sign = "-" if self.amount < 0 else ""
        return f"{sign}{text}{NBSP}{SYMBOLS.get(self.currency, self.currency)}"

    def __str__(self) -> str:
        return self.format()

    def __bool__(self) -> bool:
        return self.amount != 0

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        if type(times) is not int:
            raise TypeError(f"money is multiplied by a whole number, not {times!r}")
        return Money(self.amount * times, self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.amount), self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.amount >= self._same(other)

    def _same(self, other: "Money") -> int:
        """The other amount, once it is known to be money of this currency."""
        if not isinstance(other, Money):
            raise TypeError(f"not money: {other!r}")
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
        return other.amount


def dong(amount: int) -> Money:
    """So many Vietnamese dong."""
    return Money(amount)
