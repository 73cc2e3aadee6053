"""Transfers from the platform to connected accounts, and their reversals."""

from fakes.stripe import books, charges, money
from fakes.stripe.errors import ApiError, Doc, missing
from fakes.stripe.events import emit
from fakes.stripe.lists import listed, page, updated
from fakes.stripe.routes import route
from fakes.stripe.store import new_id, public
from fakes.stripe.world import Call

SHORT = "You have insufficient available funds in your Stripe account."
NOT_ABLE = (
    "Your destination account needs to have at least one of the following capabilities enabled: transfers,"
    " crypto_transfers, legacy_payments"
)


@route("POST", "/v1/transfers", "TransferCreateParams")
def create(call: Call) -> Doc:
    """With a `source_transaction` of the charge's own money, else of what is available.

    Raises ApiError when the destination may not receive, or the money is not there.
    """
    params = call.params
    currency = params["currency"].lower()
    destination = call.store.get("account", params["destination"], "")
    if destination is None:
        raise missing("destination", params["destination"], "destination")
    if destination["capabilities"].get("transfers") != "active":
        raise ApiError(NOT_ABLE, code="insufficient_capabilities_for_transfer")
    charge = _source(call, currency) if params.get("source_transaction") else None
    amount = int(params["amount"] if "amount" in params else charge["amount"] if charge else 0)
    money.check_positive(amount)
    if charge:
        _check_source(call, charge, amount)
    elif books.available(call, currency) < amount:
        raise ApiError(SHORT, code="balance_insufficient")
    return _transfer(call, destination, amount, currency, charge)


def _source(call: Call, currency: str) -> Doc:
    charge = call.load("charge", call.params["source_transaction"], "source_transaction")
    if not charge["captured"] or charge["status"] != "succeeded":
        raise ApiError(f"Charge {charge['id']} has no money to transfer.", param="source_transaction")
    if charge["currency"] != currency:
        message = f"The currency of source_transaction's balance transaction is {charge['currency']}."
        raise ApiError(message, param="currency")
    return charge


def _check_source(call: Call, charge: Doc, amount: int) -> None:
    """All transfers of a charge together are at most the charge."""
    sent = call.store.select("transfer", call.account, source_transaction=charge["id"])
    left = charge["amount_captured"] - sum(transfer["amount"] for transfer in sent)
    if amount > left:
        message = (
            f"The transfers of charge {charge['id']} cannot be more than the charge: {left} left, {amount} asked for."
        )
        raise ApiError(message, code="balance_insufficient", param="amount")


def _transfer(call: Call, destination: Doc, amount: int, currency: str, charge: Doc | None) -> Doc:
    key, payment = new_id("tr"), new_id("py")
    params = call.params
    transfer: Doc = {
        "id": key,
        "object": "transfer",
        "amount": amount,
        "amount_reversed": 0,
        "balance_transaction": None,
        "created": call.now,
        "currency": currency,
        "description": params.get("description"),
        "destination": destination["id"],
        "destination_payment": payment,
        "livemode": False,
        "metadata": {},
        "reversals": _reversals(call, key),
        "reversed": False,
        "source_transaction": charge["id"] if charge else None,
        "source_type": "card",
        "transfer_group": params.get("transfer_group") or (charge or {}).get("transfer_group") or f"group_{key[3:]}",
    }
    updated(transfer, {"metadata": params.get("metadata")})
    free = books.free_from(call, charge["balance_transaction"]) if charge else call.now
    entry = books.move(call, "transfer", transfer, -amount, "transit", available_on=free)
    transfer["balance_transaction"] = entry["id"]
    call.store.add(transfer, created=call.now)
    there = call.as_account(destination["id"])
    got = books.move(there, "payment", {**transfer, "id": payment}, amount, "transit", available_on=free)
    _payment(there, transfer, got)
    emit(call, "transfer.created", transfer)
    return transfer


def _payment(there: Call, transfer: Doc, entry: Doc) -> None:
    """What the connected account sees of a transfer: a payment without a card."""
    payment = {
        **charges.EMPTY,
        "id": transfer["destination_payment"],
        "amount": transfer["amount"],
        "amount_captured": transfer["amount"],
        "balance_transaction": entry["id"],
        "captured": True,
        "created": there.now,
        "currency": transfer["currency"],
        "paid": True,
        "source_transfer": transfer["id"],
        "status": "succeeded",
        "transfer_group": transfer["transfer_group"],
    }
    there.store.add(payment, created=there.now, account=there.account)
    emit(there, "payment.created", payment)


