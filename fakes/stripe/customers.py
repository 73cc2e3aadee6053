"""Customers, products, prices and webhook endpoints, as far as tests and the Stripe CLI need them."""

from fakes.stripe.errors import ApiError, Doc, unsupported
from fakes.stripe.events import emit
from fakes.stripe.lists import listed, updated
from fakes.stripe.routes import route
from fakes.stripe.sessions import new_price
from fakes.stripe.store import new_id
from fakes.stripe.world import API_VERSION, Call

PERSON = ("address", "description", "email", "name", "phone", "shipping")
GOODS = ("active", "description", "name", "images", "tax_code", "unit_label", "url")


@route("POST", "/v1/customers", "CustomerCreateParams")
def create_customer(call: Call) -> Doc:
    """Somebody who pays."""
    settings = {"custom_fields": None, "default_payment_method": None, "footer": None, "rendering_options": None}
    customer: Doc = {
        **dict.fromkeys(("address", "default_source", "description", "discount", "email", "name", "phone", "shipping")),
        "id": new_id("cus", 14),
        "object": "customer",
        "balance": 0,
        "created": call.now,
        "currency": None,
        "delinquent": False,
        "invoice_prefix": new_id("x", 8)[2:].upper(),
        "invoice_settings": settings,
        "livemode": False,
        "metadata": {},
        "next_invoice_sequence": 1,
        "preferred_locales": call.params.get("preferred_locales", []),
        "tax_exempt": "none",
        "test_clock": None,
    }
    call.store.add(updated(customer, call.params, *PERSON), created=call.now, account=call.account)
    emit(call, "customer.created", customer)
    return customer


@route("POST", "/v1/customers/<id>", "CustomerUpdateParams")
def update_customer(call: Call) -> Doc:
    """Name, address, metadata."""
    customer = call.store.save(updated(call.named("customer"), call.params, *PERSON))
    emit(call, "customer.updated", customer)
    return customer


@route("DELETE", "/v1/customers/<id>", "CustomerDeleteParams")
def delete_customer(call: Call) -> Doc:
    """Forget somebody."""
    return _delete(call, "customer")


@route("GET", "/v1/customers", "CustomerListParams")
def list_customers(call: Call) -> Doc:
    """By e-mail address and time."""
    return listed(call, "customer", "/v1/customers", "email")


@route("GET", "/v1/customers/<id>", "CustomerRetrieveParams")
def retrieve_customer(call: Call) -> Doc:
    """One customer."""
    return call.named("customer")


def _delete(call: Call, kind: str) -> Doc:
    doc = call.named(kind)
    call.store.remove(doc)
    emit(call, f"{kind}.deleted", doc)
    return {"id": doc["id"], "object": kind, "deleted": True}


@route("POST", "/v1/products", "ProductCreateParams")
def create_product(call: Call) -> Doc:
    """Something that is sold."""
    product: Doc = {
        **dict.fromkeys(
            ("default_price", "description", "package_dimensions", "shippable", "statement_descriptor", "tax_code")
        ),
        "id": call.params.get("id") or new_id("prod", 14),
        "object": "product",
        "active": True,
        "created": call.now,
        "images": [],
        "livemode": False,
        "marketing_features": [],
        "metadata": {},
        "name": "",
        "type": "service",
        "unit_label": None,
        "updated": call.now,
        "url": None,
    }
    call.store.add(updated(product, call.params, *GOODS), created=call.now, account=call.account)
    emit(call, "product.created", product)
    return product


@route("POST", "/v1/products/<id>", "ProductUpdateParams")
def update_product(call: Call) -> Doc:
    """Name, metadata and the like."""
    product = call.store.save(updated(call.named("product") | {"updated": call.now}, call.params, *GOODS))
    emit(call, "product.updated", product)
    return product


@route("DELETE", "/v1/products/<id>", "ProductDeleteParams")
def delete_product(call: Call) -> Doc:
    """Take it off."""
    return _delete(call, "product")


@route("GET", "/v1/products/<id>", "ProductRetrieveParams")
def retrieve_product(call: Call) -> Doc:
    """One product."""
    return call.named("product")


@route("POST", "/v1/prices", "PriceCreateParams")
def create_price(call: Call) -> Doc:
    """What a product costs; `recurring` is kept and means nothing here."""
    params = call.params
    if "unit_amount" not in params:
        raise unsupported("prices without unit_amount", "unit_amount")
    product = call.load("product", params.get("product", ""), "product")
    price = new_price(call, params["currency"].lower(), params["unit_amount"], product["id"])
    if recurring := params.get("recurring"):
        usual = {"interval_count": 1, "meter": None, "trial_period_days": None, "usage_type": "licensed"}
        price |= {"type": "recurring", "recurring": usual | recurring}
    call.store.add(updated(price, params, "nickname", "lookup_key"), created=call.now, account=call.account)
    emit(call, "price.created", price)
    return price


@route("POST", "/v1/prices/<id>", "PriceUpdateParams")
def update_price(call: Call) -> Doc:
    """Whether it is offered, its name, metadata."""
    price = call.store.save(updated(call.named("price"), call.params, "active", "nickname", "lookup_key"))
    emit(call, "price.updated", price)
    return price


@route("GET", "/v1/prices/<id>", "PriceRetrieveParams")
def retrieve_price(call: Call) -> Doc:
    """One price."""
    return call.named("price")


@route("POST", "/v1/webhook_endpoints", "WebhookEndpointCreateParams")
def create_endpoint(call: Call) -> Doc:
    """A receiver of events; its secret is told this once."""
    params = call.params
    if not params["url"].startswith("http://127.0.0.1"):
        raise ApiError("The fake delivers to http://127.0.0.1 only.", code="url_invalid", param="url")
    endpoint: Doc = {
        "id": new_id("we"),
        "object": "webhook_endpoint",
        "api_version": params.get("api_version", API_VERSION),
        "application": None,
        "created": call.now,
        "description": params.get("description"),
        "enabled_events": params["enabled_events"],
        "livemode": False,
        "metadata": params.get("metadata") or {},
        "status": "enabled",
        "url": params["url"],
        "_secret": new_id("whsec", 32),
        "_connect": params.get("connect", False),
    }
    call.store.add(endpoint, created=call.now)
    return endpoint | {"secret": endpoint["_secret"]}


@route("GET", "/v1/webhook_endpoints", "WebhookEndpointListParams")
def list_endpoints(call: Call) -> Doc:
    """Those made through the API."""
    return listed(call, "webhook_endpoint", "/v1/webhook_endpoints")


@route("DELETE", "/v1/webhook_endpoints/<id>", "WebhookEndpointDeleteParams")
def delete_endpoint(call: Call) -> Doc:
    """No more events to it."""
    endpoint = call.named("webhook_endpoint")
    call.store.remove(endpoint)
    return {"id": endpoint["id"], "object": "webhook_endpoint", "deleted": True}
