"""Personal data of notifications: the list of a person."""

from django.utils.translation import gettext_lazy as _

from apps.accounts.personal_data import PersonalData, by_path, delete, register
from apps.notifications.models import Notification

register(
    PersonalData(
        model=Notification,
        rows=by_path(Notification, "user"),
        fields=("user", "facts"),
        why="telling people what happened; the proof of a mail holds no address",
        kept="180 days after it was read",
        erase=delete,
        done="deleted",
        title=_("Notifications"),
        export={"created_at": _("When"), "event": _("What"), "facts": _("Facts")},
    )
)
