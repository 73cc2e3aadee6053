"""The fake's own double-entry books: a movement is a balance transaction of an account and postings that sum to zero.

Books: `balance:<account>` (empty account: the platform), `customers` (their banks), `fees` (what Stripe earns),
`transit` (between platform and connected accounts, always empty between requests), `bank:<account>`.
"""

from fakes.stripe.errors import Doc
from fakes.stripe.lists import listed
from fakes.stripe.routes import route
from fakes.stripe.store import new_id
from fakes.stripe.world import Call

# A plausible price list: 3.4 % and a fixed part for a foreign card; nobody's contract.
FEE_BASIS_POINTS = 340
FIXED_FEE = {"vnd": 10_000}
OTHER_FIXED_FEE = 30
DISPUTE_FEE = {"vnd": 375_000}
OTHER_DISPUTE_FEE = 1500
# Card money can be paid out after two days (T+2).
SETTLES_AFTER = 2 * 86_400
CATEGORIES = {"payment": "charge", "payment_refund": "refund", "adjustment": "dispute"}


def card_fee(amount: int, currency: str) -> int:
    """What Stripe keeps of a charge, in the currency's smallest unit."""
    return amount * FEE_BASIS_POINTS // 10_000 + FIXED_FEE.get(currency, OTHER_FIXED_FEE)


def dispute_fee(currency: str) -> int:
    """What a dispute costs, won or lost."""
    return DISPUTE_FEE.get(currency, OTHER_DISPUTE_FEE)


def move(
    call: Call,
    kind: str,
    source: Doc,
    amount: int,
    against: str,
    *,
    fee: int = 0,
    available_on: int | None = None,
    description: str | None = None,
) -> Doc:
    """Move money into (or, negative, out of) the calling account's balance; returns the balance transaction."""
    currency = source["currency"]
    free = call.now if available_on is None else max(available_on, call.now)
    entry: Doc = {
        "id": new_id("txn"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": free,
        "balance_type": "payments",
        "created": call.now,
        "currency": currency,
        "description": description,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": _fee_details(fee, currency),
        "net": amount - fee,
        "reporting_category": CATEGORIES.get(kind, kind),
        "source": source["id"],
        "status": "pending" if free > call.now else "available",
        "type": kind,
    }
    call.store.add(entry, created=call.now, account=call.account)
    _post(call, entry, f"balance:{call.account}", amount - fee)
    _post(call, entry, "fees", fee)
    _post(call, entry, against, -amount)
    return entry


def _fee_details(fee: int, currency: str) -> list[Doc]:
    if not fee:
        return []
    detail = {"amount": fee, "application": None, "currency": currency}
    return [{**detail, "description": "Stripe processing fees", "type": "stripe_fee"}]


def _post(call: Call, entry: Doc, book: str, amount: int) -> None:
    if amount:
        values = (entry["id"], book, entry["currency"], amount)
        call.store.run("insert into postings (transaction_id, book, currency, amount) values (?, ?, ?, ?)", *values)


def sums(call: Call, account: str) -> dict[str, tuple[int, int]]:
    """Currency to (available, pending) of an account, from its balance transactions."""
    query = """
        select json_extract(body, '$.currency'),
               sum(case when json_extract(body, '$.available_on') <= ? then json_extract(body, '$.net') else 0 end),
               sum(case when json_extract(body, '$.available_on') > ? then json_extract(body, '$.net') else 0 end)
        from documents where kind = 'balance_transaction' and account = ? group by 1"""
    return {currency: (free, later) for currency, free, later in call.store.rows(query, call.now, call.now, account)}


def available(call: Call, currency: str) -> int:
    """What the calling account can spend now."""
    return sums(call, call.account).get(currency, (0, 0))[0]


def free_from(call: Call, entry_id: str | None) -> int:
    """When the money of a balance transaction can be spent."""
    entry = call.store.find(entry_id) if entry_id else None
    return int(entry["available_on"]) if entry else call.now


def trial_balance(call: Call) -> Doc:
    """All books by currency, and what is wrong with them: nothing, or a list of sentences."""
    books: dict[str, dict[str, int]] = {}
    for currency, book, amount in call.store.rows("select currency, book, sum(amount) from postings group by 1, 2"):
        books.setdefault(currency, {})[book] = amount
    faults = [f"{currency}: the books sum to {sum(b.values())}" for currency, b in books.items() if sum(b.values())]
    faults += [f"{currency}: {b['transit']} got lost in transit" for currency, b in books.items() if b.get("transit")]
    for currency, by_name in books.items():
        for book, amount in by_name.items():
            kind, _, account = book.partition(":")
            if kind == "balance" and sum(sums(call, account).get(currency, (0, 0))) != amount:
                faults.append(f"{currency}: {book} is not the sum of its balance transactions")
    return {"books": books, "faults": faults, "sums_to_zero": not faults}


@route("GET", "/v1/balance", "BalanceRetrieveParams")
def retrieve_balance(call: Call) -> Doc:
    """What the platform, or the account named by Stripe-Account, has."""
    by_currency = sums(call, call.account) or {"vnd": (0, 0)}

    def parts(place: int) -> list[Doc]:
        return [
            {"amount": both[place], "currency": currency, "source_types": {"card": both[place]}}
            for currency, both in by_currency.items()
        ]

    reserved = [{"amount": 0, "currency": currency} for currency in by_currency]
    answer: Doc = {"object": "balance", "available": parts(0), "livemode": False, "pending": parts(1)}
    return answer if call.account else answer | {"connect_reserved": reserved}


@route("GET", "/v1/balance_transactions", "BalanceTransactionListParams")
def list_entries(call: Call) -> Doc:
    """By type, source, currency and time."""
    found = listed(call, "balance_transaction", "/v1/balance_transactions", "type", "source", "currency")
    return found | {"data": [_now(call, entry) for entry in found["data"]]}


@route("GET", "/v1/balance_transactions/<id>", "BalanceTransactionRetrieveParams")
def retrieve_entry(call: Call) -> Doc:
    """One movement with amount, fee and net."""
    return _now(call, call.named("balance_transaction"))


def _now(call: Call, entry: Doc) -> Doc:
    return entry | {"status": "pending" if entry["available_on"] > call.now else "available"}
