"""What `manage.py check`, and with it every migration, finds missing before shoppers do."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

_NEEDED = ("company", "tax_code", "address", "phone", "email", "registration_number")


@register
def operator_is_named(**kwargs: Any) -> list[CheckMessage]:
    """Warn while the footer does not name who runs the marketplace (Decree 52/2013, article 29)."""
    missing = [f"PLATFORM_{name.upper()}" for name in _NEEDED if not settings.PLATFORM[name]]
    if not missing:
        return []
    words = f"The footer and the help pages do not say who runs the shop: {', '.join(missing)}."
    return [Warning(words, hint="The law asks for it; see .env.example.", id="storefront.W001")]
