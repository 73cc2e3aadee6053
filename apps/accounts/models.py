"""The person who signs in, known by e-mail address, and what they decided about their data."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.accounts.private_files import private_storage
from apps.accounts.states import ErasureState, ExportState, Place, Purpose
from apps.kernel.clock import now


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
    # When nothing but the number was left of this person.
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

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
        if self.erased_at:
            return str(_("Erased person"))
        return self.full_name or self.email

    def get_short_name(self) -> str:
        """Vietnamese given names come last."""
        return self.full_name.split()[-1] if self.full_name else self.email


class Consent(models.Model):
    """One yes or no, never changed: the newest of a purpose counts. `version` names the privacy page that was shown."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=16, choices=Purpose)
    given = models.BooleanField()
    version = models.CharField(max_length=16)
    language = models.CharField(max_length=5)
    place = models.CharField(max_length=16, choices=Place)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="consent_purpose_known"),
            models.CheckConstraint(condition=Q(place__in=Place.values), name="consent_place_known"),
        )
        indexes = (models.Index(fields=["user", "purpose", "-at"], name="consent_newest"),)

    def __str__(self) -> str:
        return f"{self.purpose}: {'yes' if self.given else 'no'}"


class DataExport(models.Model):
    """A copy of all that is kept about a person: a private file that is there for a few days."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    state = models.CharField(max_length=16, choices=ExportState, default=ExportState.REQUESTED)
    file = models.FileField(storage=private_storage, blank=True)
    size = models.PositiveIntegerField(default=0)
    requested_at = models.DateTimeField(default=now)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=ExportState.values), name="export_state_known"),
            models.UniqueConstraint(fields=["user"], condition=Q(state="requested"), name="export_one_at_a_time"),
        )

    def __str__(self) -> str:
        return f"export {self.pk}"


class Erasure(models.Model):
    """Somebody's wish to be forgotten; it can be taken back until it is due."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="erasures")
    state = models.CharField(max_length=16, choices=ErasureState, default=ErasureState.WAITING)
    requested_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=ErasureState.values), name="erasure_state_known"),
            models.UniqueConstraint(fields=["user"], condition=Q(state="waiting"), name="erasure_one_at_a_time"),
        )

    def __str__(self) -> str:
        return f"erasure {self.pk}"
