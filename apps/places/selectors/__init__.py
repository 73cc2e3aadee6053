"""Reading places: lists for forms, and finding one by any name that it has or had."""

from apps.places.selectors.lists import communes_of, find_province, provinces
from apps.places.selectors.old_addresses import candidates_for_old_address
from apps.places.selectors.suggestions import CommuneSuggestion, suggest_communes, suggest_old_addresses

__all__ = [
    "CommuneSuggestion",
    "candidates_for_old_address",
    "communes_of",
    "find_province",
    "provinces",
    "suggest_communes",
    "suggest_old_addresses",
]
