"""Amounts: whole units of zero-decimal currencies such as VND, cents of the others; what a charge may be at most."""

from fakes.stripe.errors import ApiError
from fakes.stripe.shapes import names

# https://docs.stripe.com/currencies: no decimals in these, so 150000 is 150,000 dong.
ZERO_DECIMAL = frozenset(names("bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf"))
# Eight digits at most; at least about half a US dollar.
MOST = 99_999_999
LEAST = {"vnd": 12_000, "usd": 50, "eur": 50}
OTHER_LEAST = 50


def written(amount: int, currency: str) -> str:
    """`150.000 ₫`, or `20.00 USD` for the currencies of the CLI's examples."""
    if currency == "vnd":
        return f"{amount:,} ₫".replace(",", ".").replace(" ", "\N{NO-BREAK SPACE}")
    if currency in ZERO_DECIMAL:
        return f"{amount:,} {currency.upper()}"
    return f"{amount / 100:,.2f} {currency.upper()}"


def check_charge(amount: int, currency: str, param: str = "amount") -> None:
    """Raises ApiError when nobody may be charged this much or this little."""
    if len(currency) != 3 or not currency.isalpha():
        raise ApiError(f"Invalid currency: {currency}.", param="currency")
    least = LEAST.get(currency, OTHER_LEAST)
    if amount < least:
        message = f"Amount must be at least {written(least, currency)}"
        raise ApiError(message, code="amount_too_small", param=param)
    if amount > MOST:
        message = f"Amount must be no more than {written(MOST, currency)}"
        raise ApiError(message, code="amount_too_large", param=param)


def check_positive(amount: int, param: str = "amount") -> None:
    """Raises ApiError for zero and less."""
    if amount < 1:
        message = "This value must be greater than or equal to 1."
        raise ApiError(message, code="parameter_invalid_integer", param=param)
