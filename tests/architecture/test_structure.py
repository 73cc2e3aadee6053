"""The shape of the code: who may import whom, what may point where, how long things may be."""

import ast
import configparser
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import Model
from importlinter.cli import lint_imports

from tools import sizes

# Spelled in parts: this file is searched, too.
MACHINE_PATH = re.compile("/" + r"(?:work|root|home/\w+)/")
TEXTS = {".py", ".html", ".txt", ".md", ".js", ".css", ".toml", ".yml", ".csv", ".po", ""}
FOLDERS = ("apps", "search", "marketplace", "fakes", "tools", "tests", "templates", "docs", "locale", "frontend/src")


def _levels() -> dict[str, int]:
    """Package to its height, from the layers contract of import-linter: 0 is the top."""
    contract = configparser.ConfigParser()
    contract.read(sizes.ROOT / ".importlinter")
    lines = contract["importlinter:contract:layers"]["layers"].split("\n")
    return {name: height for height, line in enumerate(lines) for name in re.findall(r"[\w.]+", line)}


def _package(model: type[Model]) -> str:
    return ".".join(model.__module__.split(".")[:2])


def _upward_keys(levels: dict[str, int]) -> Iterator[str]:
    """Foreign keys from one of our models to one that stands higher or beside it."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete else None
            if not isinstance(target, type) or target._meta.label == settings.AUTH_USER_MODEL:
                continue
            here, there = _package(model), _package(target)
            if here != there and {here, there} <= levels.keys() and levels[there] <= levels[here]:
                yield f"{model._meta.label}.{field.name} -> {target._meta.label}"


def test_imports_keep_their_contracts() -> None:
    assert lint_imports(config_filename=str(sizes.ROOT / ".importlinter"), no_cache=True, no_logo=True) == 0


def test_foreign_keys_never_point_up() -> None:
    assert list(_upward_keys(_levels())) == []


def test_the_key_check_sees_keys() -> None:
    upside_down = {name: -height for name, height in _levels().items()}
    assert "vendors.Membership.vendor -> vendors.Vendor" not in list(_upward_keys(upside_down))
    assert "listings.Listing.product -> catalogue.Product" in list(_upward_keys(upside_down))


def test_every_app_of_ours_has_a_place_among_the_layers() -> None:
    names = [config.name for config in apps.get_app_configs() if config.name.startswith("apps.")]
    ours = {".".join(name.split(".")[:2]) for name in names}
    assert ours - _levels().keys() == set()


def test_files_and_functions_stay_short() -> None:
    assert sizes.faults() == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [str(path) for path in sizes.sources() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert silent == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def test_nothing_names_a_folder_of_one_machine() -> None:
    paths = [path for folder in FOLDERS for path in (sizes.ROOT / folder).rglob("*")] + list(sizes.ROOT.glob("[!.]*"))
    texts = [path for path in paths if path.is_file() and path.suffix in TEXTS]
    assert len(texts) > 100
    assert [str(path) for path in texts if MACHINE_PATH.search(path.read_text("utf-8"))] == []


def test_the_front_end_lock_names_no_registry() -> None:
    assert '"resolved"' not in (sizes.ROOT / "frontend" / "package-lock.json").read_text("utf-8")


def test_the_image_holds_what_it_runs() -> None:
    kept = (sizes.ROOT / ".dockerignore").read_text("utf-8").split()
    assert {"!apps", "!gunicorn.conf.py", "!locale", "!manage.py", "!marketplace", "!search", "!templates"} <= set(kept)


def test_every_variable_is_documented() -> None:
    settings_files = (sizes.ROOT / "marketplace" / "settings").glob("*.py")
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', "".join(path.read_text("utf-8") for path in settings_files)))
    documented = re.findall(r"^#?([A-Z_]+)=", (sizes.ROOT / ".env.example").read_text("utf-8"), flags=re.MULTILINE)
    assert read - set(documented) == set()
