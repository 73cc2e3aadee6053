"""A person's news at the account: the list, and the marks of what was read."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.kernel.actor import Actor
from apps.notifications.models import Notification
from apps.notifications.news import url_of
from apps.notifications.selectors import PAGE_SIZE, in_words, notice_of, notices_of
from apps.notifications.services import mark_all_read, mark_read
from apps.storefront.guards import safe_next


@never_cache
@login_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Everything the person was told, the newest first."""
    page = Paginator(notices_of(int(request.user.pk or 0)), PAGE_SIZE).get_page(request.GET.get("trang"))
    return render(request, "storefront/account/notices.html", {"page": page, "notices": in_words(page.object_list)})


@never_cache
@login_required
@require_POST
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one: on to what it is about, or back to the list for `then=stay`."""
    user_id = int(request.user.pk or 0)
    try:
        found = notice_of(user_id=user_id, pk=pk)
    except Notification.DoesNotExist as error:
        raise Http404 from error
    mark_read(notice=found, actor=Actor.person(user_id))
    if request.POST.get("then") == "stay":
        return HttpResponseRedirect(safe_next(request, reverse("storefront:account_notices")))
    return HttpResponseRedirect(url_of(found.event, found.facts))


@never_cache
@login_required
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    mark_all_read(actor=Actor.person(int(request.user.pk or 0)))
    return HttpResponseRedirect(safe_next(request, reverse("storefront:account_notices")))
