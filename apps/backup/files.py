"""The files of a backup: everything in the storages that are folders of this machine."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.db.models import FileField

from apps.backup.manifest import File, file_facts

# Built anew by every installation.
_NOT_KEPT = ("staticfiles",)
# Beside the files that it will replace, on the same volume, so that putting them in place is a rename.
_STAGE = ".restore"


def folders() -> dict[str, Path]:
    """Name and folder of every storage of files on this machine."""
    found = {name: storages[name] for name in settings.STORAGES if name not in _NOT_KEPT}
    return {name: Path(store.location) for name, store in found.items() if isinstance(store, FileSystemStorage)}


def elsewhere() -> list[str]:
    """Names of the storages that are no folder here: whoever keeps them keeps their copies."""
    return [name for name in settings.STORAGES if name not in _NOT_KEPT and name not in folders()]


def paths_in(folder: Path) -> Iterator[str]:
    """Every file below a folder, hidden ones (half-written, staged) left out."""
    for place, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield (Path(place) / name).relative_to(folder).as_posix()


def copy(target: Path) -> None:
    """Copy what is not there yet (a file never changes under its name); one that vanishes meanwhile is left out."""
    for name, folder in folders().items():
        for path in paths_in(folder):
            copied = target / name / path
            if not copied.exists():
                copied.parent.mkdir(parents=True, exist_ok=True)
                _copy(folder / path, copied)


def facts(target: Path) -> dict[str, dict[str, File]]:
    """Size and checksum of every copied file, by storage and path."""
    return {name: {path: file_facts(target / name / path) for path in paths_in(target / name)} for name in folders()}


def columns() -> Iterator[tuple[str, str, str]]:
    """(table, column, storage) of every column that holds the path of a file."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                # Django's default storage is a proxy, and so none of these objects itself.
                name = next((name for name in settings.STORAGES if storages[name] is field.storage), "default")
                yield model._meta.db_table, str(field.column), name


def stage(source: Path, files: dict[str, dict[str, File]]) -> None:
    """Copy the files of a backup to the volumes where they belong, without touching what is there."""
    for name, paths in files.items():
        for path in paths:
            staged = folders()[name] / _STAGE / path
            staged.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name / path, staged)


def put_in_place(files: dict[str, dict[str, File]]) -> None:
    """Move the staged files to their places and remove every other one."""
    for name, folder in folders().items():
        wanted = files.get(name, {})
        for path in wanted:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / _STAGE / path).replace(folder / path)
        for path in set(paths_in(folder)) - wanted.keys():
            (folder / path).unlink()
        shutil.rmtree(folder / _STAGE, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    half = target.with_name(f".{target.name}")
    try:
        shutil.copyfile(source, half)
    except FileNotFoundError:
        half.unlink(missing_ok=True)
        return
    half.replace(target)
