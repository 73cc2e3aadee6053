"""Writes of a person's account."""

import datetime as dt

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.db import transaction

from apps.accounts.models import Consent, User
from apps.accounts.policies import NOTICE_VERSION
from apps.accounts.states import Place, Purpose
from apps.jobs.services import record
from apps.kernel.actor import Actor

# Where django-axes writes who tried to sign in.
SIGN_INS = (AccessAttempt, AccessFailureLog, AccessLog)


@transaction.atomic
def update_profile(*, user_id: int, actor: Actor, full_name: str, phone: str, language: str) -> User:
    """Change name, phone (E.164) and language of mails; the audit event names the fields, not their words."""
    user = User.objects.select_for_update().get(pk=user_id)
    wanted = {"full_name": full_name, "phone": phone, "language": language}
    changed = [name for name, value in wanted.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, wanted[name])
    if changed:
        user.save(update_fields=changed)
        record(actor=actor, verb="profile.update", obj=user, after={"fields": changed})
    return user


@transaction.atomic
def say(*, user_id: int, actor: Actor, purpose: Purpose, given: bool, language: str, place: Place) -> Consent:
    """Log a yes or a no to a purpose, with the version of the privacy page that was shown; nothing is overwritten."""
    consent = Consent.objects.create(
        user_id=user_id, purpose=purpose, given=given, version=NOTICE_VERSION, language=language, place=place
    )
    record(actor=actor, verb="consent.said", obj=consent, after={"purpose": str(purpose), "given": given})
    return consent


@transaction.atomic
def forget_sign_ins(*, before: dt.datetime) -> int:
    """Delete failed sign-ins that are older, and where somebody was signed in once that session is gone; how many."""
    counts: list[int] = [model.objects.filter(attempt_time__lt=before).delete()[0] for model in SIGN_INS]
    over = UserSession.objects.filter(last_seen_at__lt=before).exclude(session_key__in=Session.objects.values("pk"))
    counts.append(over.delete()[0])
    return sum(counts)
