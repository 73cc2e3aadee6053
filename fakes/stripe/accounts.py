"""Connected accounts of version 1 (`type=express`) and the links to their onboarding."""

from fakes.stripe.errors import ApiError, Doc
from fakes.stripe.events import emit
from fakes.stripe.lists import listed, page, updated
from fakes.stripe.routes import route
from fakes.stripe.store import new_id
from fakes.stripe.world import Call

LINK_LIVES = 300
DUE = ["business_profile.url", "external_account", "tos_acceptance.date", "tos_acceptance.ip"]
PROFILE = ("annual_revenue", "estimated_worker_count", "mcc", "name", "product_description", "support_address")
MORE_PROFILE = ("minority_owned_business_designation", "support_email", "support_phone", "support_url", "url")
COPIED = ("email", "business_type", "default_currency")


def new_account(call: Call, params: Doc, key: str | None = None) -> Doc:
    """Make and keep an account. Express accounts wait for their onboarding; the others, as the CLI makes, are ready."""
    key = key or new_id("acct", 16)
    kind = params.get("type", "standard")
    ready = kind == "standard"
    asked = params.get("capabilities") or {"transfers": {"requested": True}}
    account: Doc = {
        "id": key,
        "object": "account",
        "business_profile": dict.fromkeys((*PROFILE, *MORE_PROFILE)) | (params.get("business_profile") or {}),
        "business_type": None,
        "capabilities": dict.fromkeys(asked, "active" if ready else "inactive"),
        "charges_enabled": ready,
        "controller": {"is_controller": True, "type": "application"},
        "country": params.get("country", "VN"),
        "created": call.now,
        "default_currency": "vnd",
        "details_submitted": ready,
        "email": None,
        "external_accounts": page([], f"/v1/accounts/{key}/external_accounts"),
        "future_requirements": _requirements([]),
        "login_links": page([], f"/v1/accounts/{key}/login_links"),
        "metadata": {},
        "payouts_enabled": ready,
        "requirements": _requirements([] if ready else DUE),
        "settings": {"payouts": {"debit_negative_balances": True, "schedule": {"interval": "manual"}}},
        "tos_acceptance": {"date": None, "ip": None, "user_agent": None},
        "type": kind,
    }
    call.store.add(updated(account, params, *COPIED), created=call.now)
    return account


def _requirements(due: list[str]) -> Doc:
    return {
        "alternatives": [],
        "current_deadline": None,
        "currently_due": due,
        "disabled_reason": "requirements.past_due" if due else None,
        "errors": [],
        "eventually_due": due,
        "past_due": [],
        "pending_verification": [],
    }


def onboarded(call: Call, account: Doc) -> Doc:
    """The owner has told everything: the account may receive transfers and be paid out."""
    before = {name: account[name] for name in ("charges_enabled", "details_submitted", "payouts_enabled")}
    account |= dict.fromkeys(before, True)
    account["capabilities"] = dict.fromkeys(account["capabilities"], "active")
    account["requirements"] = _requirements([])
    bank = {"id": f"ba_{account['id'][5:]}", "object": "bank_account", "bank_name": "STRIPE TEST BANK", "last4": "6789"}
    account["external_accounts"]["data"] = [bank | {"country": "VN", "currency": "vnd", "status": "new"}]
    emit(call.as_account(account["id"]), "account.updated", call.store.save(account), previous=before)
    return account


def new_link(call: Call, account: str, refresh_url: str, return_url: str | None) -> str:
    """The address of an onboarding page that works once, for five minutes."""
    key = new_id("link", 16)
    link = {"id": key, "object": "_link", "account": account, "refresh_url": refresh_url, "return_url": return_url}
    call.store.add(link | {"expires_at": call.now + LINK_LIVES}, created=call.now)
    return f"{call.base}/setup/{key}"


@route("POST", "/v1/accounts", "AccountCreateParams")
def create(call: Call) -> Doc:
    """A vendor's account."""
    return new_account(call, call.params)


@route("GET", "/v1/accounts", "AccountListParams")
def list_accounts(call: Call) -> Doc:
    """All of the platform."""
    return listed(call, "account", "/v1/accounts")


@route("GET", "/v1/accounts/<id>", "AccountRetrieveParams")
def retrieve(call: Call) -> Doc:
    """One account."""
    return call.load("account", call.args["id"], account="")


@route("GET", "/v1/account", "AccountRetrieveCurrentParams")
def retrieve_own(call: Call) -> Doc:
    """The account that asks."""
    if call.account:
        return call.load("account", call.account, account="")
    return {"id": "acct_platform", "object": "account", "type": "standard", "country": "SG", "default_currency": "vnd"}


@route("POST", "/v1/accounts/<id>", "AccountUpdateParams")
def update(call: Call) -> Doc:
    """E-mail address, profile, metadata."""
    account = updated(call.load("account", call.args["id"], account=""), call.params, *COPIED)
    account["business_profile"] |= call.params.get("business_profile") or {}
    emit(call.as_account(account["id"]), "account.updated", call.store.save(account))
    return account


@route("DELETE", "/v1/accounts/<id>", "AccountDeleteParams")
def delete(call: Call) -> Doc:
    """Only an account without money."""
    account = call.load("account", call.args["id"], account="")
    query = "select sum(amount) from postings where book = ?"
    if call.store.rows(query, f"balance:{account['id']}")[0][0]:
        raise ApiError("You cannot delete an account that has a balance.", code="account_has_balance")
    call.store.remove(account)
    application = {"id": "ca_fake", "object": "application", "name": "Fake"}
    emit(call.as_account(account["id"]), "account.application.deauthorized", application)
    return {"id": account["id"], "object": "account", "deleted": True}


@route("POST", "/v1/account_links", "AccountLinkCreateParams")
def create_link(call: Call) -> Doc:
    """To the onboarding of an account."""
    params = call.params
    account = call.load("account", params["account"], "account", account="")
    for name in ("refresh_url", "return_url"):
        if not params.get(name):
            raise ApiError(f"Missing required param: {name}.", code="parameter_missing", param=name)
    url = new_link(call, account["id"], params["refresh_url"], params["return_url"])
    return {"object": "account_link", "created": call.now, "expires_at": call.now + LINK_LIVES, "url": url}
