"""Reads settings from the environment and says clearly which value is wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import environ
from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent.parent
_env = environ.Env()
_env.read_env(ROOT / ".env", overwrite=False)


def _read(name: str, kind: str, reader: Callable[[], T]) -> T:
    try:
        return reader()
    except ImproperlyConfigured as error:
        raise ImproperlyConfigured(f"{name}: {error} See .env.example.") from error
    except (ValueError, TypeError) as error:
        raw = _env.ENVIRON.get(name, "")
        raise ImproperlyConfigured(f"{name}={raw!r} is not {kind}. See .env.example.") from error


def text(name: str, default: str | None = None) -> str:
    """A string; required when there is no default."""
    if default is None:
        return _read(name, "a text", lambda: str(_env.str(name)))
    return str(_env.ENVIRON.get(name, default))


def flag(name: str, default: bool) -> bool:
    """true/false, on/off, yes/no, 1/0."""
    raw = str(_env.ENVIRON.get(name, "")).strip().lower()
    if raw in ("", *(word for word in ("true", "on", "yes", "1"))):
        return True if raw else default
    if raw in ("false", "off", "no", "0"):
        return False
    raise ImproperlyConfigured(f"{name}={raw!r} is not yes or no (true, false). See .env.example.")


def number(name: str, default: int) -> int:
    """A whole number."""
    return _read(name, "a whole number", lambda: int(_env.int(name, default)))


def words(name: str, default: list[str]) -> list[str]:
    """A comma-separated list."""
    return _read(name, "a comma-separated list", lambda: list(_env.list(name, default=default)))


def database(name: str, default: str) -> dict[str, Any]:
    """A database address such as sqlite:////srv/shop.db or postgres://user:word@host:5432/name; empty: the default."""
    address = str(_env.ENVIRON.get(name, "")) or default
    config = dict(_read(name, "a database address", lambda: _env.db_url_config(address)))
    if "sqlite" in str(config.get("ENGINE")):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    elif "postgresql" in str(config.get("ENGINE")):
        config.setdefault("CONN_MAX_AGE", 600)
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = {"options": "-c lock_timeout=3000 -c statement_timeout=10000"}
    else:
        raise ImproperlyConfigured(f"{name}: only sqlite and postgres are supported. See .env.example.")
    return config


def mail(name: str, default: str) -> dict[str, Any]:
    """Mail settings from an address such as smtp+tls://user:word@host:587 or filemail:///folder."""
    return dict(_read(name, "a mail address", lambda: _env.email_url(name, default=default)))
