"""Raw table of people, for operators."""

from django.contrib import admin

from apps.accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """Search by address, name or phone."""

    search_fields = ("email", "full_name", "phone")
    list_display = ("email", "full_name", "is_active", "is_staff")
    readonly_fields = ("password", "last_login")
