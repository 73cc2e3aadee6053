"""Raw table of people, for operators."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.sites.models import Site
from django.http import HttpRequest, HttpResponse

from apps.accounts.models import User

# Who holds these decides what everybody else may do.
RIGHTS = ("is_superuser", "is_staff", "groups", "user_permissions")

# The one site follows from SITE_URL; deleting it would break every mail. Sign-ins are for their person only.
admin.site.unregister([Site, UserSession])


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """Search by address, name or phone; close an account. Rights are given by superusers only."""

    search_fields = ("email", "full_name", "phone")
    list_display = ("email", "full_name", "is_active", "is_staff")
    exclude = ("password",)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Changes, of rights among them, ask for the admin's password once more."""
        guarded = reauthentication_required(allow_get=True)(super().changeform_view)
        response: HttpResponse = guarded(request, *args, **kwargs)
        return response

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Rights are shown, and not set, to those who do not have them all."""
        return ("last_login",) if _is_superuser(request) else ("last_login", *RIGHTS)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """As granted; but a superuser's address is the way to their password, so only superusers change it."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or _is_superuser(request))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Refused: the audit trail names people; an account is closed by taking away `is_active`."""
        return False


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))
