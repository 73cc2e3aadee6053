"""HTML that is drawn once for the same data: kept in the process under a digest of it, so it is never old."""

from collections.abc import Callable

from django.core.cache import caches
from django.utils.translation import get_language

from apps.kernel.clock import today
from apps.kernel.digest import digest

KEPT_SECONDS = 3600


def drawn_once(store: str, draw: Callable[[], str], *data: object) -> str:
    """What `draw` makes of the data, the language and the day; nothing else may show. `store` is a name of CACHES."""
    kept, key = caches[store], digest(get_language(), today(), *data)
    html: str | None = kept.get(key)
    if html is None:
        html = draw()
        kept.set(key, html, KEPT_SECONDS)
    return html
