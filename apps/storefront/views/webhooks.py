"""Where payment providers tell us something: raw bytes are checked, the notice kept, a job does the rest."""

import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from apps.payments.providers.notices import BadNotice
from apps.payments.providers.stripe import notice_of
from apps.payments.services.inbox import take_in

MOST_BYTES = 512 * 1024
_security = logging.getLogger("security")


@csrf_exempt
@require_POST
def stripe(request: HttpRequest) -> HttpResponse:
    """One event of Stripe's. 400 for whatever Stripe has not signed, without a word about why."""
    try:
        if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
            raise BadNotice("size")
        notice = notice_of(request.body, request.headers.get("Stripe-Signature", ""))
    except (BadNotice, ValueError) as problem:
        _security.warning("webhook refused: %s", problem)
        return HttpResponse(status=400)
    take_in(notice=notice)
    return HttpResponse(status=200)
