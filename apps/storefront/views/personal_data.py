"""A person's own data: a copy of it, what they agreed to, and being forgotten."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts import selectors
from apps.accounts.erasure import ask_for_erasure, withdraw_erasure
from apps.accounts.exports import ask_for_export
from apps.accounts.models import DataExport
from apps.accounts.personal_data import obstacles_for
from apps.accounts.policies import ERASURE_WAIT
from apps.accounts.services import say
from apps.accounts.sessions import fresh_password
from apps.accounts.states import Place, Purpose
from apps.kernel.actor import Actor
from apps.kernel.errors import DomainError

_SHOWN = 20


@never_cache
@login_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What can be asked for, and what became of it."""
    user_id = _user_id(request)
    context = {
        "exports": selectors.exports_of(user_id)[:_SHOWN],
        "wants_news": selectors.agrees(user_id, Purpose.MARKETING),
        "consents": selectors.consents_of(user_id)[:_SHOWN],
        "waiting": selectors.waiting_erasure(user_id),
        "last_erasure": selectors.last_erasure(user_id),
        "wait_days": ERASURE_WAIT.days,
    }
    return render(request, "storefront/account/data.html", context)


@never_cache
@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Ask for a copy."""
    try:
        ask_for_export(user_id=_user_id(request), actor=_actor(request))
    except DomainError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("We are putting the copy together and write to you when it is ready."))
    return _back()


@never_cache
@login_required
@require_safe
@fresh_password
def export_file(request: HttpRequest, pk: int) -> FileResponse:
    """The copy as a download, for the person alone and with a fresh password: it holds everything."""
    try:
        found = selectors.ready_export(user_id=_user_id(request), export_id=pk)
    except DataExport.DoesNotExist as error:
        raise Http404 from error
    name = f"du-lieu-{localtime(found.requested_at):%Y-%m-%d}.zip"
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=name, content_type="application/zip")


@never_cache
@login_required
@require_POST
def consent(request: HttpRequest) -> HttpResponse:
    """Say yes or no to news by e-mail; the same word twice is logged once."""
    given = request.POST.get("news") == "yes"
    if given != selectors.agrees(_user_id(request), Purpose.MARKETING):
        say(
            user_id=_user_id(request),
            actor=_actor(request),
            purpose=Purpose.MARKETING,
            given=given,
            language=get_language() or "vi",
            place=Place.ACCOUNT,
        )
    messages.success(request, _("Saved."))
    return _back()


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_password
def erase(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, then ask for it; with a fresh password, as it cannot be undone."""
    user_id = _user_id(request)
    if selectors.waiting_erasure(user_id):
        return _back()
    obstacles, unsure = obstacles_for(user_id), False
    if request.method == "POST" and request.POST.get("sure") == "yes" and not obstacles:
        try:
            ask_for_erasure(user_id=user_id, actor=_actor(request))
        except DomainError as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("Your account will be erased. You can take it back on this page until then."))
        return _back()
    if request.method == "POST":
        unsure = not obstacles
    context = {"obstacles": obstacles, "wait_days": ERASURE_WAIT.days, "unsure": unsure}
    status = 422 if request.method == "POST" else 200
    return render(request, "storefront/account/erase.html", context, status=status)


@never_cache
@login_required
@require_POST
def erase_withdraw(request: HttpRequest) -> HttpResponse:
    """Stay after all."""
    waiting = selectors.waiting_erasure(_user_id(request))
    if waiting is None:
        messages.info(request, _("Nothing is waiting to be erased."))
        return _back()
    try:
        withdraw_erasure(erasure=waiting, actor=_actor(request))
    except DomainError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Taken back. Nothing will be erased."))
    return _back()


def _user_id(request: HttpRequest) -> int:
    return int(request.user.pk or 0)


def _actor(request: HttpRequest) -> Actor:
    return Actor.person(_user_id(request))


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("storefront:account_data"))
