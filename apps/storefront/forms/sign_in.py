"""allauth's forms with our words: it ships no Vietnamese, and placeholders are no labels."""

from typing import Any, ClassVar

from allauth.account import forms as theirs
from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.services import say
from apps.accounts.states import Place, Purpose
from apps.kernel.actor import Actor
from apps.places.forms import TextField

# What allauth says by itself; named here so that the catalogue knows it.
gettext_noop("You must type the same password each time.")

_PASSWORD_RULE = _("At least 8 characters, not a common word.")
_EMAIL_LENGTH = 254
_INVALID_EMAIL = _("This e-mail address is not complete. It looks like ten@example.com.")


class OurWords(forms.Form):
    """Gives the fields our labels and hints and takes the placeholders away."""

    labels: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                field.label = _("E-mail")
                field.error_messages["invalid"] = _INVALID_EMAIL
                # As long as the column; Django's field would take 320.
                field.validators.append(MaxLengthValidator(_EMAIL_LENGTH))
                field.widget.attrs["maxlength"] = _EMAIL_LENGTH


class LoginForm(OurWords, theirs.LoginForm):  # type: ignore[misc]  # allauth is untyped
    """Sign in by e-mail and password."""

    labels: ClassVar = {"password": _("Password"), "remember": _("Stay signed in on this device")}


class SignUpForm(OurWords, theirs.SignupForm):  # type: ignore[misc]  # allauth is untyped
    """A new account: e-mail and password, the name if the person likes."""

    labels: ClassVar = {"password1": _("Password")}
    hints: ClassVar = {
        "password1": _PASSWORD_RULE,
        "news": _("You can take this back at any time, in your account under “My data”."),
    }
    field_order = ("full_name", "email", "password1", "news")

    full_name = TextField(
        label=_("Full name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    news = forms.BooleanField(label=_("Send me news and offers by e-mail"), required=False)

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the person is saved."""
        user.full_name = self.cleaned_data["full_name"]
        user.language = get_language() or settings.LANGUAGE_CODE
        user.save(update_fields=["full_name", "language"])
        if self.cleaned_data["news"]:
            say(
                user_id=user.pk,
                actor=Actor.person(user.pk),
                purpose=Purpose.MARKETING,
                given=True,
                language=user.language,
                place=Place.SIGN_UP,
            )


class ResetPasswordForm(OurWords, theirs.ResetPasswordForm):  # type: ignore[misc]  # allauth is untyped
    """Ask for a reset mail."""


class ResetPasswordKeyForm(OurWords, theirs.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth is untyped
    """Choose a new password from the mail's link."""

    labels: ClassVar = {"password1": _("New password"), "password2": _("New password again")}
    hints: ClassVar = {"password1": _PASSWORD_RULE}


class ChangePasswordForm(OurWords, theirs.ChangePasswordForm):  # type: ignore[misc]  # allauth is untyped
    """Change the password while signed in."""

    labels: ClassVar = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }
    hints: ClassVar = {"password1": _PASSWORD_RULE}


class SetPasswordForm(OurWords, theirs.SetPasswordForm):  # type: ignore[misc]  # allauth is untyped
    """A first password for an account that has none."""

    labels: ClassVar = {"password1": _("New password"), "password2": _("New password again")}
    hints: ClassVar = {"password1": _PASSWORD_RULE}


class AddEmailForm(OurWords, theirs.AddEmailForm):  # type: ignore[misc]  # allauth is untyped
    """Another e-mail address instead of the present one."""


class ReauthenticateForm(OurWords, theirs.ReauthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The password once more before something important."""

    labels: ClassVar = {"password": _("Password")}
