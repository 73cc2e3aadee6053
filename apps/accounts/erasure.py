"""Forgetting somebody: asked for, taken back within a week, else done by a job.

What the law wants kept is kept without the person; the register (personal_data.py) says what that means for each table.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Erasure, User
from apps.accounts.personal_data import erase_everywhere, obstacles_for
from apps.accounts.policies import ERASURE_WAIT
from apps.accounts.selectors import person_of
from apps.accounts.states import ERASURE_TRANSITIONS, ErasureState
from apps.jobs.services import enqueue, record
from apps.jobs.transitions import transition
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.errors import DomainError


class ErasureRefused(DomainError):
    """Something stands against it; the message says what."""


class AlreadyAsked(DomainError):
    """It waits already."""

    default_message = _("Your account is waiting to be erased already.")


def ask_for_erasure(*, user_id: int, actor: Actor) -> Erasure:
    """Erase the person in a week unless they take it back. Raises ErasureRefused with the reasons, or AlreadyAsked."""
    try:
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).get(pk=user_id)
            if reasons := obstacles_for(user_id):
                raise ErasureRefused(" ".join(reasons))
            erasure = Erasure.objects.create(user_id=user_id, due_at=now() + ERASURE_WAIT)
            record(actor=actor, verb="erasure.asked", obj=erasure)
            enqueue("privacy.erasure_asked", {"erasure_id": erasure.pk})
            enqueue("privacy.erase", {"erasure_id": erasure.pk}, run_at=erasure.due_at)
            return erasure
    except IntegrityError as problem:
        raise AlreadyAsked from problem


@transaction.atomic
def withdraw_erasure(*, erasure: Erasure, actor: Actor) -> Erasure:
    """Stay after all; raises IllegalTransition when it is done already."""
    return transition(erasure, ErasureState.WITHDRAWN, table=ERASURE_TRANSITIONS, actor=actor, ended_at=now())


@transaction.atomic
def erase(*, erasure_id: int, actor: Actor) -> None:
    """Erase the person now, or refuse when something has come between; an erasure that does not wait is left alone.

    Files are deleted by a job of their own, which this transaction writes: none outlives the rows that named it.
    """
    erasure = Erasure.objects.get(pk=erasure_id)
    # The person's row first, as everybody locks who writes for a person.
    user = User.objects.select_for_update().get(pk=erasure.user_id)
    erasure.refresh_from_db()
    if erasure.state != ErasureState.WAITING:
        return
    if obstacles_for(user.pk):
        transition(erasure, ErasureState.REFUSED, table=ERASURE_TRANSITIONS, actor=actor, ended_at=now())
        enqueue("privacy.erasure_refused", {"erasure_id": erasure.pk})
        return
    paths = erase_everywhere(person_of(user))
    transition(erasure, ErasureState.DONE, table=ERASURE_TRANSITIONS, actor=actor, ended_at=now())
    if paths:
        enqueue("privacy.delete_files", {"paths": paths})
