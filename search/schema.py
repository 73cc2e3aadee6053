"""The digest of everything that decides what an index looks like: another one needs another index."""

import hashlib
from typing import Final

from search.document import DIGEST, FACETS, ORDERS, PRICE, QUALITY
from search.plan import Field

# Grows when texts are analysed in another way, or documents hold something else under the same names.
_EDITION: Final = 8

SCHEMA: Final = hashlib.sha256(
    repr((_EDITION, sorted(Field), sorted(FACETS.items()), sorted(ORDERS.items()), PRICE, QUALITY, DIGEST)).encode()
).hexdigest()
