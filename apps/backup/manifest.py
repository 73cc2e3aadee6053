"""The list of what is in a backup, with the checksums that prove it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from apps.backup.errors import BackupError

FORMAT = 1
NAME = "manifest.json"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Table:
    """How many rows a table has, and the SHA-256 of all of them in the order of their keys."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class File:
    """Size of a file in bytes, and its SHA-256."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `files` is by storage and path; `missing` names files that rows point to and nobody has.

    `key` is a fingerprint of ORDER_NUMBER_KEY, which is a secret and therefore not in the backup.
    """

    made_at: str
    vendor: str
    key: str
    migrations: list[list[str]]
    database: File
    tables: dict[str, Table]
    files: dict[str, dict[str, File]]
    missing: list[str]

    def write(self, folder: Path) -> None:
        """Write manifest.json, with a checksum over itself."""
        body = {"format": FORMAT, **asdict(self)}
        sealed = {"sha256": _seal(body), **body}
        (folder / NAME).write_text(json.dumps(sealed, indent=1, ensure_ascii=False), encoding="utf-8")


def read(folder: Path) -> Manifest:
    """The manifest of a backup; raises BackupError when there is none, or not one of ours, or a damaged one."""
    try:
        body = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError as problem:
        raise BackupError(f"{folder} is no backup: it has no {NAME}.") from problem
    except (OSError, ValueError) as problem:
        raise BackupError(f"{folder / NAME} cannot be read: {problem}.") from problem
    if not isinstance(body, dict) or "format" not in body:
        raise BackupError(f"{folder / NAME} is no manifest of this shop's backups.")
    if body.pop("sha256", None) != _seal(body):
        raise BackupError(f"{folder / NAME} is damaged: its checksum does not fit.")
    if body.pop("format") != FORMAT:
        raise BackupError(f"{folder} was written by another version of this command; this one reads format {FORMAT}.")
    return _parsed(body)


def file_facts(path: Path) -> File:
    """Size and checksum of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return File(size, digest.hexdigest())


def _parsed(body: dict[str, Any]) -> Manifest:
    files = {
        storage: {_inside(path): File(**facts) for path, facts in paths.items()}
        for storage, paths in body["files"].items()
    }
    tables = {name: Table(**facts) for name, facts in body["tables"].items()}
    return Manifest(**{**body, "database": File(**body["database"]), "tables": tables, "files": files})


def _inside(path: str) -> str:
    """The path, unless it would lead out of its folder."""
    parts = PurePosixPath(path).parts
    if not parts or parts[0] == "/" or ".." in parts:
        raise BackupError(f"The manifest names a file outside its folder: {path!r}.")
    return path


def _seal(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
