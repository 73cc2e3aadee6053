"""The page of what a person wants to be told of: saved searches, and goods that are sold out."""

from dataclasses import dataclass

from apps.notifications.wishes import can_be_bought, wishes_of
from apps.storefront.cards import Card, cards_for
from apps.storefront.filters import chips, words_of_vendors
from apps.storefront.listing import heading
from search.models import SavedSearch
from search.saved import read_query, saved_of


@dataclass(frozen=True, slots=True)
class Offered:
    """What the person wanted to do before signing in."""

    words: str
    query: str = ""
    product_id: int = 0


@dataclass(frozen=True, slots=True)
class FollowedPage:
    """Both lists, and what is offered to be put on one of them."""

    searches: list[SavedSearch]
    waited: list[Card]
    offered: Offered | None


def followed_page(user_id: int, *, query: str = "", product_id: str = "") -> FollowedPage:
    """What a person follows, in a fixed number of queries; goods that are off sale for a while are left out."""
    searches = list(saved_of(user_id))
    waiting = list(wishes_of(user_id).values_list("product_id", flat=True))
    offered = _offered_search(query, searches) or _offered_product(product_id, waiting)
    return FollowedPage(searches, cards_for(waiting), offered)


def waits_for(user_id: int | None, product_id: int) -> bool:
    """Whether this person is told when the product is back; nobody who is not signed in is."""
    return user_id is not None and wishes_of(user_id).filter(product_id=product_id).exists()


def search_words(query: str) -> str:
    """`“mật ong” · Quảng Ninh · OCOP 5 sao`: what a search asks for, in the present language."""
    request = read_query(query)
    filters = [chip.words for chip in chips(request, words_of_vendors(request.vendors))]
    return " · ".join([heading(request), *filters] if request.q else filters)


def _offered_search(query: str, searches: list[SavedSearch]) -> Offered | None:
    wanted = read_query(query).query_string()
    if not wanted or any(saved.query == wanted for saved in searches):
        return None
    return Offered(search_words(wanted), query=wanted)


def _offered_product(product_id: str, waiting: list[int]) -> Offered | None:
    if not (product_id.isascii() and product_id.isdecimal() and len(product_id) <= 18):
        return None
    pk = int(product_id)
    if pk in waiting or can_be_bought().filter(pk=pk).exists():
        return None
    return next((Offered(card.title, product_id=pk) for card in cards_for([pk])), None)
