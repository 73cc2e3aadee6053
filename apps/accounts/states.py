"""States of what people ask about their own data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ExportState(TextChoices):
    """A copy of somebody's data."""

    REQUESTED = "requested", _("Being made")
    READY = "ready", _("Ready")
    EXPIRED = "expired", _("Deleted")


class ErasureState(TextChoices):
    """The wish to be forgotten."""

    WAITING = "waiting", _("Waiting")
    WITHDRAWN = "withdrawn", _("Taken back")
    REFUSED = "refused", _("Not possible yet")
    DONE = "done", _("Erased")


EXPORT_TRANSITIONS: dict[str, frozenset[str]] = {
    ExportState.REQUESTED: frozenset({ExportState.READY}),
    ExportState.READY: frozenset({ExportState.EXPIRED}),
    ExportState.EXPIRED: frozenset(),
}
ERASURE_TRANSITIONS: dict[str, frozenset[str]] = {
    ErasureState.WAITING: frozenset({ErasureState.WITHDRAWN, ErasureState.REFUSED, ErasureState.DONE}),
    ErasureState.WITHDRAWN: frozenset(),
    ErasureState.REFUSED: frozenset(),
    ErasureState.DONE: frozenset(),
}


class Purpose(TextChoices):
    """What somebody may agree to; everything else is done to fulfil a contract or a law, without asking."""

    MARKETING = "marketing", _("News and offers by e-mail")
    VENDOR_CHECK = "vendor_check", _("Checking the papers of a vendor")


class Place(TextChoices):
    """Where somebody said yes or no."""

    SIGN_UP = "sign_up", _("when making the account")
    ACCOUNT = "account", _("in the account")
    APPLICATION = "application", _("in the application to sell")
