"""The vendor's bank account: what counts, changing it with the password, following the link, taking it back."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.limits import limited
from apps.accounts.sessions import fresh_password
from apps.kernel.errors import DomainError
from apps.payouts.selectors import accounts_of, current_account, stripe_account, through_stripe, waiting_account
from apps.payouts.services import accounts
from apps.vendor_portal.access import Seat, member_required
from apps.vendor_portal.forms.bank import BankForm
from apps.vendor_portal.pages import refuse, show
from apps.vendors.policies import Area

# Earlier accounts that the page shows.
_SHOWN = 20


@member_required(Area.MONEY)
@require_safe
def bank(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The account that counts, one that waits for its link, those before; and that at Stripe where it is offered."""
    context = {
        "room": "money",
        "account": current_account(vendor=seat.vendor),
        "waiting": waiting_account(vendor=seat.vendor),
        "accounts": accounts_of(vendor=seat.vendor)[:_SHOWN],
        "through_stripe": through_stripe(),
        "at_stripe": stripe_account(vendor=seat.vendor) if through_stripe() else None,
    }
    return show(request, seat, "bank", context)


@member_required(Area.MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_password
@limited("bank", most=10, seconds=3600)
def change(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Name another account; the link to confirm it goes to the vendor's e-mail address."""
    form = BankForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.propose(vendor=seat.vendor, actor=seat.actor, **form.cleaned_data)
        except DomainError as problem:
            form.refuse(problem)
        else:
            words = _("We have sent a link to %(email)s. The account counts once somebody has followed it.")
            messages.success(request, words % {"email": seat.vendor.email})
            return redirect("vendor_portal:bank")
    context = {"room": "money", "form": form, "account": current_account(vendor=seat.vendor)}
    return show(request, seat, "bank_change", context, status=422 if form.is_bound else 200)


@member_required(Area.MONEY)
@require_POST
def withdraw(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Take back a change that no payout has followed yet."""
    try:
        found = accounts_of(vendor=seat.vendor).get(pk=pk)
    except ObjectDoesNotExist as problem:
        raise Http404 from problem
    try:
        accounts.withdraw(account=found, actor=seat.actor)
    except DomainError as problem:
        refuse(request, problem)
    else:
        messages.success(request, _("Withdrawn. No payout goes to this account."))
    return redirect("vendor_portal:bank")


@member_required(Area.MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("bank-link", most=20, seconds=3600)
def confirm(request: HttpRequest, seat: Seat, word: str) -> HttpResponse:
    """The link of the mail: shows the account once more; the button lets it count."""
    try:
        found = accounts.account_of_link(vendor=seat.vendor, word=word)
        if request.method == "POST":
            accounts.confirm(account=found, actor=seat.actor)
            messages.success(request, _("Confirmed. Payouts go there after 72 hours."))
            return redirect("vendor_portal:bank")
    except DomainError as problem:
        refuse(request, problem)
        return redirect("vendor_portal:bank")
    return show(request, seat, "bank_confirm", {"room": "money", "account": found})
