"""How long a person stays signed in, and what asks for the password once more.

Somebody stays while something is asked now and then, and not for ever; shorter at work.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import middleware as theirs
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from apps.kernel.clock import now

if TYPE_CHECKING:
    from apps.accounts.models import User

P = ParamSpec("P")

SHOPPER, VENDOR, ADMIN = "shopper", "vendor", "admin"
# In the session: when it began, when it was last used, and whether its person has begun to work in the vendor portal.
_BEGAN: Final = "began_at"
_USED: Final = "used_at"
_WORK: Final = "work"
# The session is written again once so great a part of its idle time is over.
_PARTS: Final = 20


class AuthenticationMiddleware(theirs.AuthenticationMiddleware):
    """Django's, to which a session that is over is nobody's; like there, no session is asked unless a page needs it."""

    def process_request(self, request: HttpRequest) -> None:
        """Put the person into the request."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _person(request))  # type: ignore[assignment]  # as Django does


def begin_work(request: HttpRequest) -> bool:
    """Hold this session to the times of a vendor from now on; False when by these it is over already."""
    if request.session.get(_WORK) != VENDOR:
        request.session[_WORK] = VENDOR
    if request.user.is_authenticated and _in_time(request.session, _kind(request.user, request.session)):
        return True
    _end(request)
    return False


def fresh_password(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """The view, for whoever gave the password a few minutes ago; others are asked for it first and come back."""
    guarded: Callable[Concatenate[HttpRequest, P], HttpResponseBase] = reauthentication_required(view)
    return guarded


def _person(request: HttpRequest) -> "User | AnonymousUser":
    user = theirs.get_user(request)
    if not user.is_authenticated or _in_time(request.session, _kind(user, request.session)):
        return user
    return _end(request)


def _kind(user: "User", session: SessionBase) -> str:
    return ADMIN if user.is_staff else str(session.get(_WORK, SHOPPER))


def _in_time(session: SessionBase, kind: str) -> bool:
    """Whether the session lives on; notes that it was used."""
    idle, whole = (int(span.total_seconds()) for span in settings.SESSION_LIMITS[kind])
    at = int(now().timestamp())
    began, used = int(session.get(_BEGAN, at)), int(session.get(_USED, at))
    if at - began > whole or at - used > idle:
        return False
    session.setdefault(_BEGAN, at)
    if _USED not in session or at - used > idle // _PARTS:
        session[_USED] = at
    return True


def _end(request: HttpRequest) -> AnonymousUser:
    request.session.flush()
    nobody = AnonymousUser()
    request.user = request._cached_user = nobody  # type: ignore[attr-defined]  # where Django keeps whom it found
    messages.info(request, _("You were signed out, as some time has passed. Please sign in again."), fail_silently=True)
    return nobody
