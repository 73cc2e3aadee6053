"""Jobs about people's own data and their sessions; each may run twice."""

import datetime as dt
from typing import Any

from django.core.management import call_command

from apps.accounts.erasure import erase
from apps.accounts.exports import expire_export, make_export
from apps.accounts.private_files import private_storage
from apps.accounts.services import forget_sign_ins
from apps.jobs.registry import handles, scheduled
from apps.kernel.actor import Actor
from apps.kernel.clock import now


@handles("privacy.export")
def on_export(args: dict[str, Any]) -> None:
    """Make the copy that somebody asked for."""
    make_export(export_id=args["export_id"], actor=Actor.system())


@handles("privacy.export_expire")
def on_export_expire(args: dict[str, Any]) -> None:
    """Take the copy away again."""
    expire_export(export_id=args["export_id"], actor=Actor.system())


@handles("privacy.erase")
def on_erase(args: dict[str, Any]) -> None:
    """Erase whoever has not taken it back."""
    erase(erasure_id=args["erasure_id"], actor=Actor.system())


@handles("privacy.delete_files")
def on_delete_files(args: dict[str, Any]) -> None:
    """Delete private files that no row names any more; what is gone already is no error."""
    for path in args["paths"]:
        private_storage().delete(path)


@scheduled("sessions.clear", every=dt.timedelta(days=1))
def on_sessions_clear(args: dict[str, Any]) -> None:
    """Delete the sessions that have run out."""
    call_command("clearsessions")


@scheduled("sign_ins.forget", every=dt.timedelta(days=1))
def on_sign_ins_forget(args: dict[str, Any]) -> None:
    """Forget failed sign-ins after a month, and where somebody was signed in once the session is over."""
    forget_sign_ins(before=now() - dt.timedelta(days=30))
