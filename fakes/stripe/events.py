"""Every change of state makes an Event; it is listed by the API and handed to the webhooks."""

import json
from datetime import UTC, datetime
from fnmatch import fnmatchcase

from fakes.stripe import webhooks
from fakes.stripe.errors import Doc
from fakes.stripe.lists import listed, page
from fakes.stripe.routes import route
from fakes.stripe.store import new_id, public
from fakes.stripe.world import API_VERSION, Call

MADE_UP = "fake.made_up_event"


def emit(call: Call, kind: str, doc: Doc, *, previous: Doc | None = None) -> Doc:
    """Note that something happened to a document, as it is now; `previous` has the old values of what changed."""
    data: Doc = {"object": public(doc)}
    if previous is not None:
        data["previous_attributes"] = previous
    event: Doc = {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": call.now,
        "data": data,
        "livemode": False,
        "pending_webhooks": len(call.world.receivers),
        "request": {"id": call.request_id, "idempotency_key": call.idempotency_key},
        "type": kind,
    }
    if call.account:
        event["account"] = call.account
    # Kept as it is now: the document goes on changing, the event does not.
    event = json.loads(json.dumps(event))
    call.store.add(event, created=call.now, account=call.account)
    webhooks.enqueue(call, event)
    return event


def emit_thin(call: Call, kind: str, doc: Doc) -> Doc:
    """A version 2 event: the notification names the object and does not carry it."""
    event: Doc = {
        "id": new_id("evt"),
        "object": "v2.core.event",
        "type": kind,
        "livemode": False,
        "created": iso(call.now),
        "context": None,
        "reason": None,
        "related_object": {"id": doc["id"], "type": doc["object"], "url": f"/v2/core/accounts/{doc['id']}"},
    }
    call.store.add(event, created=call.now)
    webhooks.enqueue(call, event)
    return event


def iso(seconds: int) -> str:
    """A time as version 2 of the API writes it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


@route("GET", "/v1/events", "EventListParams")
def list_events(call: Call) -> Doc:
    """Newest first, by type (`payment_intent.*` too), types and time."""
    wanted = call.params.get("types") or [call.params.get("type", "*")]
    events = [
        event
        for event in call.store.select("event", call.account)
        if any(fnmatchcase(event["type"], pattern) for pattern in wanted)
    ]
    return page(events, "/v1/events", call.params)


@route("GET", "/v1/events/<id>", "EventRetrieveParams")
def retrieve_event(call: Call) -> Doc:
    """One event."""
    return call.named("event")


@route("GET", "/v2/core/events/<id>", "v2.core.EventRetrieveParams")
def retrieve_thin(call: Call) -> Doc:
    """The full version 2 event behind a notification."""
    return {**call.named("v2.core.event"), "changes": None, "data": {}}


@route("GET", "/v2/core/events", "v2.core.EventListParams")
def list_thin(call: Call) -> Doc:
    """Version 2 events, newest first."""
    found = listed(call.with_params(limit=call.params.get("limit", 20)), "v2.core.event", "")
    return {"data": found["data"], "next_page_url": None, "previous_page_url": None}
