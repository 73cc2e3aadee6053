"""What people do in a shop that is being broken, and how it is seen that all came to rest."""

from collections.abc import Callable
from dataclasses import dataclass, field

import requests

from tests.faults.browser import Browser
from tests.faults.rows import ask
from tests.faults.shop import Shop
from tools.bench.browser import hidden_fields

# So many steps less a process may need once it has warmed up.
WARM = 8
Send = Callable[..., requests.Response]
# Jobs that are due or in hand.
LEFT = "SELECT count(*) FROM jobs_job WHERE state IN ('ready', 'running') AND kind <> 'vendor_order.complete'"


@dataclass
class Desk:
    """A running shop and its vendor at work; `slowest` is the longest recovery so far, in seconds."""

    shop: Shop
    vendor: Browser
    tried: dict[str, list[int]] = field(default_factory=dict)
    slowest: float = 0.0

    def part(self) -> str:
        """The number of a new vendor order that waits for this vendor."""
        placing(self)()
        return str(ask(self.shop, "SELECT number FROM ordering_vendororder ORDER BY id DESC LIMIT 1")[0][0])

    def step(self, number: str, **form: str) -> Send:
        """One step of the vendor with an order, to be sent as often as one likes."""
        hidden = hidden_fields(self.vendor.visit(f"/ban-hang/don-hang/{number}/").text)
        path = f"/ban-hang/don-hang/{number}/viec/"
        return lambda **headers: self.vendor.visit(path, {**hidden, **form}, headers=headers)


def placing(desk: Desk) -> Send:
    """A shopper sends the checkout."""
    shopper = Browser(desk.shop.port)
    form = shopper.filled_in(desk.shop.facts["products"][0])
    return lambda **headers: shopper.submit(form, **headers)


def confirming(desk: Desk) -> Send:
    """A vendor confirms an order."""
    return desk.step(desk.part(), act="accept")


def cancelling(desk: Desk) -> Send:
    """A vendor cancels an order: the goods go back, the shopper is told."""
    return desk.step(desk.part(), act="cancel", reason="other", words="Hết hàng")


def open_desk(shop: Shop, **environment: str) -> Desk:
    """A shop under the web server that dies when it is told to, or kills whom the environment says."""
    shop.web("tests.faults.wsgi", "--preload", **environment)
    vendor = Browser(shop.port)
    vendor.sign_in(shop.facts["owner"], shop.facts["password"])
    return Desk(shop, vendor)


ACTS: list[Callable[[Desk], Send]] = [placing, confirming, cancelling]


def spread(steps: int, many: int | None) -> list[int]:
    """So many of the steps from 1, evenly, from the first to the last but some; None: all of them."""
    if many is None or many >= steps:
        return list(range(1, steps + 1))
    return sorted({1 + number * (steps - WARM - 1) // (many - 1) for number in range(many)})


def settle(shop: Shop) -> None:
    """Let everything come to rest, and check what must hold then."""
    shop.call("invariants:wake")
    shop.manage("worker", "--once")
    broken = shop.call("invariants:broken")
    assert broken == [], broken


def mails(shop: Shop) -> int:
    """How many mails were sent; files hold one or more."""
    return sum(path.read_text().count("Message-ID:") for path in (shop.folder / "mail").glob("*"))


def up(shop: Shop) -> bool:
    """Whether the web server and its database answer."""
    try:
        return Browser(shop.port).visit("/healthz").status_code == 200
    except requests.ConnectionError:
        return False
