"""What an admin fills in about money that comes and goes by bank."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.payments.sheets import BadSheet, Row, read, read_file

SHEETS = ".csv,.xlsx,.txt"


class ReferenceForm(forms.Form):
    """Money was sent; the bank has given the transfer a reference."""

    reference = forms.CharField(label=_("The bank's reference"), max_length=120)


class AssignForm(forms.Form):
    """The order that a transfer is for."""

    number = forms.CharField(label=_("Order number"), max_length=20)


def sheet_field(**more: Any) -> forms.FileField:
    """A table to upload."""
    return forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, up to 10 MB and 20,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": SHEETS}),
        **more,
    )


class StatementForm(forms.Form):
    """A statement of the bank account."""

    file = sheet_field()

    def clean_file(self) -> list[Row]:
        """Its rows."""
        return _rows(lambda: read_file(self.cleaned_data["file"]))


class RemittanceForm(forms.Form):
    """A carrier's list of the cash that it hands over: a file, or rows that were copied out of one."""

    carrier = forms.ChoiceField(label=_("Carrier"))
    file = sheet_field(required=False)
    pasted = forms.CharField(
        label=_("Or paste rows: tracking number and amount"),
        required=False,
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, carriers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carrier"].choices = carriers  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """The rows, under `rows`."""
        data: dict[str, Any] = super().clean() or {}
        file, pasted = data.get("file"), str(data.get("pasted") or "").strip()
        if file:
            data["rows"] = _rows(lambda: read_file(file))
        elif pasted:
            data["rows"] = _rows(lambda: read(pasted.encode()))
        else:
            self.add_error("file", _("Choose a file, or paste rows."))
        return data


def _rows(read: Callable[[], list[Row]]) -> list[Row]:
    """What a table holds, or why it is none, as a form says it."""
    try:
        return read()
    except BadSheet as problem:
        raise forms.ValidationError(str(problem)) from problem
