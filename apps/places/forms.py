"""Form fields for a place, shared by shop and tools: province, then commune, then street."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.kernel.vietnamese import nfc
from apps.places.selectors import communes_of
from apps.places.selectors.known import known_provinces


class TextField(forms.CharField):
    """A line of text in composed letters, as some keyboards send every accent apart."""

    def clean(self, value: Any) -> str:
        """The text in NFC; raises ValidationError like its base."""
        return nfc(str(super().clean(value)))


class PlaceFields(forms.Form):
    """Province, then commune, then street: the address since the districts are gone.

    The communes offered are those of the province that was sent or given at first.
    """

    province = forms.ChoiceField(
        label=_("Province or city"),
        widget=forms.Select(attrs={"data-province-select": "", "autocomplete": "address-level1"}),
        error_messages={"required": _("Choose the province or city.")},
    )
    commune = forms.ChoiceField(
        label=_("Ward, commune or special zone"),
        widget=forms.Select(attrs={"data-commune-select": "", "autocomplete": "address-level2"}),
        error_messages={
            "required": _("Choose the ward, commune or special zone."),
            "invalid_choice": _("This commune is not in the chosen province. Choose it again."),
        },
    )
    street = TextField(
        label=_("House number, street, hamlet"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": _("Write the house number and street, or the name of the hamlet.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(province.code, province.full_name) for province in known_provinces().ordered]
        self._choose("province", [("", _("Choose a province")), *offered])
        code = str(self["province"].value() or "")
        communes = [(commune.code, commune.full_name) for commune in communes_of(code)] if code else []
        self._choose("commune", [("", _("Choose a commune")), *communes])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
