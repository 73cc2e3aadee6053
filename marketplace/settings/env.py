"""Reads settings from the environment and says clearly which value is wrong."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent.parent
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
WEEKDAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY", "NEVER")
ORDER_NUMBER_KEY_BYTES = 16
SECRET_KEY_BYTES = 50
METRICS_TOKEN_BYTES = 16
NOTICE_SECRET_BYTES = 24
REDIS_SCHEMES = ("redis", "rediss", "unix")
# libpq gives up a server that is not there: a new connection after 5 s, an open one 15 s after its network went.
UNREACHABLE = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 15_000,
}
BROKER_SCHEMES = ("redis", "rediss", "amqp", "amqps")
_env = environ.Env()
_env.read_env(ROOT / ".env", overwrite=False)


def wrong(name: str, problem: str) -> ImproperlyConfigured:
    """The error that stops the start: the variable, what is wrong with it, where to read on."""
    return ImproperlyConfigured(f"{name} {problem} See .env.example.")


def _read(name: str, kind: str, reader: Callable[[], T]) -> T:
    try:
        return reader()
    except ImproperlyConfigured as error:
        raise wrong(name, f"cannot be used: {error}") from error
    except (ValueError, TypeError) as error:
        raise wrong(name, f"is not {kind}: {_raw(name)!r}.") from error


def _raw(name: str) -> str:
    return str(_env.ENVIRON.get(name, "")).strip()


def text(name: str, default: str | None = None) -> str:
    """A string; required, and not blank, when there is no default."""
    if default is not None:
        return str(_env.ENVIRON.get(name, default))
    if not _raw(name):
        raise wrong(name, "is missing.")
    return _raw(name)


def secret(name: str, least: int, default: str | None = None) -> str:
    """A key of at least so many bytes; it is never shown in the error. Required when there is no default."""
    value = text(name, default)
    if value and len(value.encode()) < least:
        raise wrong(name, f"is too short: {len(value.encode())} bytes, at least {least} are needed.")
    return value


def secrets(name: str, least: int) -> list[str]:
    """Comma-separated keys of at least so many bytes each, none of them shown in the error; none when not given."""
    values = words(name, [])
    if any(len(value.encode()) < least for value in values):
        raise wrong(name, f"has a key that is too short: at least {least} bytes are needed.")
    return values


def flag(name: str, default: bool) -> bool:
    """true/false, on/off, yes/no, 1/0."""
    raw = _raw(name).lower()
    if raw in ("", *(word for word in ("true", "on", "yes", "1"))):
        return True if raw else default
    if raw in ("false", "off", "no", "0"):
        return False
    raise wrong(name, f"is not yes or no (true, false): {raw!r}.")


def number(name: str, default: int) -> int:
    """A whole number, not below zero."""
    if not _raw(name):
        return default
    value = _read(name, "a whole number", lambda: int(_raw(name)))
    if value < 0:
        raise wrong(name, f"is below zero: {value}.")
    return value


def choice(name: str, known: Collection[str], default: str) -> str:
    """One of the known words, in capitals."""
    value = _raw(name).upper() or default
    if value not in known:
        raise wrong(name, f"is none of {', '.join(known)}: {value!r}.")
    return value


def words(name: str, default: list[str] | None = None) -> list[str]:
    """A comma-separated list, blanks around its words ignored; required when there is no default."""
    if not _raw(name) and default is not None:
        return default
    found = [word.strip() for word in text(name).split(",") if word.strip()]
    if not found:
        raise wrong(name, "is missing.")
    return found


def origins(name: str) -> list[str]:
    """A comma-separated list of `https://host`; a host may begin with `*.`."""
    return [_origin(name, word) for word in words(name, [])]


def site(name: str, default: str | None = None) -> str:
    """`https://host` or `http://host:port`, without a slash at the end; required when there is no default."""
    return _origin(name, _raw(name) or (default if default is not None else text(name)))


def _origin(name: str, value: str) -> str:
    parts = _read(name, "http(s)://host", lambda: urlsplit(value))
    hostname, _port = _read(name, "http(s)://host", lambda: (parts.hostname, parts.port))
    plain = value.rstrip("/") == f"{parts.scheme}://{parts.netloc}" and "@" not in value
    if parts.scheme not in ("http", "https") or not hostname or not plain:
        raise wrong(name, f"is not http(s)://host: {value!r}.")
    return value.rstrip("/")


def folder(name: str, default: str) -> str:
    """A folder; given but empty is an error, as files would land wherever the shop was started."""
    value = text(name, default).strip()
    if not value:
        raise wrong(name, "is empty; give a folder or leave it out.")
    return value


def redis(name: str) -> str:
    """The address of a Redis, or nothing."""
    value = _raw(name)
    if value and urlsplit(value).scheme not in REDIS_SCHEMES:
        raise wrong(name, "does not begin with redis://, rediss:// or unix://.")
    return value


def broker(name: str, cache: str) -> str:
    """The address of the broker that wakes workers: the cache's Redis unless told, or nothing."""
    value = _raw(name) or ("" if cache.startswith("unix:") else cache)
    if value and urlsplit(value).scheme not in BROKER_SCHEMES:
        raise wrong(name, f"begins with none of {', '.join(f'{scheme}://' for scheme in BROKER_SCHEMES)}.")
    return value


def database(name: str, default: str) -> dict[str, Any]:
    """A database address such as sqlite:////srv/shop.db or postgres://user:word@host:5432/name; empty: the default.

    What stands behind the question mark (`?sslmode=require`) is kept and wins over our own options.
    """
    address = _raw(name) or default
    config = dict(_read(name, "a database address", lambda: _env.db_url_config(address)))
    given = dict(config.get("OPTIONS", {}))
    if "sqlite" in str(config.get("ENGINE")):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            **given,
        }
    elif "postgresql" in str(config.get("ENGINE")):
        config.setdefault("CONN_MAX_AGE", 600)
        config["CONN_HEALTH_CHECKS"] = True
        # A server that is not there is found out soon; what the address says wins.
        given.setdefault("connect_timeout", 3)
        limits = f"-c lock_timeout=3000 -c statement_timeout={number('STATEMENT_TIMEOUT_MS', 10_000)}"
        config["OPTIONS"] = {**UNREACHABLE, **given, "options": f"{limits} {given.get('options', '')}".strip()}
    else:
        raise wrong(name, "begins with neither sqlite:// nor postgres://.")
    return config


def mail(name: str, default: str) -> dict[str, Any]:
    """Mail settings from an address such as smtp+tls://user:word@host:587 or filemail:///folder; empty: the default."""
    address = _raw(name) or default
    return dict(_read(name, "a mail address", lambda: _env.email_url_config(address)))
