"""Where the vendor wants its money."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.kernel.errors import DomainError
from apps.payments.banks import BANKS
from apps.payouts.services.accounts import BadAccountNumber, BadHolder, UnknownBank
from apps.places.forms import TextField


class BankForm(forms.Form):
    """Bank, number and holder of an account."""

    bank_bin = forms.ChoiceField(
        label=_("Bank"),
        choices=[("", _("Choose a bank")), *((bank.bin, bank.name) for bank in BANKS.values())],
        error_messages={"required": _("Choose a bank from the list.")},
    )
    number = forms.CharField(
        label=_("Account number"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Write the account number.")},
    )
    holder = TextField(
        label=_("Account holder"),
        max_length=70,
        help_text=_("As the bank writes it. It has to be your stall's or its owner's account."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Write the holder's name.")},
    )

    def refuse(self, problem: DomainError) -> None:
        """Show a refusal of the service where the person can mend it."""
        fields = {UnknownBank: "bank_bin", BadAccountNumber: "number", BadHolder: "holder"}
        self.add_error(fields.get(type(problem)), str(problem))
