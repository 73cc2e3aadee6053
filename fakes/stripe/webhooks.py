"""Delivers events to their receivers: signed, in order, again with growing pauses until they are accepted."""

import http.client
import json
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import stripe

from fakes.stripe.errors import Doc
from fakes.stripe.store import new_id
from fakes.stripe.world import Call, Receiver, World

ATTEMPTS = 8
# The pause doubles: 1, 2, 4 ... seconds, so the last try comes after about two minutes.
FIRST_PAUSE = 1
TIMEOUT_SECONDS = 10
STALE_SECONDS = 3600
WAITING = ("pending", "reorder")


def enqueue(call: Call, event: Doc) -> None:
    """Note one delivery per receiver, in the transaction of the change itself, with the faults that are armed."""
    for receiver in receivers(call):
        if not receiver.wants(event["type"], call.account):
            continue
        faults = {fault.kind: fault for fault in call.world.faults.for_webhook(event["type"])}
        if "webhook_unknown" in faults:
            _note(call, receiver, {**event, "id": new_id("evt"), "type": "fake.made_up_event"}, "pending", "good")
        mode = "bad" if "webhook_bad_signature" in faults else "stale" if "webhook_stale" in faults else "good"
        state = "held" if "webhook_hold" in faults else "reorder" if "webhook_reorder" in faults else "pending"
        copies = faults["webhook_duplicate"].copies if "webhook_duplicate" in faults else 1
        for _ in range(copies):
            _note(call, receiver, event, state, mode)
    if not call.world.faults.left("webhook_reorder"):
        release_reordered(call.world)


def receivers(call: Call) -> list[Receiver]:
    """Those of the command line and those made through the API."""
    made = [
        Receiver(doc["url"], doc["_secret"], tuple(doc["enabled_events"]), doc["_connect"])
        for doc in call.store.select("webhook_endpoint", "", status="enabled")
    ]
    return [*call.world.receivers, *made]


def _note(call: Call, receiver: Receiver, event: Doc, state: str, mode: str) -> None:
    rank = int(call.store.rows("select coalesce(max(rank), 0) + 1 from deliveries")[0][0])
    call.store.run(
        "insert into deliveries (rank, event, type, url, secret, payload, state, mode, next_at)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(rank, event["id"], event["type"], receiver.url, receiver.secret, json.dumps(event), state, mode, call.now),
    )


def release_reordered(world: World) -> None:
    """Let the deliveries that were collected to be reordered go, the last one first."""
    rows = world.store.rows("select seq, rank from deliveries where state = 'reorder' order by rank")
    for (seq, _), (_, rank) in zip(rows, reversed(rows), strict=True):
        world.store.run("update deliveries set state = 'pending', rank = ? where seq = ?", rank, seq)


class Courier:
    """Carries deliveries out one at a time, from its own thread or when a test waits for them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._one_at_a_time = threading.RLock()

    def deliver_next(self, *, at_once: bool = False) -> bool:
        """One delivery that is due (`at_once`: or waits for its next try); False when there is none."""
        with self._one_at_a_time:
            store = self.world.store
            due = 2**62 if at_once else self.world.now()
            query = "select seq, url, secret, payload, mode, attempts from deliveries"
            rows = store.rows(f"{query} where state = 'pending' and next_at <= ? order by rank limit 1", due)
            if not rows:
                return False
            seq, url, secret, payload, mode, attempts = rows[0]
            answer = send(url, payload, signature(payload, secret, mode))
            accepted = answer.isdigit() and 200 <= int(answer) < 300
            state = "delivered" if accepted else "failed" if attempts + 1 >= ATTEMPTS else "pending"
            next_at = self.world.now() + FIRST_PAUSE * 2**attempts
            query = "update deliveries set state = ?, attempts = attempts + 1, next_at = ?, answer = ? where seq = ?"
            store.run(query, state, next_at, answer, seq)
            return True

    def settle(self) -> Doc:
        """Deliver everything that waits, without the pauses between tries; how many are in which state then."""
        with self.world.store.lock:
            release_reordered(self.world)
        while self.deliver_next(at_once=True):
            pass
        return dict(self.world.store.rows("select state, count(*) from deliveries group by 1"))

    def release(self) -> int:
        """Let go what was held back; how many they were."""
        return self.world.store.run("update deliveries set state = 'pending' where state = 'held'")


def signature(payload: str, secret: str, mode: str) -> str:
    """The Stripe-Signature header by the SDK's own hand; wrong or too old when a fault says so.

    Of the real time even when the fake's clock was moved: receivers compare it with theirs.
    """
    secret = "whsec_of_somebody_else" if mode == "bad" else secret
    when = int(time.time()) - (STALE_SECONDS if mode == "stale" else 0)
    return str(stripe.WebhookSignature.generate_signature_header(payload, secret, when))


def send(url: str, payload: str, signed: str) -> str:
    """POST to a receiver; its status, or why there is none."""
    target = urlsplit(url)
    connection = http.client.HTTPConnection(target.hostname or "", target.port or 80, timeout=TIMEOUT_SECONDS)
    headers = {"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": signed}
    path = target.path + (f"?{target.query}" if target.query else "")
    try:
        connection.request("POST", path or "/", payload.encode(), {**headers, "User-Agent": "Stripe/1.0 (fake)"})
        return str(connection.getresponse().status)
    except (OSError, http.client.HTTPException) as error:
        return f"{type(error).__name__}: {error}"
    finally:
        connection.close()


def run(courier: Courier, stop: threading.Event, tick: Callable[[], None]) -> None:
    """The background thread: deliver what is due, and let time do its work once a second."""
    ticked = 0.0
    while not stop.is_set():
        if time.monotonic() - ticked > 1:
            tick()
            ticked = time.monotonic()
        if not courier.deliver_next():
            stop.wait(0.05)
