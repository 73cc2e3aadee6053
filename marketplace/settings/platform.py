"""Who runs the marketplace, as Decree 52/2013 (articles 29 and 36) asks it to be named in the footer."""

from marketplace.settings import env

Platform = dict[str, str]

_SAMPLE: Platform = {
    "company": "Công ty Sản Vật (dữ liệu minh hoạ)",
    "tax_code": "5799900019",
    "address": "Phường Hồng Gai, Tỉnh Quảng Ninh",
    "phone": "1900 0000",
    "email": "hotro@sanvat.example",
    "registration_number": "5799900019",
    "registration_date": "05/01/2026",
    "registration_issuer": "Sở Tài chính tỉnh Quảng Ninh",
    "trading_floor": "",
}


def platform(*, demo: bool) -> Platform:
    """What the footer and the mails say; outside the demo nothing is invented, and what is not given is left out."""
    sample = _SAMPLE if demo else dict.fromkeys(_SAMPLE, "")
    return {
        # Not empty in the demo: pages say then that their goods and this operator are invented.
        "sample": "yes" if demo else "",
        "name": env.text("PLATFORM_NAME", "Sản Vật"),
        "company": env.text("PLATFORM_COMPANY", sample["company"]),
        "tax_code": env.text("PLATFORM_TAX_CODE", sample["tax_code"]),
        "address": env.text("PLATFORM_ADDRESS", sample["address"]),
        "phone": env.text("PLATFORM_PHONE", sample["phone"]),
        "email": env.text("PLATFORM_EMAIL", sample["email"]),
        # Business registration: number, day and who issued it.
        "registration_number": env.text("PLATFORM_REGISTRATION_NUMBER", sample["registration_number"]),
        "registration_date": env.text("PLATFORM_REGISTRATION_DATE", sample["registration_date"]),
        "registration_issuer": env.text("PLATFORM_REGISTRATION_ISSUER", sample["registration_issuer"]),
        # The ministry's confirmation of the trading floor (online.gov.vn).
        "trading_floor": env.text("PLATFORM_TRADING_FLOOR", sample["trading_floor"]),
    }
