"""The accounts that `make run` prints; they exist only in the demo."""

from dataclasses import dataclass

from apps.demo.people import ADMIN, PASSWORD, SELLER, SHOPPER

__all__ = ["ACCOUNTS", "PASSWORD", "Account"]


@dataclass(frozen=True, slots=True)
class Account:
    """Who may sign in, as what."""

    role: str
    email: str


ACCOUNTS = (Account("shopper", SHOPPER), Account("vendor", SELLER), Account("admin", ADMIN))
