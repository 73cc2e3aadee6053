"""The books of the Stripe fake conserve money, whatever is asked of it in whatever order."""

from contextlib import suppress
from typing import Any

import stripe
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fakes.stripe import FakeStripe
from fakes.stripe.errors import ApiError
from tests.unit.fakes.shopping import charged, client_of, vendor

CARDS = (
    "pm_card_bypassPending",
    "pm_card_visa",
    "pm_card_mastercard",
    "pm_card_chargeDeclined",
    "pm_card_createDispute",
    "pm_card_createDisputeInquiry",
    "pm_card_pendingRefund",
    "pm_card_refundFail",
    "pm_card_authenticationRequired",
)
# Few and around each other, so that limits are met.
AMOUNTS = st.sampled_from([1, 40_000, 60_000, 100_000, 100_001, 200_001])


class Books(RuleBasedStateMachine):
    """Random shoppers, vendors, banks and administrators."""

    def __init__(self) -> None:
        super().__init__()
        self.fake = FakeStripe().start()
        self.client = client_of(self.fake)
        self.vendors: list[str] = []

    def teardown(self) -> None:
        self.fake.stop()

    @initialize()
    def a_market_day(self) -> None:
        """Three charges, of which two were passed on to a vendor and one can be spent."""
        self.vendors = [vendor(self.fake, self.client) for _ in range(2)]
        for account, card in zip(["", *self.vendors], CARDS[:3], strict=True):
            charge = charged(self.client, 200_000, card).latest_charge.id
            if account:
                wanted = {"amount": 100_000, "currency": "vnd", "destination": account, "source_transaction": charge}
                self.client.v1.transfers.create(wanted)  # type: ignore[arg-type]

    def some(self, kind: str, place: int, **equal: Any) -> Any:
        """One of the objects of a kind, or None."""
        found = self.fake.world.store.select(kind, None if kind == "payout" else "", **equal)
        return found[place % len(found)] if found else None

    def ask(self, act: Any, *args: Any) -> None:
        """Do it, or be refused: both leave the books in order."""
        with suppress(stripe.InvalidRequestError, stripe.CardError, ApiError):
            act(*args)

    @rule(amount=st.sampled_from([100_000, 200_000]), card=st.sampled_from(CARDS), manual=st.booleans())
    def pay(self, amount: int, card: str, manual: bool) -> None:
        method = "manual" if manual else "automatic_async"
        wanted = {
            "amount": amount,
            "currency": "vnd",
            "payment_method": card,
            "confirm": True,
            "capture_method": method,
        }
        self.ask(self.client.v1.payment_intents.create, wanted)

    @rule(place=st.integers(0, 9), amount=AMOUNTS)
    def capture(self, place: int, amount: int) -> None:
        if intent := self.some("payment_intent", place, status="requires_capture"):
            self.ask(self.client.v1.payment_intents.capture, intent["id"], {"amount_to_capture": amount})

    @rule(place=st.integers(0, 9), approved=st.booleans())
    def authenticate(self, place: int, approved: bool) -> None:
        if intent := self.some("payment_intent", place, status="requires_action"):
            self.fake.admin("payment_intents/authenticate", payment_intent=intent["id"], approved=approved)

    @rule(place=st.integers(0, 9), amount=AMOUNTS, twice=st.booleans())
    def refund(self, place: int, amount: int, twice: bool) -> None:
        if charge := self.some("charge", place, status="succeeded"):
            for _ in range(1 + twice):
                key = {"idempotency_key": f"{charge['id']}:{amount}"}
                self.ask(self.client.v1.refunds.create, {"charge": charge["id"], "amount": amount}, key)

    @rule(place=st.integers(0, 9), to=st.integers(0, 1), amount=AMOUNTS, from_charge=st.booleans())
    def transfer(self, place: int, to: int, amount: int, from_charge: bool) -> None:
        wanted = {"amount": amount, "currency": "vnd", "destination": self.vendors[to]}
        charge = self.some("charge", place, status="succeeded")
        if from_charge and charge:
            wanted["source_transaction"] = charge["id"]
        self.ask(self.client.v1.transfers.create, wanted)

    @rule(place=st.integers(0, 9), amount=AMOUNTS)
    def reverse(self, place: int, amount: int) -> None:
        if transfer := self.some("transfer", place):
            self.ask(self.client.v1.transfers.reversals.create, transfer["id"], {"amount": amount})

    @precondition(lambda self: self.vendors)
    @rule(of=st.integers(0, 1), amount=AMOUNTS)
    def pay_out(self, of: int, amount: int) -> None:
        account = {"stripe_account": self.vendors[of]}
        self.ask(self.client.v1.payouts.create, {"amount": amount, "currency": "vnd"}, account)

    @rule(place=st.integers(0, 9))
    def payout_fails(self, place: int) -> None:
        if payout := self.some("payout", place):
            account = self.fake.world.store.owner(payout)
            self.ask(lambda: self.fake.admin("payouts/fail", payout=payout["id"], account=account))

    @rule(place=st.integers(0, 9), won=st.booleans())
    def dispute_ends(self, place: int, won: bool) -> None:
        if dispute := self.some("dispute", place):
            self.ask(lambda: self.fake.admin("disputes/close", dispute=dispute["id"], won=won))

    @rule(place=st.integers(0, 9))
    def dispute(self, place: int) -> None:
        if charge := self.some("charge", place, status="succeeded"):
            self.ask(lambda: self.fake.admin("disputes/open", charge=charge["id"]))

    @rule(place=st.integers(0, 9))
    def refund_fails(self, place: int) -> None:
        if refund := self.some("refund", place):
            self.ask(lambda: self.fake.admin("refunds/fail", refund=refund["id"]))

    @rule(seconds=st.sampled_from([60, 3600, 86_400, 2 * 86_400, 7 * 86_400]))
    def time_passes(self, seconds: int) -> None:
        self.fake.admin("clock", seconds=seconds)

    @invariant()
    def nothing_is_lost(self) -> None:
        assert self.fake.admin("books")["faults"] == []

    @invariant()
    def no_charge_is_given_back_twice(self) -> None:
        for charge in self.fake.world.store.select("charge", "", status="succeeded"):
            refunds = self.fake.world.store.select("refund", charge=charge["id"])
            disputes = self.fake.world.store.select("dispute", charge=charge["id"])
            back = sum(one["amount"] for one in refunds if one["status"] != "failed")
            back += sum(one["amount"] for one in disputes if one["status"] in ("needs_response", "lost"))
            assert back <= charge["amount_captured"]
            assert 0 <= charge["amount_refunded"] <= charge["amount"]
            sent = self.fake.world.store.select("transfer", source_transaction=charge["id"])
            assert sum(one["amount"] for one in sent) <= charge["amount_captured"]

    @invariant()
    def no_vendor_owes_stripe(self) -> None:
        books = self.fake.admin("books")["books"].get("vnd", {})
        # Only a payout that comes back late could change a balance without its owner: upwards.
        assert [amount for name, amount in books.items() if name.startswith("balance:acct") and amount < 0] == []


TestBooks = Books.TestCase
# Without shrinking: a failure is shown at once, if not in its shortest form.
TestBooks.settings = settings(
    max_examples=10,
    stateful_step_count=40,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
