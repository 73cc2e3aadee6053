"""The vendor's own account at Stripe: opened with the password, asked about on the way back, taken away."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.limits import limited
from apps.accounts.sessions import fresh_password
from apps.kernel.errors import DomainError
from apps.payments.providers.port import ProviderAway
from apps.payouts import selectors
from apps.payouts.services import stripe_accounts
from apps.vendor_portal.access import Seat, member_required
from apps.vendor_portal.pages import refuse, show
from apps.vendors.policies import Area


@member_required(Area.MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_password
@limited("stripe-account", most=10, seconds=3600)
def begin(request: HttpRequest, seat: Seat) -> HttpResponse:
    """How it goes on; the button leads to Stripe, which asks for everything else itself."""
    _offered()
    if request.method == "POST":
        here, back = (settings.SITE_URL + reverse(f"vendor_portal:{name}") for name in ("stripe", "stripe_back"))
        try:
            return HttpResponseRedirect(
                stripe_accounts.begin(vendor=seat.vendor, back=back, again=here, actor=seat.actor)
            )
        except DomainError as problem:
            refuse(request, problem)
        except ProviderAway:
            messages.error(request, _away())
        return redirect("vendor_portal:bank")
    context = {"room": "money", "account": selectors.stripe_account(vendor=seat.vendor)}
    return show(request, seat, "stripe_account", context)


@member_required(Area.MONEY)
@require_safe
@limited("stripe-account-back", most=60, seconds=3600)
def back(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Where Stripe leads to afterwards: it is asked how the account stands, the address says nothing."""
    account = selectors.stripe_account(vendor=seat.vendor)
    if account is not None:
        try:
            account = stripe_accounts.refresh(account=account, actor=seat.actor)
        except ProviderAway:
            messages.error(request, _away())
        else:
            _say(request, may_receive=account.may_receive)
    return redirect("vendor_portal:bank")


@member_required(Area.MONEY)
@require_POST
def remove(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Payouts go to the bank account again."""
    try:
        stripe_accounts.remove(vendor=seat.vendor, actor=seat.actor)
    except DomainError as problem:
        refuse(request, problem)
    else:
        messages.success(request, _("Taken away. Payouts go to your bank account."))
    return redirect("vendor_portal:bank")


def _offered() -> None:
    if not selectors.through_stripe():
        raise Http404


def _away() -> str:
    return _("Stripe cannot be reached at the moment. Please try again later.")


def _say(request: HttpRequest, *, may_receive: bool) -> None:
    if may_receive:
        messages.success(request, _("Stripe has everything. Your account there can receive payouts."))
    else:
        messages.info(request, _("Stripe still needs something from you, or is checking what you entered."))
