"""Personal data of accounts and of what lies below: sign-in, sessions, the job table, Django's own admin."""

from importlib import import_module
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Consent, DataExport, Erasure, User
from apps.accounts.personal_data import (
    Person,
    PersonalData,
    Rows,
    by_path,
    delete,
    delete_with_files,
    exempt,
    keep,
    refuse_erasure_while,
    register,
)
from apps.accounts.services import SIGN_INS
from apps.jobs.models import AuditEvent, Job
from apps.kernel.clock import now

ERASED_HOST = "erased.invalid"
"""No mail server will ever have this name (RFC 2606)."""


def _of_sessions(person: Person) -> QuerySet[Session]:
    """Sessions know their person only inside what they keep, so all of them are opened."""
    mine = str(person.user_id)
    rows = Session.objects.iterator(chunk_size=500)
    return Session.objects.filter(pk__in=[row.pk for row in rows if row.get_decoded().get(SESSION_KEY) == mine])


def _of_sign_ins(model: type[Model]) -> Rows:
    """Rows that name the account by its address."""
    return lambda person: model._default_manager.filter(username__in=person.words)


def _end_sessions(rows: QuerySet[Session]) -> list[str]:
    """Through the engine of the settings, which may keep a copy in the cache."""
    engine = import_module(settings.SESSION_ENGINE)
    for key in rows.values_list("pk", flat=True):
        engine.SessionStore(key).delete()
    return delete(rows)


def _naming(person: Person, *columns: str) -> Q:
    """Rows in whose text one of the person's words stands."""
    found = Q(pk__in=())
    for column in columns:
        for word in person.words:
            found |= Q(**{f"{column}__icontains": word})
    return found


def _of_failed_jobs(person: Person) -> QuerySet[Job]:
    return Job.objects.filter(_naming(person, "last_error"))


def _forget_errors(rows: QuerySet[Job]) -> list[str]:
    rows.update(last_error="erased: it named a person")
    return []


def _of_admin_log(person: Person) -> QuerySet[LogEntry]:
    return LogEntry.objects.filter(_naming(person, "object_repr", "change_message") | Q(user_id=person.user_id))


def _forget_log(rows: QuerySet[LogEntry]) -> list[str]:
    rows.update(object_repr="", change_message="")
    return []


def _empty_user(rows: QuerySet[User]) -> list[str]:
    """Leave a number that nobody can sign in with; orders and the audit trail point to it."""
    for user in rows:
        user.groups.clear()
        user.user_permissions.clear()
        user.email, user.full_name, user.phone = f"{user.pk}@{ERASED_HOST}", "", ""
        user.password, user.last_login, user.is_active, user.erased_at = make_password(None), None, False, now()
        user.save()
    return []


def _works_for_the_market(user_id: int) -> Any:
    if User.objects.filter(pk=user_id).filter(Q(is_staff=True) | Q(is_superuser=True)).exists():
        return _("You work for this market. Somebody else with all rights has to take yours away first.")
    return ""


_WITH_ACCOUNT = "while the account exists"

register(
    PersonalData(
        model=User,
        rows=by_path(User, "pk"),
        fields=("email", "full_name", "phone", "password", "last_login"),
        why="signing in; name and phone are filled in at checkout",
        kept=_WITH_ACCOUNT,
        erase=_empty_user,
        done="name, e-mail, phone and password replaced; the number stays for orders and the audit trail",
        title=_("Account"),
        export={
            "email": _("E-mail"),
            "full_name": _("Full name"),
            "phone": _("Phone"),
            "language": _("Language"),
            "date_joined": _("Made on"),
            "last_login": _("Last sign-in"),
        },
    ),
    PersonalData(
        model=EmailAddress,
        rows=by_path(EmailAddress, "user"),
        fields=("email",),
        why="proof that the address is the person's",
        kept=_WITH_ACCOUNT,
        erase=delete,
        done="deleted",
        title=_("E-mail addresses"),
        export={"email": _("E-mail"), "verified": _("Confirmed")},
    ),
    PersonalData(
        model=EmailConfirmation,
        rows=by_path(EmailConfirmation, "email_address__user"),
        fields=("key",),
        why="link in the mail that confirms an address",
        kept="three days",
        erase=delete,
        done="deleted",
    ),
    PersonalData(
        model=Session,
        rows=_of_sessions,
        fields=("session_data",),
        why="staying signed in",
        kept="14 days after the last sign-in",
        erase=_end_sessions,
        done="deleted on all devices",
    ),
    PersonalData(
        model=UserSession,
        rows=by_path(UserSession, "user"),
        fields=("ip", "user_agent"),
        why="the list of places where the person is signed in, to end what is not theirs",
        kept="as long as the session",
        erase=delete,
        done="deleted",
        title=_("Where you are signed in"),
        export={"created_at": _("When"), "ip": _("Address"), "user_agent": _("Browser")},
    ),
    *(
        PersonalData(
            model=model,
            rows=_of_sign_ins(model),
            fields=("username", "ip_address", "user_agent"),
            why="counting wrong passwords, so that nobody can go on guessing",
            kept="until the next good sign-in, a month at most",
            erase=delete,
            done="deleted",
        )
        for model in SIGN_INS
    ),
    PersonalData(
        model=Consent,
        rows=by_path(Consent, "user"),
        fields=("purpose", "given"),
        why="proof of what the person agreed to, when and to which text (Law 91/2025/QH15)",
        kept="as long as the account, then without a name",
        erase=keep,
        done="kept as a proof that names nobody",
        title=_("What you agreed to"),
        export={
            "purpose": _("Purpose"),
            "given": _("Agreed"),
            "version": _("Version of the text"),
            "language": _("Language"),
            "place": _("Where"),
            "at": _("When"),
        },
    ),
    PersonalData(
        model=DataExport,
        rows=by_path(DataExport, "user"),
        fields=("file",),
        why="the copy that the person asked for",
        kept="seven days",
        erase=delete_with_files("file"),
        done="deleted with the file",
        title=_("Copies of your data"),
        export={"requested_at": _("Asked for on"), "expires_at": _("Deleted on")},
    ),
    PersonalData(
        model=Erasure,
        rows=by_path(Erasure, "user"),
        fields=("state",),
        why="the wish to be forgotten and what became of it",
        kept="for good: it proves that the erasure was done",
        erase=keep,
        done="kept as a proof that names nobody",
        title=_("Wishes to be forgotten"),
        export={"requested_at": _("Asked for on"), "due_at": _("Due on"), "state": _("State")},
    ),
    PersonalData(
        model=LogEntry,
        rows=_of_admin_log,
        fields=("object_repr", "change_message"),
        why="what operators changed in raw tables",
        kept="for good, without the words",
        erase=_forget_log,
        done="words emptied",
    ),
    PersonalData(
        model=Job,
        rows=_of_failed_jobs,
        fields=("last_error",),
        why="what went wrong, for operators; a mail server's refusal can name an address. `args` hold numbers only",
        kept="until the job is done or laid aside",
        erase=_forget_errors,
        done="the message is replaced where it names the person",
    ),
    PersonalData(
        model=AuditEvent,
        rows=by_path(AuditEvent, "actor"),
        fields=("actor",),
        why="who decided what; the database refuses to change or delete it",
        kept="for good",
        erase=keep,
        done="kept: it holds the number of the account and names of fields, no name, address or phone",
        title=_("What you did"),
        export={"at": _("When"), "verb": _("What"), "object_type": _("Concerning")},
    ),
)
exempt("rights of operators; emptied with the account", User.groups.through, User.user_permissions.through)
refuse_erasure_while(_works_for_the_market)
