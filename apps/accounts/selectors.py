"""What a person sees about their own data."""

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from apps.accounts.models import Consent, DataExport, Erasure, User
from apps.accounts.personal_data import Person
from apps.accounts.phones import national
from apps.accounts.states import ErasureState, ExportState, Purpose


def person_of(user: User) -> Person:
    """The person with every word by which free text may name them."""
    addresses = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    words = {user.email, *addresses, user.full_name, user.phone, national(user.phone)}
    return Person(user.pk, tuple(sorted(word for word in words if word)))


def exports_of(user_id: int) -> QuerySet[DataExport]:
    """The copies that a person asked for, the newest first."""
    return DataExport.objects.filter(user_id=user_id).order_by("-requested_at", "-pk")


def ready_export(*, user_id: int, export_id: int) -> DataExport:
    """A copy that can be fetched; raises DataExport.DoesNotExist for anybody else's and for one that is gone."""
    return exports_of(user_id).get(pk=export_id, state=ExportState.READY)


def waiting_erasure(user_id: int) -> Erasure | None:
    """The erasure that can still be taken back."""
    return Erasure.objects.filter(user_id=user_id, state=ErasureState.WAITING).first()


def last_erasure(user_id: int) -> Erasure | None:
    """What the person asked for last."""
    return Erasure.objects.filter(user_id=user_id).order_by("-requested_at", "-pk").first()


def consents_of(user_id: int) -> QuerySet[Consent]:
    """Everything a person said yes or no to, the newest first."""
    return Consent.objects.filter(user_id=user_id).order_by("-at", "-pk")


def agrees(user_id: int, purpose: Purpose) -> bool:
    """Whether the newest word of a person on this purpose is yes; without any it is no."""
    newest = consents_of(user_id).filter(purpose=purpose).first()
    return newest is not None and newest.given
