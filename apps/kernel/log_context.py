"""What every line of the log says about the work at hand: the request, the job."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})
_context: ContextVar[Mapping[str, str]] = ContextVar("log_context", default=_NOTHING)


def log_context() -> Mapping[str, str]:
    """What is bound at the moment, such as `request_id`, `job_id` and `job_kind`."""
    return _context.get()


@contextmanager
def bound(**values: str) -> Iterator[None]:
    """Add to the context for as long as the block runs."""
    token = _context.set({**_context.get(), **values})
    try:
        yield
    finally:
        _context.reset(token)
