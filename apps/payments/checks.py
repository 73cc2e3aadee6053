"""What `manage.py check`, and with it every migration, finds wrong about the market's bank account."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from apps.kernel.money import dong
from apps.payments.vietqr_code import BadTransferCode, payload


@register
def account_fits_into_a_code(**kwargs: Any) -> list[CheckMessage]:
    """An account that is set can be named in a VietQR code, and has a holder."""
    if not settings.VIETQR_ACCOUNT_NUMBER:
        return []
    account = {"bank_bin": settings.VIETQR_BANK_BIN, "account": settings.VIETQR_ACCOUNT_NUMBER}
    try:
        payload(**account, amount=dong(1), purpose="SV")
    except BadTransferCode as problem:
        return [Error(f"VIETQR_BANK_BIN, VIETQR_ACCOUNT_NUMBER: {problem}", id="payments.E001")]
    if not settings.VIETQR_ACCOUNT_NAME:
        return [Error("VIETQR_ACCOUNT_NAME is missing: shoppers compare the holder's name.", id="payments.E002")]
    return []
