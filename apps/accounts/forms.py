"""Form fields about people, shared by shop and tools."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from apps.accounts.phones import BadPhone, national, parse_phone


class PhoneField(forms.CharField):
    """A Vietnamese phone number in any usual notation; its value is E.164."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})

    def prepare_value(self, value: Any) -> Any:
        """A kept number as people here write it, `0912 345 678`; what is being typed stays."""
        return national(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        """The number as `+84912345678`; the error says what is missing."""
        text = str(super().clean(value)).strip()
        if not text:
            return ""
        try:
            return parse_phone(text)
        except BadPhone as problem:
            raise ValidationError(str(problem)) from problem
