"""Log lines: as text or JSON, with the request and job at hand, and without secrets and personal data."""

import logging
import re
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS, LogData
from pythonjsonlogger.json import JsonFormatter

from apps.kernel.log_context import log_context

HIDDEN = "[hidden]"
_UUID_BEGINS = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-"
# Order matters: whole headers before single values, addresses with a password before mail addresses.
_SECRETS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (r"((?:authorization|cookie)[\"']?\s*[:=]\s*).+", rf"\1{HIDDEN}"),
        (
            r"((?:password|passwd|secret|token|api_?key|sessionid|__host-)\w*[\"']?\s*[:=]\s*)"
            r"(?:\"[^\"]*\"|'[^']*'|[^\s,;&\"']+)",
            rf"\1{HIDDEN}",
        ),
        (r"(/(?:password/reset/key|confirm-email)/)[^/\s\"']+", rf"\1{HIDDEN}"),
        (r"(://)[^\s/:@]*:[^\s/@]+@", rf"\1{HIDDEN}@"),
        (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", HIDDEN),
        # Phone numbers; the id of a job may begin as one does.
        (rf"(?<![\w-])(?!{_UUID_BEGINS})(?:\+?84|0)(?:[ .-]?\d){{9,10}}(?!\w)", HIDDEN),
    )
)
# Django adds the whole request to its records.
_LEFT_OUT = [*RESERVED_ATTRS, "request"]


def redact(text: str) -> str:
    """The text without passwords, cookies, keys in addresses, mail addresses and phone numbers."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


class AddContext(logging.Filter):
    """Lets everything through and adds what is bound to the work at hand."""

    def filter(self, record: logging.LogRecord) -> bool:
        """True."""
        context = log_context()
        for name, value in context.items():
            setattr(record, name, value)
        record.context = "".join(f" [{value}]" for value in context.values() if value)
        return True


class TextFormatter(logging.Formatter):
    """One line for a person to read."""

    def format(self, record: logging.LogRecord) -> str:
        """As usual, redacted."""
        return redact(super().format(record))


class JsonLines(JsonFormatter):
    """One JSON object a line, for a log store."""

    def process_log_record(self, log_data: LogData) -> LogData:
        """As usual, redacted."""
        return {name: _redacted(value) for name, value in super().process_log_record(log_data).items()}


def _redacted(value: Any) -> Any:
    if isinstance(value, str):
        return redact(value)
    return value if isinstance(value, int | float | None) else redact(str(value))


def logging_config(form: str, level: str) -> dict[str, Any]:
    """Django's LOGGING; `form` is TEXT or JSON. Only JSON has a line for each request."""
    formatters = {
        "TEXT": {"()": TextFormatter, "format": "%(levelname)s %(name)s:%(context)s %(message)s"},
        "JSON": {
            "()": JsonLines,
            "format": "%(levelname)s %(name)s %(process)d %(message)s",
            "rename_fields": {"levelname": "level", "name": "logger"},
            "timestamp": "time",
            "reserved_attrs": [*_LEFT_OUT, "context"],
            "json_ensure_ascii": False,
        },
    }
    console = {"class": "logging.StreamHandler", "formatter": "chosen", "filters": ["context"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"context": {"()": AddContext}},
        "formatters": {"chosen": formatters[form]},
        "handlers": {"console": console},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "marketplace.request": {"level": level if form == "JSON" else "WARNING"},
            # Its lines would hold whole addresses; ours name the view.
            "gunicorn.access": {"level": "ERROR"},
            # Each request has its line there; Django's own warnings of 4xx would name the whole address once more.
            "django.request": {"level": "ERROR" if form == "JSON" else level},
            # django-axes tells of every sign-in three times; what it refuses is a warning.
            "axes": {"level": "WARNING"},
            # A line for each request to the search server.
            "elastic_transport": {"level": "WARNING"},
            "stripe": {"level": "WARNING"},
            # Two lines for each call to look for work; what work there was, the jobs' own lines say.
            **{f"celery.{name}": {"level": "WARNING"} for name in ("worker.strategy", "app.trace")},
            # What it says about its own coming and going is for JSON logs only, too.
            "gunicorn.error": {"level": "INFO" if form == "JSON" else "WARNING", "handlers": [], "propagate": True},
            # Django's own console and mail to ADMINS would say the same once more, unredacted.
            "django": {"handlers": [], "propagate": True},
        },
    }
