"""The application to sell, and the profile that a vendor keeps up to date."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.accounts.forms import PhoneField
from apps.kernel.errors import DomainError
from apps.places.forms import PlaceFields, TextField
from apps.vendor_portal.forms.fields import FilesField
from apps.vendors.papers import BadPaper, UploadedPaper, check_papers, read_papers
from apps.vendors.policies import BadTaxCode, clean_tax_code
from apps.vendors.states import ProducerType


class ApplyForm(PlaceFields):
    """Who wants to sell, where they are, how to reach them, and the papers that prove it."""

    name = TextField(
        label=_("Name of the producer"),
        max_length=160,
        help_text=_("As on the registration paper. Shoppers see it on every product."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Write the name as on the registration paper.")},
    )
    producer_type = forms.ChoiceField(
        label=_("Producer type"),
        choices=ProducerType.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the producer type.")},
    )
    tax_code = forms.CharField(
        label=_("Tax code"),
        max_length=20,
        help_text=_("10 digits, 13 for a branch. A household may use the 12 digits of the owner's personal ID."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Write the tax code.")},
    )
    phone = PhoneField(
        label=_("Phone"),
        help_text=_("We call this number about the papers; couriers call it to collect parcels."),
        error_messages={"required": _("Write a phone number, such as 0912 345 678.")},
    )
    email = forms.EmailField(
        max_length=254,
        label=_("E-mail"),
        help_text=_("The decision and each new order are sent here."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Write an e-mail address: the decision is sent there."),
            "invalid": _("This e-mail address is not complete. It looks like ten@example.com."),
        },
    )
    about = TextField(
        label=_("About the producer"),
        max_length=2000,
        required=False,
        help_text=_("Who makes the goods, since when, and what is special about the place."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    papers = FilesField(
        label=_("Papers"),
        help_text=_("Up to 6 files, PDF or photo, 10 MB each. Only our reviewers see them."),
        error_messages={"required": _("Send at least one paper, such as the business registration.")},
    )

    agrees = forms.BooleanField(
        label=_("I agree that my papers and what they say about me are checked and kept."),
        help_text=_("Only reviewers see them. Buyers see name, address, phone and tax code: the law asks for it."),
        error_messages={"required": _("Without this we may not look at your papers.")},
    )

    field_order = ("name", "producer_type", "tax_code", "province", "commune", "street", "phone", "email", "about")

    def __init__(self, *args: Any, has_papers: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].required = not has_papers
        self.fields["papers"].widget.attrs["accept"] = ".pdf,image/jpeg,image/png,image/webp"

    def clean_papers(self) -> list[UploadedPaper]:
        """The papers as they arrived, each known to be one."""
        files: list[UploadedFile[Any]] = self.cleaned_data["papers"]
        try:
            papers = read_papers(files)
            check_papers(papers)
        except BadPaper as problem:
            raise forms.ValidationError(str(problem)) from problem
        return papers

    def clean(self) -> dict[str, Any]:
        """The tax code fits the producer type."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("tax_code") and data.get("producer_type"):
            try:
                data["tax_code"] = clean_tax_code(data["tax_code"], data["producer_type"])
            except BadTaxCode as problem:
                self.add_error("tax_code", str(problem))
        return data

    def facts(self) -> dict[str, Any]:
        """What `apply_to_sell` wants to know, from a valid form."""
        names = ("name", "producer_type", "tax_code", "street", "phone", "email", "about", "papers")
        given = {name: self.cleaned_data[name] for name in names}
        return {
            **given,
            "commune_code": self.cleaned_data["commune"],
            "language": get_language() or "vi",
            "agreed": self.cleaned_data["agrees"],
        }

    def refuse(self, problem: DomainError) -> None:
        """Show a refusal of the service where the person can mend it."""
        self.add_error("tax_code" if "TaxCode" in type(problem).__name__ else None, str(problem))


class ProfileForm(forms.Form):
    """What a vendor may change alone."""

    about = TextField(
        label=_("About the producer"),
        max_length=2000,
        required=False,
        help_text=_("Who makes the goods, since when, and what is special about the place."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    phone = PhoneField(
        label=_("Phone"),
        help_text=_("Shoppers and couriers call this number."),
        error_messages={"required": _("Write a phone number, such as 0912 345 678.")},
    )
    email = forms.EmailField(
        max_length=254,
        label=_("E-mail"),
        help_text=_("Each new order is sent here."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    street = TextField(
        label=_("House number, street, hamlet"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
