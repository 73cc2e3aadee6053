"""The outbox as admins see it: what waits, what died, and what to do about it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.backoffice.access import actor_of, admin_required
from apps.backoffice.pages import show
from apps.jobs import selectors, services
from apps.jobs.models import Job, JobState
from apps.kernel.clock import now

PAGE_SIZE = 50
RETRY = "retry"  # no state of its own: ready again after a failure


@admin_required
def jobs(request: HttpRequest) -> HttpResponse:
    """Jobs by state, dead ones first, and since when the oldest one that is due has been waiting."""
    state = request.GET.get("trang-thai", JobState.DEAD)
    if state not in (*JobState.values, RETRY):
        state = JobState.DEAD
    retrying = selectors.on_retry()
    found = retrying if state == RETRY else selectors.jobs_in(state)
    lag = selectors.lag()
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("trang")),
        "state": state,
        "counts": selectors.counts(),
        "retrying": retrying.count(),
        "due_since": now() - lag if lag else None,
        "room": "jobs",
    }
    return show(request, "jobs", context)


@admin_required
@require_POST
def decide(request: HttpRequest, pk: str) -> HttpResponse:
    """Retry or discard a dead job."""
    job = get_object_or_404(Job, pk=pk)
    steps = {
        "retry": (services.retry, _("The job runs again within seconds.")),
        "discard": (services.discard, _("The job is laid aside.")),
    }
    if request.POST.get("decision") not in steps:
        raise Http404
    decide_job, words = steps[request.POST["decision"]]
    if decide_job(job=job, actor=actor_of(request)):
        messages.success(request, words)
    else:
        messages.error(request, _("This was decided meanwhile; the page shows the present state."))
    return redirect("backoffice:jobs")
