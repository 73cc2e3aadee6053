"""Where banks and payment providers tell us something: raw bytes are checked, the notice kept, a job does the rest."""

import logging
import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from apps.kernel.actor import Actor
from apps.payments.bank_notices import read_notice
from apps.payments.providers.notices import BadNotice
from apps.payments.providers.stripe import notice_of
from apps.payments.services.inbox import take_in
from apps.payments.services.transfers import ReferenceReused, arrive
from apps.payments.signatures import verify

MOST_BYTES_OF_STRIPE = 512 * 1024
MOST_BYTES_OF_BANK = 64 * 1024
_security = logging.getLogger("security")


@csrf_exempt
@require_POST
def stripe(request: HttpRequest) -> HttpResponse:
    """One event of Stripe's. 400 for whatever Stripe has not signed, without a word about why."""
    try:
        notice = notice_of(_raw(request, MOST_BYTES_OF_STRIPE), request.headers.get("Stripe-Signature", ""))
    except BadNotice as problem:
        return _refused("stripe", problem)
    take_in(notice=notice)
    return HttpResponse(status=200)


@csrf_exempt
@require_POST
def bank(request: HttpRequest) -> HttpResponse:
    """Money came to the bank account. 400 for what nobody we know has signed, or what makes no sense."""
    try:
        raw = _raw(request, MOST_BYTES_OF_BANK)
        signature = request.headers.get("X-Bank-Signature", "")
        verify(header=signature, raw=raw, secrets=settings.BANK_NOTICE_SECRETS, at=time.time())
        notice = read_notice(raw)
        arrive(
            reference=notice.reference,
            amount=notice.amount,
            content=notice.content,
            happened_at=notice.happened_at,
            source="notice",
            actor=Actor.provider(),
        )
    except (BadNotice, ReferenceReused) as problem:
        return _refused("bank", problem)
    return HttpResponse(status=200)


def _raw(request: HttpRequest, most: int) -> bytes:
    """The body as it came; raises BadNotice unless it is JSON, for a form is read already, of so many bytes at most."""
    if request.content_type != "application/json" or int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise BadNotice("kind or size")
    try:
        return request.body
    except UnreadablePostError as problem:
        raise BadNotice("broken off") from problem


def _refused(provider: str, problem: Exception) -> HttpResponse:
    _security.warning("webhook of %s refused: %s", provider, problem)
    return HttpResponse(status=400)
