"""Django's admin over raw tables: to look things up; changes go through services, which check, lock and audit."""

from typing import TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

M = TypeVar("M", bound=Model)


class LookUpAdmin(admin.ModelAdmin[M]):
    """A table that can be searched and read, and not be written."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refused: a row comes from a service."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Refused: a service changes it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Refused: other rows and the audit trail name it."""
        return False
