"""Forms of commission rules and tax treatments: vendors and products are named as admins know them."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.fees.models import CommissionRule
from apps.fees.rates import Activity
from apps.fees.services import RuleData
from apps.kernel.clock import today
from apps.kernel.vietnamese import slugify
from apps.listings.forms import PriceField
from apps.places.forms import TextField
from apps.shop.catalogue.models import Category, Product
from apps.vendors.models import Vendor
from apps.vendors.states import VendorState

_STALL = re.compile(r"/nha-ban/([-\w]+)")
_PRODUCT = re.compile(r"(?:^|-)(\d{1,18})/?$")


class VendorField(TextField):
    """A vendor by tax code, name or the address of its stall; its value is the vendor, or None when left empty."""

    default_error_messages = {"unknown": _("No vendor has this tax code or name; compare it with the register.")}

    def prepare_value(self, value: Any) -> Any:
        """The last part of the stall's address, which is read again."""
        return value.slug if isinstance(value, Vendor) else value

    def clean(self, value: Any) -> Any:
        """The vendor; raises ValidationError unless exactly one is meant."""
        text = super().clean(value).strip()
        if not text:
            return None
        stall = _STALL.search(text)
        meant = Q(tax_code=text) | Q(slug=stall[1] if stall else slugify(text))
        found = Vendor.objects.filter(meant).exclude(state=VendorState.REJECTED)[:2]
        if len(found) != 1:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        return found[0]


class ProductField(TextField):
    """A product by its address or the number at its end; its value is the product, or None when left empty."""

    default_error_messages = {"unknown": _("No product has this address; copy it from the product's page.")}

    def prepare_value(self, value: Any) -> Any:
        """The product's address."""
        return value.get_absolute_url() if isinstance(value, Product) else value

    def clean(self, value: Any) -> Any:
        """The product; raises ValidationError when there is none."""
        text = super().clean(value).strip()
        if not text:
            return None
        number = _PRODUCT.search(re.split(r"[?#]", text)[0])
        found = Product.objects.filter(pk=number[1]).first() if number else None
        if found is None:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        return found


class PercentField(forms.CharField):
    """Per cent with at most two decimals, after a comma or a dot; its value is basis points."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write per cent with at most two decimals, such as 8 or 8,25.")}

    def prepare_value(self, value: Any) -> Any:
        """`8,25` for 825."""
        return f"{Decimal(value) / 100}".replace(".", ",") if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Basis points, or None when left empty; raises ValidationError for what is no number of them."""
        text = str(super().clean(value)).strip().removesuffix("%").strip().replace(",", ".")
        if not text:
            return None
        try:
            points = Decimal(text) * 100
        except InvalidOperation:
            points = Decimal("NaN")
        if not points.is_finite() or not 0 <= points <= 10_000 or points % 1:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(points)


def _amount(label: Any, help_text: Any = "") -> PriceField:
    wrong = {"invalid": _("Write whole dong, such as 5000.")}
    return PriceField(
        label=label, help_text=help_text, required=False, min_value=0, max_value=10**12, error_messages=wrong
    )


class RuleForm(forms.Form):
    """One commission rule."""

    vendor = VendorField(
        label=_("Vendor"), required=False, help_text=_("Tax code or name as in the register. Empty: every vendor.")
    )
    category = forms.TypedChoiceField(
        label=_("Category"), coerce=int, empty_value=None, required=False, help_text=_("With everything below it.")
    )
    product = ProductField(
        label=_("Product"), required=False, help_text=_("The address of its page. Empty: every product.")
    )
    value_from = _amount(_("Worth at least (₫)"), _("What the line brings in, its vendor's discounts taken off."))
    value_below = _amount(_("Worth less than (₫)"))
    share_bps = PercentField(label=_("Per cent"), required=False, help_text=_("Such as 8 or 8,25. VAT comes on top."))
    unit_amount = _amount(_("Or for each unit (₫)"))
    floor_amount = _amount(_("At least (₫)"), _("For each line of an order."))
    cap_amount = _amount(_("At most (₫)"), _("For each line of an order."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Every category")), *_categories()]

    @classmethod
    def values_of(cls, rule: CommissionRule) -> dict[str, Any]:
        """A kept rule as the form shows it at first."""
        return {**{name: getattr(rule, name) for name in cls.base_fields}, "category": rule.category_id}

    def data_for_service(self) -> RuleData:
        """The rule, from a valid form."""
        given = dict(self.cleaned_data)
        vendor, product = given.pop("vendor"), given.pop("product")
        return RuleData(
            vendor_id=vendor.pk if vendor else None,
            category_id=given.pop("category"),
            product_id=product.pk if product else None,
            **given,
        )


class TreatmentForm(forms.Form):
    """What the tax office has said of a vendor or one of its products."""

    vendor = VendorField(label=_("Vendor"), help_text=_("Tax code or name as in the register."))
    product = ProductField(
        label=_("Product"), required=False, help_text=_("The address of its page. Empty: all goods of the vendor.")
    )
    activity = forms.ChoiceField(label=_("Activity"), choices=Activity.choices)
    lives_abroad = forms.BooleanField(label=_("The taxpayer does not live in Vietnam"), required=False)
    source = TextField(
        label=_("Which letter or paper says so"),
        max_length=200,
        error_messages={"required": _("Write which letter or paper says so.")},
    )
    valid_from = forms.DateField(
        label=_("Valid from"), initial=today, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _categories() -> list[tuple[int, str]]:
    """All categories from the top, hidden ones too: a rule must not lose its own. What lies below is set in."""
    rows = Category.objects.order_by("path")
    return [(row.pk, "\u2003" * (row.depth - 1) + row.local_name) for row in rows]
