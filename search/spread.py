"""No vendor fills the first page: at most three goods of one come before those of others."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from search.plan import Hit

OF_ONE_VENDOR: Final = 3
LOOKED_THROUGH: Final = 96  # the first four pages; further ones stay as they are


def spread(hits: Sequence[Hit], page_size: int) -> list[Hit]:
    """The same hits, on each page at most three of a vendor while others wait; the best of each stay in their order."""
    waiting, found = list(hits), list[Hit]()
    while waiting:
        page, rest, seen = list[Hit](), list[Hit](), Counter[int]()
        for hit in waiting:
            if len(page) < page_size and seen[hit.vendor_id] < OF_ONE_VENDOR:
                seen[hit.vendor_id] += 1
                page.append(hit)
            else:
                rest.append(hit)
        # With too few vendors the page is filled up with what is left.
        missing = page_size - len(page)
        found += page + rest[:missing]
        waiting = rest[missing:]
    return found
