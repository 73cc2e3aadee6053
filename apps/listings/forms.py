"""Form fields for prices and numbers as people write them, shared by the tools."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_THOUSANDS = re.compile(r"\d{1,3}([.,\s]\d{3})+")
_SIGNS = re.compile(r"(₫|đ|vnd|dong)$")


class WholeNumberField(forms.IntegerField):
    """A whole number; dots, commas and blanks may group thousands."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write a whole number, such as 500.")}

    def to_python(self, value: Any) -> int | None:
        """The number; raises ValidationError with an example."""
        return super().to_python(_ungrouped(str(value).strip()) if value not in self.empty_values else None)


class PriceField(WholeNumberField):
    """A price in dong: `285000`, `285.000 ₫`, `285k`."""

    default_error_messages = {"invalid": _("Write the price in whole dong, such as 285000.")}

    def to_python(self, value: Any) -> int | None:
        """The price in dong; raises ValidationError with an example."""
        if value in self.empty_values:
            return None
        text = _SIGNS.sub("", str(value).strip().lower()).strip()
        if text.endswith("k") and text[:-1].strip().isdecimal():
            text = text[:-1].strip() + "000"
        return super().to_python(text)

    def prepare_value(self, value: Any) -> Any:
        """Grouped as on the price tag."""
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


def _ungrouped(text: str) -> str:
    return re.sub(r"[.,\s]", "", text) if _THOUSANDS.fullmatch(text) else text
