"""What a member was told about the work for the vendor, and the marks of what was read."""

from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.notifications.news import url_of
from apps.notifications.selectors import PAGE_SIZE, in_words, notice_of, notices_of
from apps.notifications.services import mark_all_read, mark_read
from apps.vendor_portal.access import Seat, member_required
from apps.vendor_portal.pages import back, show


@member_required()
@require_safe
def notices(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Everything this member was told, the newest first."""
    found = notices_of(seat.user_id, vendor_id=seat.vendor.pk)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {"room": "notices", "page": page, "notices": in_words(page.object_list)}
    return show(request, seat, "notices", context)


@member_required()
@require_POST
def notice(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Read one: on to what it is about, or back to the list for `then=stay`."""
    try:
        found = notice_of(user_id=seat.user_id, vendor_id=seat.vendor.pk, pk=pk)
    except ObjectDoesNotExist as problem:
        raise Http404 from problem
    mark_read(notice=found, actor=seat.actor)
    if request.POST.get("then") == "stay":
        return back(request, reverse("vendor_portal:notices"))
    return HttpResponseRedirect(url_of(found.event, found.facts))


@member_required()
@require_POST
def notices_read(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Mark everything as read."""
    mark_all_read(actor=seat.actor, vendor_id=seat.vendor.pk)
    return back(request, reverse("vendor_portal:notices"))
