"""Personal data of notifications: the list of a person, and what they want to be told of."""

from django.utils.translation import gettext_lazy as _

from apps.accounts.personal_data import PersonalData, by_path, delete, register
from apps.notifications.models import Notification, StockWish

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
    ),
    PersonalData(
        model=StockWish,
        rows=by_path(StockWish, "user"),
        fields=("user", "product"),
        why="telling the person when goods that were sold out can be bought again",
        kept="until the person was told or takes it back, a year at most",
        erase=delete,
        done="deleted",
        title=_("Goods that you wait for"),
        export={"created_at": _("When"), "product__title": _("Product")},
    ),
)
