"""The providers that `make run` stands in for: without keys the demo shop talks to fakes on ports of this machine."""

import secrets
import sys
from collections.abc import MutableMapping

from marketplace.settings import env

STRIPE_PORTS_ON = 420  # the stand-in listens so many ports above the shop: 8420


def configure_stripe(environment: MutableMapping[str, str], port: int) -> None:
    """Point the shop at the stand-in for Stripe, unless a key is given; only the demo pays with invented money."""
    if environment.get("STRIPE_SECRET_KEY") or not env.flag("DEMO", True):
        return
    environment["STRIPE_SECRET_KEY"] = "sk_test_stand_in"
    environment["STRIPE_WEBHOOK_SECRETS"] = f"whsec_{secrets.token_urlsafe(24)}"
    environment["STRIPE_API_BASE"] = f"http://127.0.0.1:{port + STRIPE_PORTS_ON}"


def stripe(base: str, webhook: str, secret: str) -> None:
    """The stand-in for Stripe, in this process."""
    from fakes.stripe.__main__ import main  # only this child needs it

    port = base.rpartition(":")[2]
    data = env.ROOT / "var" / "stripe-stand-in.sqlite3"
    sys.argv = ["stripe", "--port", port, "--data", str(data), "--webhook", webhook, "--secret", secret]
    main()
