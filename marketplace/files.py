"""Files on this machine's disk that are there whole or not at all, and what people read when the disk is full."""

import errno
import secrets
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils.translation import gettext_lazy as _

from apps.kernel.errors import DomainError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class DiskFull(DomainError):
    """The disk has no room for another file; everything that needs none goes on."""

    default_message = _(
        "We have no room for files at the moment, so this one was not kept. Orders go on. Try again in an hour; "
        "if it fails again, tell us."
    )


class WholeFileStorage(FileSystemStorage):
    """Writes under a hidden name first: a file cut short by a crash or a full disk never gets its real one.

    Pictures are named by their content and not written twice, so half a file would stay for good. Raises DiskFull.
    """

    def _save(self, name: str, content: File[Any]) -> str:
        half = str(Path(name).with_name(f".{secrets.token_hex(8)}"))
        try:
            super()._save(half, content)  # type: ignore[misc]  # the stubs leave out what subclasses override
            Path(self.path(half)).replace(self.path(name))
        except OSError as problem:
            self.delete(half)
            if problem.errno in _FULL:
                raise DiskFull from problem
            raise
        return name
