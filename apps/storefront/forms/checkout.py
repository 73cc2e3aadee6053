"""The form of the one-page checkout."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.accounts.forms import PhoneField
from apps.payments.providers.cod import Cash
from apps.places.forms import PlaceFields, TextField
from apps.purchase.services import CheckoutDetails


class CheckoutForm(PlaceFields):
    """Who gets the goods, where, and how they are paid; with the total that the shopper has seen."""

    name = TextField(
        label=_("Full name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write the name of the person who receives the goods.")},
    )
    phone = PhoneField(
        label=_("Phone"),
        help_text=_("The courier calls this number before delivery, and you track the order with it."),
        error_messages={"required": _("Write a phone number: the courier calls before delivery.")},
    )
    email = forms.EmailField(
        max_length=254,
        label=_("E-mail"),
        required=False,
        help_text=_("For the receipt and news of each parcel."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"invalid": _("This e-mail address is not complete. It looks like ten@example.com.")},
    )
    note = TextField(label=_("Note for the courier"), max_length=300, required=False)
    gift_message = TextField(
        label=_("Gift message"),
        max_length=300,
        required=False,
        help_text=_("The vendors print it and leave the prices out of the parcel."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    save_address = forms.BooleanField(label=_("Keep this address in my account"), required=False)
    # Which ways are open depends on the amount: the page shows them, the purchase checks the one that was chosen.
    payment_method = forms.CharField(
        max_length=16,
        initial=Cash.code,
        widget=forms.HiddenInput,
        label=_("Payment"),
        error_messages={"required": _("Choose how to pay.")},
    )
    seen_total = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    token = forms.CharField(widget=forms.HiddenInput)

    field_order = ("name", "phone", "email", "province", "commune", "street", "note", "gift_message")

    def details(self) -> CheckoutDetails:
        """What `purchase.place` needs, from a valid form."""
        data: dict[str, Any] = self.cleaned_data
        return CheckoutDetails(
            name=data["name"],
            phone=data["phone"],
            email=data["email"],
            commune_code=data["commune"],
            street=data["street"],
            note=data["note"],
            gift_message=data["gift_message"],
            payment_method=data["payment_method"],
            language=get_language() or "vi",
        )
