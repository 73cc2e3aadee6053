"""The providers that `make run` stands in for: without keys the demo shop talks to fakes on ports of this machine."""

import secrets
import sys
from collections.abc import MutableMapping

from marketplace.settings import env

# The stand-ins listen so many ports above the shop: 8420 and 8430.
STRIPE_PORTS_ON, BANK_PORTS_ON = 420, 430


def configure(environment: MutableMapping[str, str], port: int) -> None:
    """Point the shop at the stand-ins, unless a key of Stripe's is given; only the demo pays with invented money."""
    if not env.flag("DEMO", True):
        return
    environment["TEST_BANK_URL"] = f"http://127.0.0.1:{port + BANK_PORTS_ON}"
    if environment.get("STRIPE_SECRET_KEY"):
        return
    environment["STRIPE_SECRET_KEY"] = "sk_test_stand_in"
    environment["STRIPE_WEBHOOK_SECRETS"] = f"whsec_{secrets.token_urlsafe(24)}"
    environment["STRIPE_API_BASE"] = f"http://127.0.0.1:{port + STRIPE_PORTS_ON}"


def bank(base: str, notify: str, secret: str) -> None:
    """The bank on whose page the demo's transfers are made, in this process."""
    from fakes.bank import main  # only this child needs it

    sys.argv = ["bank", "--port", base.rpartition(":")[2], "--notify", notify, "--secret", secret]
    main()


def stripe(base: str, webhook: str, secret: str) -> None:
    """The stand-in for Stripe, in this process."""
    from fakes.stripe.__main__ import main  # only this child needs it

    port = base.rpartition(":")[2]
    data = env.ROOT / "var" / "stripe-stand-in.sqlite3"
    sys.argv = ["stripe", "--port", port, "--data", str(data), "--webhook", webhook, "--secret", secret]
    main()
