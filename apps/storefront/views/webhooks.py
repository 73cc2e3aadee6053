"""What banks and payment providers tell us: verified on the raw bytes, written down at once, worked on by jobs."""

import logging
import time
from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from apps.kernel.actor import Actor
from apps.payments.notices import BadNotice, read_notice
from apps.payments.services.transfers import ReferenceReused, arrive
from apps.payments.signatures import BadSignature, verify

MOST_BYTES: Final = 64 * 1024
# What is written here is about somebody who pretends to be a bank, or about a secret that does not fit.
security = logging.getLogger("marketplace.security")


@csrf_exempt
@require_POST
def bank(request: HttpRequest) -> HttpResponse:
    """Money came to the bank account; the same notice may come any number of times."""
    try:
        body = signed_body(request, header="X-Bank-Signature", secrets=settings.BANK_NOTICE_SECRETS)
        notice = read_notice(body)
        arrive(
            reference=notice.reference,
            amount=notice.amount,
            content=notice.content,
            happened_at=notice.happened_at,
            source="notice",
            actor=Actor.provider(),
        )
    except (BadSignature, BadNotice, ReferenceReused) as problem:
        return refused("bank", problem)
    return HttpResponse("ok", content_type="text/plain")


def signed_body(request: HttpRequest, *, header: str, secrets: Sequence[str]) -> bytes:
    """The raw JSON body of a notice, once one of the secrets has signed it; raises BadSignature before any parsing."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    # Of a form Django has read the body already.
    if request.content_type != "application/json" or int(length) > MOST_BYTES:
        raise BadSignature("no JSON of up to 64 KB")
    try:
        body = request.body
    except UnreadablePostError as error:
        raise BadSignature("broken off") from error
    verify(header=request.headers.get(header, ""), body=body, secrets=secrets, at=time.time())
    return body


def refused(provider: str, problem: Exception) -> HttpResponse:
    """400, in words for a machine; a notice that we cannot believe is worth a line in the log."""
    security.warning("notice of %s refused: %s", provider, problem)
    return HttpResponse(f"{problem}\n", status=400, content_type="text/plain")
