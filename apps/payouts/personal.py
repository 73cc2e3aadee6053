"""Personal data of payouts: the bank account of a household is that of a person."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.accounts.personal_data import Person, PersonalData, exempt, keep, register
from apps.payouts.models import BankAccount, Payout, PayoutRun, StripeAccount
from apps.vendors.states import Role

_KEPT = "ten years: accounting records (Law 88/2015/QH15 art. 41, Decree 174/2016/NĐ-CP art. 13)"


def _owned(model: Any) -> Any:
    def rows(person: Person) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.filter(
            vendor__memberships__user=person.user_id, vendor__memberships__role=Role.OWNER
        )
        return found

    return rows


register(
    PersonalData(
        model=BankAccount,
        rows=_owned(BankAccount),
        fields=("bank_bin", "number", "holder"),
        why="where the vendor wants its money; members of its vendor and admins see the end of the number",
        kept=_KEPT,
        erase=keep,
        done="kept: refused while the vendor sells, accounting records afterwards",
        title=_("Bank accounts of your stall"),
        export={
            "bank_bin": _("Bank (BIN)"),
            "number": _("Account number"),
            "holder": _("Account holder"),
            "state": _("State"),
            "proposed_at": _("Entered"),
        },
    ),
    PersonalData(
        model=StripeAccount,
        rows=_owned(StripeAccount),
        fields=("account_id",),
        why="where at Stripe the vendor wants its money; what it has told Stripe stays there",
        kept=_KEPT,
        erase=keep,
        done="kept: refused while the vendor sells, accounting records afterwards",
        title=_("Your stall's account at Stripe"),
        export={"account_id": _("Account number"), "opened_at": _("Entered"), "removed_at": _("Taken away")},
    ),
    PersonalData(
        model=Payout,
        rows=_owned(Payout),
        fields=("bank_bin", "account_number", "account_holder"),
        why="what was paid to whom: the account as it was then",
        kept=_KEPT,
        erase=keep,
        done="kept: accounting records",
        title=_("Payouts to your stall"),
        export={
            "amount": _("Amount"),
            "account_number": _("Account number"),
            "account_holder": _("Account holder"),
            "state": _("State"),
            "created_at": _("Prepared"),
            "paid_at": _("Paid on"),
        },
    ),
)
exempt("which two admins prepared and approved payouts; proof of the four eyes, kept with the accounts", PayoutRun)
