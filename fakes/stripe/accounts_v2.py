"""Connected accounts of version 2 (`/v2/core/accounts`): what an account may do is the status of its capabilities."""

from typing import Any

from fakes.stripe import accounts
from fakes.stripe.errors import ApiError, Doc
from fakes.stripe.events import emit, emit_thin, iso
from fakes.stripe.routes import route
from fakes.stripe.shapes import nulls
from fakes.stripe.store import new_id, public
from fakes.stripe.world import Call

KIND = "v2.core.account"
# What an answer has only when `include` asks for it; null otherwise.
INCLUDABLE = ("configuration", "defaults", "future_requirements", "identity", "requirements")
STATUS_UPDATED = "v2.core.account[configuration.recipient].capability_status_updated"
# A note of the fake: whether the platform may use version 2, and how Stripe says that it may not.
SWITCH = "accounts_v2"
BLOCKED = "Accounts v2 is not enabled for your platform."
UPDATED = ("contact_email", "contact_phone", "dashboard", "display_name")


@route("POST", "/v2/core/accounts", "v2.core.AccountCreateParams")
def create(call: Call) -> Doc:
    """With `configuration.recipient` it will be able to receive transfers once its owner was onboarded."""
    if call.store.setting(SWITCH) == "off":
        raise ApiError(BLOCKED, code="accounts_v2_access_blocked")
    params = call.params
    key = new_id("acct", 16)
    wanted = params.get("configuration") or {}
    account: Doc = {
        **dict.fromkeys(UPDATED),
        "id": key,
        "object": KIND,
        "applied_configurations": sorted(wanted),
        "closed": False,
        "configuration": nulls("customer merchant recipient"),
        "created": iso(call.now),
        "defaults": params.get("defaults"),
        "future_requirements": {"entries": [], "summary": None},
        "identity": params.get("identity"),
        "livemode": False,
        "metadata": {},
        "requirements": {"entries": [_due()], "summary": {"minimum_deadline": {"status": "currently_due"}}},
    }
    for name, given in wanted.items():
        account["configuration"][name] = _configuration(given, "restricted")
    _take(account, params)
    call.store.add(account, created=call.now)
    country = ((params.get("identity") or {}).get("country") or "VN").upper()
    mirrored = {"type": "express", "country": country, "email": params.get("contact_email") or ""}
    accounts.new_account(call, mirrored, key)
    emit_thin(call, "v2.core.account.created", account)
    return _included(call, account)


def _due() -> Doc:
    deadline = {"status": "currently_due"}
    return {"awaiting_action_from": "user", "description": "external_account", "minimum_deadline": deadline}


def _configuration(given: Doc, status: str) -> Doc:
    """What was asked for, with a status beside every requested capability."""
    return {"applied": True, "capabilities": _with_status(given.get("capabilities") or {}, status)}


def _with_status(node: Any, status: str) -> Any:
    if not isinstance(node, dict):
        return node
    if node.get("requested") is True or "status" in node:
        details = [] if status == "active" else [{"code": "requirements_past_due", "resolution": "provide_info"}]
        return {"requested": True, "status": status, "status_details": details}
    return {name: _with_status(inner, status) for name, inner in node.items()}


def _take(account: Doc, params: Doc) -> None:
    for name in UPDATED:
        if name in params:
            account[name] = params[name]
    merged = account["metadata"] | (params.get("metadata") or {})
    account["metadata"] = {name: value for name, value in merged.items() if value is not None}


def _included(call: Call, account: Doc) -> Doc:
    asked = {one.partition(".")[0] for one in call.params.get("include", [])}
    return public(account) | {name: None for name in INCLUDABLE if name not in asked}


@route("GET", "/v2/core/accounts/<id>", "v2.core.AccountRetrieveParams")
def retrieve(call: Call) -> Doc:
    """One account; parts such as `configuration.recipient` only when `include` asks for them."""
    return _included(call, call.load(KIND, call.args["id"], account=""))


@route("POST", "/v2/core/accounts/<id>", "v2.core.AccountUpdateParams")
def update(call: Call) -> Doc:
    """Contact, name, metadata, more configurations."""
    account = call.load(KIND, call.args["id"], account="")
    _take(account, call.params)
    for name, given in (call.params.get("configuration") or {}).items():
        account["configuration"][name] = _configuration(given, "restricted")
    account["applied_configurations"] = sorted(name for name, one in account["configuration"].items() if one)
    emit_thin(call, "v2.core.account.updated", call.store.save(account))
    return _included(call, account)


@route("GET", "/v2/core/accounts", "v2.core.AccountListParams")
def list_accounts(call: Call) -> Doc:
    """All, newest first."""
    found = call.store.select(KIND)[: call.params.get("limit", 20)]
    return {"data": [_included(call, one) for one in found], "next_page_url": None, "previous_page_url": None}


@route("POST", "/v2/core/accounts/<id>/close", "v2.core.AccountCloseParams")
def close(call: Call) -> Doc:
    """The vendor has left."""
    account = call.load(KIND, call.args["id"], account="")
    emit_thin(call, "v2.core.account.closed", call.store.save(account | {"closed": True}))
    return _included(call, account | {"closed": True})


@route("POST", "/v2/core/account_links", "v2.core.AccountLinkCreateParams")
def create_link(call: Call) -> Doc:
    """To the hosted onboarding of an account."""
    account = call.load(KIND, call.params["account"], "account", account="")
    use = call.params["use_case"]
    details = use.get(use["type"])
    if not details:
        message = f"Missing required param: use_case[{use['type']}]."
        raise ApiError(message, code="parameter_missing", param=f"use_case.{use['type']}")
    url = accounts.new_link(call, account["id"], details["refresh_url"], details.get("return_url"))
    return {
        "object": "v2.core.account_link",
        "account": account["id"],
        "created": iso(call.now),
        "expires_at": iso(call.now + accounts.LINK_LIVES),
        "livemode": False,
        "url": url,
        "use_case": use,
    }


def onboarded(call: Call, key: str) -> None:
    """The owner has told everything: requested capabilities become active, in both versions of the account."""
    account = call.store.get(KIND, key)
    if account is not None:
        given = account["configuration"]
        account["configuration"] = {name: one and _configuration(one, "active") for name, one in given.items()}
        account["requirements"] = {"entries": [], "summary": None}
        call.store.save(account)
        emit_thin(call, "v2.core.account[requirements].updated", account)
        if account["configuration"]["recipient"]:
            emit_thin(call, STATUS_UPDATED, account)
    accounts.onboarded(call, call.load("account", key, account=""))


def set_status(call: Call, key: str, status: str) -> None:
    """An administrator of Stripe restricts or frees an account's transfers."""
    account = call.store.get(KIND, key)
    if account is not None:
        given = account["configuration"]
        account["configuration"] = {name: one and _configuration(one, status) for name, one in given.items()}
        emit_thin(call, STATUS_UPDATED, call.store.save(account))
    mirror = call.load("account", key, account="")
    mirror["capabilities"] = dict.fromkeys(mirror["capabilities"], "active" if status == "active" else "inactive")
    emit(call.as_account(key), "account.updated", call.store.save(mirror))
