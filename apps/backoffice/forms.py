"""What an admin fills in to decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

# The usual reasons, so that vendors read the same words for the same thing.
VENDOR_REASONS = [
    _("The name on the papers is not the name in the application."),
    _("The tax code does not belong to this name."),
    _("A paper is missing or cannot be read."),
    _("The business licence does not cover these goods."),
]
LISTING_REASONS = [
    _("The text claims to heal or prevent an illness; that is forbidden for food."),
    _("The pictures do not show the goods, or cannot be seen clearly."),
    _("Net weight, ingredients, storage or shelf life is missing."),
    _("The price does not fit the pack."),
]
CERTIFICATE_REASONS = [
    _("The scan cannot be read."),
    _("Number or decision is not in the register."),
    _("The certificate names another product or holder."),
    _("The certificate has expired."),
]


class DecisionForm(forms.Form):
    """Approve, or say no with a reason that the vendor reads."""

    decision = forms.ChoiceField(choices=[("approve", _("Approve")), ("reject", _("Send back"))])
    # When the case that is on the page was sent in: what was sent in anew meanwhile is not approved unread.
    seen = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Reason for the vendor"), widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=2000
    )

    def clean(self) -> dict[str, object]:
        """A refusal without a reason helps nobody."""
        data: dict[str, object] = super().clean() or {}
        if data.get("decision") == "reject" and not str(data.get("reason", "")).strip():
            self.add_error("reason", _("Say why, so that the vendor knows what to change."))
        return data


class ReferenceForm(forms.Form):
    """The bank's number of a transfer that has arrived."""

    reference = forms.CharField(
        label=_("Bank's number of the transfer"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the bank's number of the transfer.")},
    )


class FailForm(forms.Form):
    """Why a payout came back."""

    reason = forms.CharField(
        label=_("What the bank says"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why; the vendor reads it.")},
    )
    account_is_bad = forms.BooleanField(
        label=_("The account is wrong or closed: pay nothing to it any more"), required=False
    )


class ReasonForm(forms.Form):
    """A reason that must be given, such as for a suspension."""

    reason = forms.CharField(
        label=_("Reason for the vendor"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": _("Say why, so that the vendor knows what to change.")},
    )
