"""The shop's addresses, and pages as no shop should have them."""

import time

from django.http import HttpRequest, HttpResponse
from django.urls import path

from marketplace.urls import *

SECRETS = ("chi.hoa@example.test", "0912 345 678", "s3cret-word", "sessionid-value", "bearer-value")


def slow(request: HttpRequest) -> HttpResponse:
    """Takes two seconds."""
    time.sleep(2)
    return HttpResponse("ended")


def broken(request: HttpRequest) -> HttpResponse:
    """Fails with everything in its message that no log may hold."""
    mail, phone, word, session, bearer = SECRETS
    cookie = f"Cookie: sessionid={session}; a=b"
    raise RuntimeError(f"{mail} {phone} password={word} {{'Authorization': 'Bearer {bearer}'}}\n{cookie}")


urlpatterns = [path("slow", slow, name="slow"), path("broken", broken, name="broken"), *urlpatterns]
