"""The one way a state changes: locked, checked against its table, written and audited."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from apps.jobs.services import record
from apps.kernel.actor import Actor
from apps.kernel.errors import DomainError

M = TypeVar("M", bound=models.Model)


class IllegalTransition(DomainError):
    """The object is in a state from which the wanted one cannot be reached."""


def transition(
    instance: M,
    to: str,
    *,
    table: Mapping[str, frozenset[str]],
    actor: Actor,
    reason: str = "",
    expect: Mapping[str, object] | None = None,
    **changes: Any,
) -> M:
    """Lock the row, check the table, write state and `changes`, append the audit event.

    `expect` names columns that must still have these values: the state a step starts from, or what the person who
    decides has seen. Returns the fresh row. Raises IllegalTransition when somebody else was quicker.
    """
    with transaction.atomic():
        # Keys never change here, and a stronger lock would wait for every order that points to the row.
        row: M = type(instance)._default_manager.select_for_update(no_key=True).get(pk=instance.pk)
        before = str(row.state)  # type: ignore[attr-defined]  # a model with a table has a state
        stale = any(getattr(row, name) != value for name, value in (expect or {}).items())
        if stale or to not in table.get(before, frozenset()):
            raise IllegalTransition(_("This was decided meanwhile; the page shows the present state."))
        row.state = to  # type: ignore[attr-defined]  # a model with a table has a state
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(update_fields=["state", *changes])
        record(
            actor=actor,
            verb=f"{row._meta.model_name}.{to}",
            obj=row,
            before={"state": before},
            after={"state": to},
            reason=reason,
        )
    return row
