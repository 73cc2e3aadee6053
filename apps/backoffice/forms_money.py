"""What an admin fills in about money."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.kernel.money import Money, dong
from apps.ordering.models import VendorOrderLine

_DELIVERY = "delivery"


class DongField(forms.CharField):
    """Whole dong as people write them: 150.000 or 150000 or 150.000 ₫."""

    default_error_messages = {"invalid": _("Write an amount in dong, such as 150.000.")}

    def to_python(self, value: object) -> Any:
        """The number of dong; nothing is 0."""
        typed = str(super().to_python(value) or "").replace("₫", "").replace("đ", "")
        digits = "".join(letter for letter in typed if letter not in ". ,\u00a0")
        if not digits:
            return 0
        if not digits.isdecimal():
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return int(digits)


class RefundForm(forms.Form):
    """An amount for each line of a vendor order and for its delivery, never more than is left of it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("The shopper reads it."),
        error_messages={"required": _("Write the reason: the shopper reads it.")},
    )

    def __init__(self, *args: Any, lines: Sequence[VendorOrderLine], left: Mapping[int | None, int], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self._keys: dict[str, int | None] = {}
        self._left = left
        for line in lines:
            self._add(f"line-{line.pk}", line.pk, f"{line.quantity} × {line.title}")
        self._add(_DELIVERY, None, _("Delivery"))

    def _add(self, name: str, key: int | None, label: object) -> None:
        left = self._left.get(key, 0)
        if not left:
            return
        self._keys[name] = key
        self.fields[name] = DongField(
            label=str(label),
            required=False,
            help_text=_("Up to %(sum)s.") % {"sum": dong(left).format()},
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        )

    @property
    def amount_fields(self) -> Iterator[forms.BoundField]:
        """The fields of lines and delivery, in their order."""
        return (self[name] for name in self._keys)

    def clean(self) -> dict[str, Any]:
        """Every amount at most what is left of its line; at least one is given."""
        data: dict[str, Any] = super().clean() or {}
        for name, key in self._keys.items():
            if data.get(name, 0) > self._left[key]:
                self.add_error(name, _("That is more than what was paid and not given back yet."))
        if self.data.get("all"):
            data |= {name: self._left[key] for name, key in self._keys.items()}
        elif not self.errors and not any(data.get(name) for name in self._keys):
            self.add_error(None, _("Choose what is to be given back."))
        return data

    def amounts(self) -> dict[int | None, Money]:
        """Money by line, None for the delivery, from a valid form."""
        return {key: dong(self.cleaned_data.get(name, 0)) for name, key in self._keys.items()}
