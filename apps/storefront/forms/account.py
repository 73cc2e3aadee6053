"""Forms of the account: profile and addresses."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.forms import PhoneField
from apps.places.forms import PlaceFields, TextField
from apps.shop.address.services import AddressData


class ProfileForm(forms.Form):
    """Name, phone and the language of mails."""

    full_name = TextField(
        label=_("Full name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = PhoneField(label=_("Phone"), required=False, help_text=_("Filled in for you at checkout."))
    language = forms.ChoiceField(
        label=_("Language of mails"), choices=[("vi", "Tiếng Việt"), ("en", "English")], widget=forms.RadioSelect
    )


class AddressForm(PlaceFields):
    """A saved address."""

    name = TextField(
        label=_("Full name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write the name of the person who receives the goods.")},
    )
    phone = PhoneField(
        label=_("Phone"),
        error_messages={"required": _("Write a phone number: the courier calls before delivery.")},
    )
    is_default = forms.BooleanField(label=_("Use this address first"), required=False)

    field_order = ("name", "phone", "province", "commune", "street", "is_default")

    def address(self) -> AddressData:
        """What the service keeps, from a valid form."""
        data = self.cleaned_data
        return AddressData(
            name=data["name"],
            phone=data["phone"],
            commune_code=data["commune"],
            street=data["street"],
            is_default=data["is_default"],
        )
