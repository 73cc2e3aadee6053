"""What shoppers near a vendor look for."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from apps.vendor_portal.access import Seat, member_required
from apps.vendor_portal.pages import show
from apps.vendors.policies import Area
from search.insight import NEAR_DAYS, near


@member_required(Area.LISTINGS)
@require_safe
def asked(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Most wanted near the vendor, and what is looked for in vain."""
    context = {"room": "asked", "near": near(vendor=seat.vendor), "days": NEAR_DAYS}
    return show(request, seat, "asked", context)
