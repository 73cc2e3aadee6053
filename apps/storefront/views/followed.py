"""What a person wants to be told of: new goods for a saved search, and goods that are sold out."""

import json
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.limits import limited
from apps.kernel.actor import Actor
from apps.kernel.errors import DomainError
from apps.notifications.wishes import forget_wish, wait_for
from apps.shop.catalogue.models import Product
from apps.shop.catalogue.selectors import on_sale
from apps.storefront import baskets
from apps.storefront.followed import followed_page, search_words
from apps.storefront.guards import safe_next, same_origin_post
from search.models import SavedSearch
from search.request import Sort
from search.saved import mute_saved, read_query, remove_saved, save_search, saved_of

_MOST, _SECONDS = 60, 600


@never_cache
@login_required
@require_safe
def followed(request: HttpRequest) -> HttpResponse:
    """Both lists; `luu` or `san-pham` name what a stranger wanted before signing in, and a button does it."""
    page = followed_page(
        int(request.user.pk or 0), query=request.GET.get("luu", ""), product_id=request.GET.get("san-pham", "")
    )
    return render(request, "storefront/account/followed.html", {"page": page})


@same_origin_post
@limited("follow", most=_MOST, seconds=_SECONDS)
def search_save(request: HttpRequest) -> HttpResponse:
    """Keep the search that the form names; strangers sign in first and find it waiting."""
    query = request.POST.get("query", "")
    user_id = baskets.user_id_of(request)
    if user_id is None:
        return _sign_in(request, {"luu": query})
    wanted = read_query(query)
    try:
        save_search(request=wanted, words=search_words(query), actor=Actor.person(user_id))
    except DomainError as problem:
        return _told(request, str(problem), done=False)
    return _told(request, _("The search is saved. We write once a day when there is something new."))


@same_origin_post
@limited("follow", most=_MOST, seconds=_SECONDS)
def stock_wish(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the person when this product is back, or not any more (`act=forget`)."""
    user_id = baskets.user_id_of(request)
    if user_id is None:
        return _sign_in(request, {"san-pham": str(pk)})
    actor = Actor.person(user_id)
    if request.POST.get("act") == "forget":
        forget_wish(product_id=pk, actor=actor)
        return _told(request, _("You will not be told of it."))
    try:
        wait_for(product=on_sale().get(pk=pk), actor=actor)
    except Product.DoesNotExist as error:
        raise Http404 from error
    except DomainError as problem:
        return _told(request, str(problem), done=False)
    return _told(request, _("We write to you as soon as it is in stock again."))


@never_cache
@login_required
@require_safe
def saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a saved search, the newest goods first; one that is gone leads to the list."""
    saved = saved_of(int(request.user.pk or 0)).filter(pk=pk).first()
    if saved is None:
        return HttpResponseRedirect(reverse("storefront:followed"))
    query = read_query(saved.query).at(sort=Sort.NEWEST).query_string()
    return HttpResponseRedirect(reverse("storefront:search") + query)


@never_cache
@login_required
@require_POST
def saved_search_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a saved search (`act=remove`), be told of nothing for it (`mute`), or again (`unmute`)."""
    act, actor = request.POST.get("act"), Actor.person(int(request.user.pk or 0))
    try:
        if act == "remove":
            remove_saved(saved_id=pk, actor=actor)
        elif act in ("mute", "unmute"):
            mute_saved(saved_id=pk, muted=act == "mute", actor=actor)
    except SavedSearch.DoesNotExist as error:
        raise Http404 from error
    return HttpResponseRedirect(reverse("storefront:followed"))


def _sign_in(request: HttpRequest, wanted: dict[str, str]) -> HttpResponse:
    """To the sign-in page, and from there to the button that does what was wanted."""
    back = redirect_to_login(f"{reverse('storefront:followed')}?{urlencode(wanted)}")
    if request.htmx:  # type: ignore[attr-defined]  # set by its middleware
        return HttpResponse(status=204, headers={"HX-Redirect": back["Location"]})
    return back


def _told(request: HttpRequest, words: str, *, done: bool = True) -> HttpResponse:
    """Say what happened: as a toast for htmx, else on the page where the person was."""
    url, action = reverse("storefront:followed"), _("See the list")
    if request.htmx:  # type: ignore[attr-defined]  # set by its middleware
        toast = {"words": words, "url": url, "action": action}
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({"toast": toast})})
    messages.add_message(
        request, messages.SUCCESS if done else messages.ERROR, words, extra_tags=f"link:{url}|{action}"
    )
    return HttpResponseRedirect(safe_next(request, url))
