"""What happens around signing in: the guest's basket comes along, mails may fail without harm."""

import logging
from smtplib import SMTPException
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from apps.accounts.models import User
from apps.kernel.actor import Actor
from apps.shop.basket.services import merge_on_sign_in
from apps.shop.order.services import adopt_orders
from apps.storefront import baskets
from apps.vendors.selectors import membership_of

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """allauth's adapter with the steps and the words that are ours."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _lazy("This account is closed."),
        "duplicate_email": _lazy("This is your present e-mail address."),
        "email_password_mismatch": _lazy("E-mail and password do not fit together."),
        "email_taken": _lazy("There is an account with this e-mail address. Sign in, or reset the password."),
        "enter_current_password": _lazy("This is not your present password."),
        "incorrect_password": _lazy("The password is not right."),
        "invalid_login": _lazy("E-mail and password do not fit together."),
        "invalid_or_expired_key": _lazy("This link is used up or too old."),
        "invalid_password_reset": _lazy("This link is used up or too old."),
        "too_many_login_attempts": _lazy("Too many wrong passwords. Wait five minutes, or reset the password."),
        "unknown_email": _lazy("No account has this e-mail address."),
    }

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Merge the browser's basket into the person's; a new account gets the browser's guest orders, too."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if kwargs.get("signup"):
            adopt_orders(numbers=baskets.opened_orders(request), user=user, actor=Actor.person(user.pk))
        cookie = baskets.read(request)
        basket = merge_on_sign_in(user_id=user.pk, basket_id=cookie.basket_id if cookie else None)
        baskets.write(response, basket)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody lands who asked for no page: at their work, or in the account."""
        if getattr(request.user, "is_staff", False):
            return reverse("backoffice:home")
        if membership_of(int(request.user.pk or 0)):
            return reverse("vendor_portal:home")
        return str(super().get_login_redirect_url(request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail; when the mail server is away say so instead of failing: nothing but the mail is lost."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError):
            logger.exception("mail %s was not sent", template_prefix)
            messages.error(self.request, _("The mail could not be sent just now. Try again in a few minutes."))

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: our pages have no scripts that ask allauth for JSON, and a refusal must be a page."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """The subject as it is written: the sender's name says who it is from."""
        return subject
