"""Finding an order by its number and phone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.forms import PhoneField


class TrackingForm(forms.Form):
    """The two things that a guest knows about an order."""

    number = forms.CharField(
        label=_("Order number"),
        max_length=20,
        help_text=_("Eight letters and digits, on the confirmation page and in the mail."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Write the order number.")},
    )
    phone = PhoneField(
        label=_("Phone"),
        help_text=_("The number that you gave when you ordered."),
        error_messages={"required": _("Write the phone number that you gave when you ordered.")},
    )
