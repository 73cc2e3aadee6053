"""The account: orders, addresses, profile; signing in and up are allauth's pages in our templates."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.views import EmailView, LogoutView, PasswordResetView, SignupView
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.limits import limited
from apps.accounts.models import User
from apps.accounts.services import update_profile
from apps.kernel.actor import Actor
from apps.notifications.selectors import in_words, notices_of
from apps.ordering.order_views import order_view, order_views
from apps.ordering.selectors import order_of, orders_of
from apps.shop.address.models import UserAddress
from apps.shop.address.selectors import address_of, addresses_of
from apps.shop.address.services import delete_address, save_address
from apps.shop.order.models import Order
from apps.storefront import baskets
from apps.storefront.forms.account import AddressForm, ProfileForm
from apps.storefront.guards import safe_next
from apps.storefront.sign_ins import browser_words
from apps.storefront.views.tracking import render_order
from apps.vendors.selectors import vendor_of

ORDERS_A_PAGE = 10
_LATEST = 3


class SignOutView(LogoutView):  # type: ignore[misc]  # allauth is untyped
    """allauth's page, which also lets the browser forget the person's basket and orders."""

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        """Sign out; the basket waits in the account."""
        response: HttpResponse = super().post(*args, **kwargs)
        baskets.forget(response)
        response.delete_cookie(baskets.ORDERS_COOKIE, samesite="Lax")
        return response


class SignInsView(ListUserSessionsView):  # type: ignore[misc]  # allauth is untyped
    """allauth's page of one's sign-ins, which also ends a single one."""

    template_name = "storefront/account/sessions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The sign-ins with the words for their browsers."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.browser = browser_words(session.user_agent)
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        """End the sign-in that `session` names, or all others."""
        wanted = self.request.POST.get("session")
        if wanted is None:
            response: HttpResponse = super().form_valid(form)
            return response
        own = UserSession.objects.filter(user_id=self.request.user.pk)
        end_sessions(self.request, [session for session in own if str(session.pk) == wanted])
        messages.success(self.request, _("Signed out there."))
        return HttpResponseRedirect(self.get_success_url())


_password_once_more = reauthentication_required(allow_get=True)
sign_ins = never_cache(_password_once_more(SignInsView.as_view()))
email = never_cache(_password_once_more(EmailView.as_view()))
sign_out = never_cache(SignOutView.as_view())
sign_up = never_cache(limited("sign-up", most=20, seconds=3600)(SignupView.as_view()))
# Closed while the counts are away: who cannot be counted could flood strangers with mails.
reset_password = never_cache(limited("reset", most=10, seconds=600, closed=True)(PasswordResetView.as_view()))


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Unread news, the latest orders and the ways to the rest."""
    user = _person(request)
    context = {
        "notices": in_words(notices_of(user.pk).filter(read_at=None)[:_LATEST]),
        "orders": order_views(orders_of(user.pk)[:_LATEST]),
        "address": addresses_of(user.pk).first(),
        "vendor": vendor_of(user.pk),
    }
    return render(request, "storefront/account/overview.html", context)


@never_cache
@login_required
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """All orders of the person, ten a page."""
    page = Paginator(orders_of(_person(request).pk), ORDERS_A_PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "orders": order_views(page.object_list)}
    return render(request, "storefront/account/orders.html", context)


@never_cache
@login_required
@require_safe
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One order of the person."""
    try:
        found = order_of(user_id=_person(request).pk, number=number)
    except Order.DoesNotExist as error:
        raise Http404 from error
    return render_order(request, order_view(found), crumb=True)


@never_cache
@login_required
@require_safe
def addresses(request: HttpRequest) -> HttpResponse:
    """The address book."""
    context = {"addresses": addresses_of(_person(request).pk)}
    return render(request, "storefront/account/addresses.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def address_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write a new address or change one; `action=communes` reloads the form with the communes of the province."""
    user = _person(request)
    address = _own_address(user, pk) if pk is not None else None
    form = AddressForm(initial=_initial(user, address))
    status = 200
    if request.method == "POST" and request.POST.get("action") == "communes":
        form = AddressForm(initial=request.POST.dict())
    elif request.method == "POST":
        form = AddressForm(request.POST)
        if form.is_valid():
            save_address(user_id=user.pk, actor=Actor.person(user.pk), data=form.address(), address=address)
            messages.success(request, _("The address is saved."))
            return HttpResponseRedirect(safe_next(request, reverse("storefront:account_addresses")))
        status = 422
    context = {"form": form, "address": address}
    return render(request, "storefront/account/address.html", context, status=status)


@never_cache
@login_required
@require_POST
def address_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an address out of the book."""
    user = _person(request)
    delete_address(address=_own_address(user, pk), actor=Actor.person(user.pk))
    messages.success(request, _("The address is deleted."))
    return HttpResponseRedirect(reverse("storefront:account_addresses"))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, phone and the language of mails."""
    user = _person(request)
    form = ProfileForm(
        request.POST or None, initial={"full_name": user.full_name, "phone": user.phone, "language": user.language}
    )
    if request.method == "POST" and form.is_valid():
        update_profile(user_id=user.pk, actor=Actor.person(user.pk), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("storefront:account_profile"))
    status = 422 if form.is_bound else 200
    return render(request, "storefront/account/profile.html", {"form": form}, status=status)


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied  # login_required lets nobody else in
    return request.user


def _own_address(user: User, pk: int) -> UserAddress:
    try:
        return address_of(user_id=user.pk, address_id=pk)
    except UserAddress.DoesNotExist as error:
        raise Http404 from error


def _initial(user: User, address: UserAddress | None) -> dict[str, object]:
    if address is None:
        return {"name": user.full_name, "phone": user.phone}
    return {
        "name": address.first_name,
        "phone": str(address.phone_number),
        "province": address.commune.province_id,
        "commune": address.commune_id,
        "street": address.line1,
        "is_default": address.is_default_for_shipping,
    }
