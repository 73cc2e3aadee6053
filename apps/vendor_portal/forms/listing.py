"""The form of a product, and the short one for price and stock."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.listings.data import ListingData
from apps.listings.forms import PriceField, WholeNumberField
from apps.listings.policies import MAX_PRICE_AMOUNT, MAX_STOCK
from apps.listings.selectors import category_choices
from apps.places.forms import PlaceFields, TextField
from apps.vendor_portal.forms.fields import FilesField


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ListingForm(PlaceFields):
    """Everything about one product; only the name and the category are needed for a draft."""

    title = TextField(
        label=_("Name of the product"),
        max_length=255,
        help_text=_("What it is and where it comes from, such as “Chả mực giã tay Hạ Long”."),
        error_messages={"required": _("Write the name of the product.")},
    )
    category = forms.TypedChoiceField(
        label=_("Category"), coerce=int, error_messages={"required": _("Choose a category.")}
    )
    is_service = forms.BooleanField(label=_("This is a service (a tour, a workshop): nothing is sent"), required=False)
    description = TextField(
        label=_("Description"),
        max_length=5000,
        required=False,
        help_text=_("Two or three sentences: how it is made, what it tastes like, how to use it."),
        widget=_lines(5),
    )
    title_en = TextField(label=_("Name in English"), max_length=255, required=False)
    description_en = TextField(label=_("Description in English"), max_length=5000, required=False, widget=_lines(4))
    price_amount = PriceField(
        label=_("Price (₫)"),
        required=False,
        min_value=1,
        max_value=MAX_PRICE_AMOUNT,
        help_text=_("With VAT, for one pack. You may write 285000, 285.000 or 285k."),
    )
    unit = TextField(
        label=_("Pack"), max_length=60, required=False, help_text=_("What one pack is, such as “500 g bag”.")
    )
    net_weight_g = WholeNumberField(label=_("Net weight (g)"), required=False, min_value=1, max_value=1_000_000)
    net_volume_ml = WholeNumberField(label=_("Net volume (ml)"), required=False, min_value=1, max_value=1_000_000)
    shipping_weight_g = WholeNumberField(
        label=_("Weight with packaging (g)"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("The delivery fee follows from it."),
    )
    available = WholeNumberField(
        label=_("In stock"),
        required=False,
        min_value=0,
        max_value=MAX_STOCK,
        help_text=_("Packs that can be sold now."),
    )
    sku = TextField(label=_("Your code"), max_length=40, required=False, help_text=_("Left empty, we make one."))
    ingredients = TextField(label=_("Ingredients"), max_length=2000, required=False, widget=_lines(3))
    allergens = TextField(
        label=_("Allergens"), max_length=255, required=False, help_text=_("Such as shellfish, peanuts, milk, gluten.")
    )
    storage = TextField(label=_("Storage"), max_length=255, required=False, help_text=_("Such as “Freezer at -18 °C”."))
    shelf_life_days = WholeNumberField(label=_("Shelf life (days)"), required=False, min_value=1, max_value=36_500)
    is_chilled = forms.BooleanField(label=_("Travels chilled"), required=False)
    season_months = forms.TypedMultipleChoiceField(
        label=_("Months of harvest"),
        coerce=int,
        required=False,
        choices=[(month, str(month)) for month in range(1, 13)],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means all year."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose(
            "category", [("", _("Choose a category")), *((str(pk), words) for pk, words in category_choices())]
        )
        for name in ("province", "commune"):
            self.fields[name].required = False
        del self.fields["street"]

    def data_for_service(self) -> ListingData:
        """The facts, from a valid form."""
        given: Mapping[str, Any] = self.cleaned_data
        plain = (
            "title", "title_en", "description", "description_en", "price_amount", "unit", "net_weight_g",
            "net_volume_ml", "ingredients", "allergens", "storage", "shelf_life_days", "is_chilled",
            "is_service", "sku",
        )  # fmt: skip
        return ListingData(
            category_id=given["category"],
            season_months=frozenset(given["season_months"]),
            origin_commune_code=given["commune"],
            available=given["available"] or 0,
            shipping_weight_g=0 if given["is_service"] else given["shipping_weight_g"] or 500,
            **{name: given[name] for name in plain},
        )


class PicturesForm(forms.Form):
    """Photos for a product."""

    pictures = FilesField(
        label=_("Photos"),
        help_text=_("JPEG, PNG or WebP, 8 MB each, up to 8. Take them by daylight, the product filling the picture."),
        error_messages={"required": _("Choose at least one photo.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pictures"].widget.attrs["accept"] = "image/jpeg,image/png,image/webp"

    @classmethod
    def refusing(cls, problems: Sequence[str]) -> Self:
        """The empty field, with the reasons why what was sent is not taken."""
        if not problems:
            return cls()
        form = cls({})
        form.errors["pictures"] = form.error_class(problems)
        return form


class QuickForm(forms.Form):
    """Price and stock, which may change while the product is on sale."""

    price_amount = PriceField(
        label=_("Price (₫)"), min_value=1, max_value=MAX_PRICE_AMOUNT, error_messages={"required": _("Set the price.")}
    )
    available = WholeNumberField(
        label=_("In stock"),
        min_value=0,
        max_value=MAX_STOCK,
        error_messages={"required": _("Write how many are left.")},
    )
    # The stock when the page was drawn: what was sold since then must not come back by saving a price.
    seen = forms.IntegerField(widget=forms.HiddenInput)