@route("GET", "/v1/transfers", "TransferListParams")
def list_transfers(call: Call) -> Doc:
    """By destination, group and time."""
    return listed(call, "transfer", "/v1/transfers", "destination", "transfer_group")


@route("GET", "/v1/transfers/<id>", "TransferRetrieveParams")
def retrieve(call: Call) -> Doc:
    """One transfer."""
    return call.named("transfer")


@route("POST", "/v1/transfers/<id>", "TransferUpdateParams")
def update(call: Call) -> Doc:
    """Description and metadata."""
    transfer = call.store.save(updated(call.named("transfer"), call.params, "description"))
    emit(call, "transfer.updated", transfer)
    return transfer


def _reversals(call: Call, transfer: str) -> Doc:
    return page(call.store.select("transfer_reversal", transfer=transfer), f"/v1/transfers/{transfer}/reversals")


@route("POST", "/v1/transfers/<id>/reversals", "TransferCreateReversalParams")
def reverse(call: Call) -> Doc:
    """Take a transfer back, or a part.

    Raises ApiError for more than is left of it, and `balance_insufficient` when the connected account has spent it.
    """
    transfer = call.named("transfer")
    left = transfer["amount"] - transfer["amount_reversed"]
    amount = call.params.get("amount", left)
    if left == 0:
        raise ApiError(f"Transfer {transfer['id']} is already fully reversed.", code="transfer_already_reversed")
    money.check_positive(amount)
    if amount > left:
        shown = [money.written(one, transfer["currency"]) for one in (amount, left)]
        raise ApiError(f"Reversal amount ({shown[0]}) is greater than what is left ({shown[1]}).", param="amount")
    there = call.as_account(transfer["destination"])
    free = books.free_from(
        call, call.load("charge", transfer["destination_payment"], account=there.account)["balance_transaction"]
    )
    now, later = books.sums(there, there.account).get(transfer["currency"], (0, 0))
    if amount > (later if free > call.now else now):
        message = "The connected account does not have a sufficient balance to cover this reversal."
        raise ApiError(message, code="balance_insufficient")
    return _reversal(call, there, transfer, amount, free)


def _reversal(call: Call, there: Call, transfer: Doc, amount: int, free: int) -> Doc:
    reversal: Doc = {
        "id": new_id("trr"),
        "object": "transfer_reversal",
        "amount": amount,
        "balance_transaction": None,
        "created": call.now,
        "currency": transfer["currency"],
        "destination_payment_refund": new_id("pyr"),
        "metadata": {},
        "source_refund": None,
        "transfer": transfer["id"],
    }
    updated(reversal, {"metadata": call.params.get("metadata")})
    refund = {**reversal, "id": reversal["destination_payment_refund"]}
    books.move(there, "payment_refund", refund, -amount, "transit", available_on=free)
    entry = books.move(call, "transfer_refund", reversal, amount, "transit", available_on=free)
    reversal["balance_transaction"] = entry["id"]
    call.store.add(reversal, created=call.now)
    transfer["amount_reversed"] += amount
    transfer["reversed"] = transfer["amount_reversed"] == transfer["amount"]
    transfer["reversals"] = _reversals(call, transfer["id"])
    emit(call, "transfer.reversed", call.store.save(transfer))
    return reversal


@route("GET", "/v1/transfers/<id>/reversals", "TransferListReversalsParams")
def list_reversals(call: Call) -> Doc:
    """Of one transfer."""
    transfer = call.named("transfer")
    found = call.store.select("transfer_reversal", call.account, transfer=transfer["id"])
    return page(found, f"/v1/transfers/{transfer['id']}/reversals", call.params)


@route("GET", "/v1/transfers/<id>/reversals/<reversal>", "TransferRetrieveReversalParams")
def retrieve_reversal(call: Call) -> Doc:
    """One reversal."""
    return public(call.load("transfer_reversal", call.args["reversal"]))
