"""Forms of an order: handing over, a parcel that came back, cancelling."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.delivery.selectors import carriers
from apps.places.forms import TextField

OTHER = "other"
REASONS = {
    "sold_out": _("The goods ran out."),
    "damaged": _("The goods are damaged and cannot be sent."),
    "too_far": _("We cannot deliver to this place."),
    "asked": _("The shopper asked for it."),
    OTHER: _("Another reason"),
}


class HandOverForm(forms.Form):
    """Who has the parcel, and the number under which it can be followed."""

    carrier = forms.ChoiceField(label=_("Carrier"), error_messages={"required": _("Choose a carrier.")})
    tracking_number = TextField(
        label=_("Tracking number"),
        max_length=40,
        required=False,
        help_text=_("On the carrier's receipt. Only your own delivery has none."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carriers = {carrier.code: carrier for carrier in carriers()}
        field = self.fields["carrier"]
        if isinstance(field, forms.ChoiceField):
            names = [(code, carrier.name) for code, carrier in self.carriers.items()]
            field.choices = [("", _("Choose a carrier")), *names]

    def clean(self) -> dict[str, Any]:
        """A parcel that a carrier can find has its number."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        carrier = self.carriers.get(data.get("carrier", ""))
        if carrier and carrier.tracking_url and not data.get("tracking_number", "").strip():
            self.add_error("tracking_number", _("Write the tracking number: the shopper follows the parcel with it."))
        return data


class ComeBackForm(forms.Form):
    """Why a parcel is with its vendor again; the shopper reads it."""

    back_reason = TextField(
        label=_("What the carrier says"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the reason: the shopper reads it.")},
    )


class CancelForm(forms.Form):
    """Why an order is taken back; the shopper reads it."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=list(REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason: the shopper reads it.")},
    )
    words = TextField(
        label=_("More words for the shopper"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """Another reason needs words."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("reason") == OTHER and not data.get("words", "").strip():
            self.add_error("words", _("Write the reason: the shopper reads it."))
        return data

    def text(self) -> str:
        """The reason in words, from a valid form."""
        words: str = self.cleaned_data["words"].strip()
        chosen: str = self.cleaned_data["reason"]
        return words if chosen == OTHER else f"{REASONS[chosen]} {words}".strip()
