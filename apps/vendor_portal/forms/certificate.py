"""The claim of an OCOP certificate."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from apps.places.forms import TextField
from apps.provenance.services import CertificateData
from apps.provenance.states import CertificateLevel
from apps.vendors.papers import BadPaper, UploadedPaper, check_paper, read_papers

STARS = [(3, "3"), (4, "4"), (5, "5")]


class CertificateForm(forms.Form):
    """What the paper says; a reviewer compares it with the province's register."""

    stars = forms.TypedChoiceField(
        label=_("Stars"), choices=STARS, coerce=int, error_messages={"required": _("Choose the number of stars.")}
    )
    number = TextField(
        label=_("Certificate number"), max_length=40, error_messages={"required": _("Write the certificate's number.")}
    )
    decision_number = TextField(
        label=_("Decision number"),
        max_length=60,
        help_text=_("Such as 2361/QĐ-UBND."),
        error_messages={"required": _("Write the number of the decision.")},
    )
    level = forms.ChoiceField(label=_("Level"), choices=CertificateLevel.choices, initial=CertificateLevel.PROVINCE)
    issuer = TextField(
        label=_("Issued by"),
        max_length=160,
        help_text=_("Such as UBND tỉnh Quảng Ninh."),
        error_messages={"required": _("Write who issued it.")},
    )
    holder = TextField(
        label=_("Holder"), max_length=160, error_messages={"required": _("Write whose name is on the certificate.")}
    )
    valid_from = forms.DateField(
        label=_("Day of the decision"),
        help_text=_("The certificate holds for 36 months from this day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day of the decision."), "invalid": _("Write the day as 01/12/2025.")},
    )
    scan = forms.FileField(
        label=_("Scan or photo"),
        required=False,
        help_text=_(
            "PDF or photo, 10 MB at most. Without it the check takes longer. Once the certificate is verified, "
            "everybody can see the scan on the product's page: cover what is private."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,image/jpeg,image/png,image/webp"}),
    )

    def clean_scan(self) -> UploadedPaper | None:
        """The scan, known to be a paper."""
        file: UploadedFile[Any] | None = self.cleaned_data["scan"]
        if file is None:
            return None
        try:
            (paper,) = read_papers([file])
            check_paper(paper)
        except BadPaper as problem:
            raise forms.ValidationError(str(problem)) from problem
        return paper

    def data_for_service(self) -> CertificateData:
        """The claim, from a valid form."""
        return CertificateData(**self.cleaned_data)
