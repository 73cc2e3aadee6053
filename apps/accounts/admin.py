"""Raw table of people, for operators."""

from django.contrib import admin
from django.http import HttpRequest

from apps.accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """Search by address, name or phone."""

    search_fields = ("email", "full_name", "phone")
    list_display = ("email", "full_name", "is_active", "is_staff")
    readonly_fields = ("password", "last_login")

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Refused: the audit trail names people; an account is closed by taking away `is_active`."""
        return False
