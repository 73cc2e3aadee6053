"""The copy of somebody's data: asked for, made by a job, there for a few days as a private file."""

import json
import secrets
import tempfile
import zipfile
from collections.abc import Iterator
from typing import Any

from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import Field
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import DataExport, User
from apps.accounts.personal_data import Person, PersonalData, entries
from apps.accounts.policies import BETWEEN_EXPORTS, EXPORT_KEPT
from apps.accounts.private_files import private_storage
from apps.accounts.selectors import person_of
from apps.accounts.states import EXPORT_TRANSITIONS, ExportState
from apps.jobs.services import enqueue, record
from apps.jobs.transitions import transition
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.errors import DomainError


class ExportTooSoon(DomainError):
    """A copy is being made, or was made less than a day ago."""

    default_message = _("You can ask for one copy a day. The last one is in the list.")


class _Encoder(DjangoJSONEncoder):
    """JSON of whatever a column holds; what JSON has no kind for is its text."""

    def default(self, o: Any) -> Any:
        """Moments and amounts as Django writes them, phone numbers as text."""
        try:
            return super().default(o)
        except TypeError:
            return str(o)


def ask_for_export(*, user_id: int, actor: Actor) -> DataExport:
    """Ask for a copy of everything about a person; mail and list tell when it is ready. Raises ExportTooSoon."""
    try:
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).get(pk=user_id)
            if DataExport.objects.filter(user_id=user_id, requested_at__gt=now() - BETWEEN_EXPORTS).exists():
                raise ExportTooSoon
            export = DataExport.objects.create(user_id=user_id)
            record(actor=actor, verb="export.asked", obj=export)
            enqueue("privacy.export", {"export_id": export.pk})
            return export
    except IntegrityError as problem:  # an older one has not been made yet
        raise ExportTooSoon from problem


def make_export(*, export_id: int, actor: Actor) -> None:
    """Write the file and offer it until `EXPORT_KEPT` is over; a second run finds it made and does nothing."""
    export = DataExport.objects.select_related("user").filter(pk=export_id, state=ExportState.REQUESTED).first()
    if export is None:
        return
    with tempfile.TemporaryFile() as target:
        with translation.override(export.user.language):
            _write(target, export.user)
        size = target.tell()
        target.seek(0)
        path = private_storage().save(f"exports/{now():%Y/%m}/{secrets.token_urlsafe(24)}.zip", File(target))
    try:
        with transaction.atomic():
            expires_at = now() + EXPORT_KEPT
            transition(
                export,
                ExportState.READY,
                table=EXPORT_TRANSITIONS,
                actor=actor,
                file=path,
                size=size,
                ready_at=now(),
                expires_at=expires_at,
            )
            enqueue("privacy.export_ready", {"export_id": export.pk})
            enqueue("privacy.export_expire", {"export_id": export.pk}, run_at=expires_at)
    except BaseException:
        private_storage().delete(path)
        raise


@transaction.atomic
def expire_export(*, export_id: int, actor: Actor) -> None:
    """Delete the file; a second run does nothing."""
    export = DataExport.objects.filter(pk=export_id, state=ExportState.READY).first()
    if export is not None:
        enqueue("privacy.delete_files", {"paths": [export.file.name]})
        transition(export, ExportState.EXPIRED, table=EXPORT_TRANSITIONS, actor=actor, file="")


def _write(target: Any, user: User) -> None:
    """The zip: the same for machines (JSON) and for people (HTML)."""
    person = person_of(user)
    tables = [table for entry in entries() if entry.export if (table := _table(entry, person))["rows"]]
    context = {"tables": tables, "made_at": now(), "language": user.language}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        data = {table["name"]: table["records"] for table in tables}
        words = json.dumps(data, cls=_Encoder, ensure_ascii=False, indent=2)
        archive.writestr("data.json", words)
        archive.writestr("index.html", render_to_string("privacy/copy.html", context))


def _table(entry: PersonalData, person: Person) -> dict[str, Any]:
    """One table with its rows in words, and the same as records for the JSON file."""
    rows = entry.rows(person).order_by("pk").values(*entry.export)
    records = [dict(row) for row in rows]
    words = _choices(entry)
    return {
        "name": entry.model._meta.label,
        "title": str(entry.title),
        "heads": [str(label) for label in entry.export.values()],
        "records": records,
        "rows": [[words.get((name, value), value) for name, value in record.items()] for record in map(_flat, records)],
    }


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
        for name, value in record.items()
    }


def _choices(entry: PersonalData) -> dict[tuple[str, Any], str]:
    return dict(_known_choices(entry))


def _known_choices(entry: PersonalData) -> Iterator[tuple[tuple[str, Any], str]]:
    for field in entry.model._meta.get_fields():
        if isinstance(field, Field) and field.choices:
            yield from (((field.name, value), str(words)) for value, words in field.flatchoices)
