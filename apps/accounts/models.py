"""The person who signs in, known by e-mail address."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Creates people by e-mail address, stored in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who can sign in; without a password only a reset link lets them in."""
        if not email:
            raise ValueError("an e-mail address is required")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An operator with every right."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Sign-in does not care about the case of the address."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A shopper, a vendor's member or an admin (`is_staff`)."""

    email = models.EmailField(_("E-mail"), unique=True)
    full_name = models.CharField(_("Full name"), max_length=120, blank=True)
    phone = models.CharField(_("Phone"), max_length=16, blank=True)
    language = models.CharField(_("Language"), max_length=5, default="vi")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        """The name, or the address while none is known."""
        return self.full_name or self.email

    def get_short_name(self) -> str:
        """Vietnamese given names come last."""
        return self.full_name.split()[-1] if self.full_name else self.email
