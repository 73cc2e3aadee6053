"""Who may enter the portal, and as whom: the vendor follows from the signed-in person, never from the address."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from apps.accounts.limits import limited
from apps.accounts.sessions import begin_work
from apps.kernel.actor import Actor
from apps.vendors.policies import Area, may_work_in
from apps.vendors.selectors import membership_of
from apps.vendors.states import VendorState

if TYPE_CHECKING:
    from apps.vendors.models import Vendor

P = ParamSpec("P")
View = Callable[P, HttpResponseBase]

# Photos are unpacked and packed again: a person may not keep the shop busy with them.
limited_uploads = limited("upload", most=120, seconds=600)


@dataclass(frozen=True)
class Seat:
    """A signed-in person at work for one vendor."""

    user_id: int
    vendor: "Vendor"
    role: str
    role_words: str

    @property
    def actor(self) -> Actor:
        """The doer of this person's writes."""
        return Actor.person(self.user_id, self.vendor.pk)

    def may(self, area: Area) -> bool:
        """Whether this person may enter that part."""
        return may_work_in(self.role, area)


def seat_of(request: HttpRequest) -> Seat | None:
    """The seat of the signed-in person, or nothing for strangers and people without a vendor."""
    user_id = request.user.pk
    membership = membership_of(user_id) if user_id else None
    if user_id is None or membership is None:
        return None
    return Seat(user_id, membership.vendor, membership.role, str(membership.get_role_display()))


def member_required(
    area: Area | None = None,
) -> Callable[[View[Concatenate[HttpRequest, Seat, P]]], View[Concatenate[HttpRequest, P]]]:
    """Give the view its seat; strangers sign in, people without a vendor see the landing, a wrong role gets 403."""

    def decorate(view: View[Concatenate[HttpRequest, Seat, P]]) -> View[Concatenate[HttpRequest, P]]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not begin_work(request):
                return redirect_to_login(request.get_full_path())
            seat = seat_of(request)
            if seat is None or seat.vendor.state == VendorState.CLOSED:
                return redirect("vendor_portal:home")
            if area is not None and not seat.may(area):
                raise PermissionDenied
            return view(request, seat, *args, **kwargs)

        return guarded

    return decorate
