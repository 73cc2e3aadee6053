"""The province that a reader wants goods sent to, kept in a cookie until somebody gives an address."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = f"{settings.COOKIE_PREFIX}giao-den"
MAX_AGE = 365 * 24 * 3600


def province_code(request: HttpRequest) -> str:
    """Code of the chosen province, or empty; whatever is not two digits counts as none."""
    code = request.COOKIES.get(COOKIE, "")
    return code if len(code) == 2 and code.isascii() and code.isdecimal() else ""


def remember(response: HttpResponse, code: str) -> None:
    """Keep the province for a year."""
    response.set_cookie(
        COOKIE, code, max_age=MAX_AGE, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
