"""What a search box offers while somebody types."""

from search.suggesting.mixing import MOST, suggestions
from search.suggesting.row import Kind, Row

__all__ = ["MOST", "Kind", "Row", "suggestions"]
