"""The basket of a request: a signed cookie knows its id and its number of items, so that pages show the count unasked.

A second signed cookie remembers the orders placed or found in this browser until it is closed: their pages open for it.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from apps.shop.basket.models import Basket, Line
from apps.shop.basket.services import open_basket

COOKIE = f"{settings.COOKIE_PREFIX}basket"
MAX_AGE = 60 * 24 * 3600
ORDERS_COOKIE = f"{settings.COOKIE_PREFIX}orders"
_SALT = "storefront.basket"
_ORDERS_SALT = "storefront.orders"
_MOST_ORDERS = 10


@dataclass(frozen=True, slots=True)
class BasketCookie:
    """What the cookie says: which basket, and how many items were in it when it was last changed."""

    basket_id: int
    count: int


def read(request: HttpRequest) -> BasketCookie | None:
    """The basket's cookie, or None when there is none or somebody changed it; no query."""
    raw = request.COOKIES.get(COOKIE)
    if raw is None:
        return None
    try:
        basket_id, count = signing.Signer(salt=_SALT).unsign(raw).split(":")
        return BasketCookie(int(basket_id), int(count))
    except (signing.BadSignature, ValueError):
        return None


def write(response: HttpResponse, basket: Basket | None, *, units: int | None = None) -> None:
    """Remember the basket and its number of items (counted here unless given); an empty one, or none, is forgotten."""
    count = units_in(basket) if basket is not None and units is None else units
    if basket is None or not count:
        forget(response)
        return
    value = signing.Signer(salt=_SALT).sign(f"{basket.pk}:{count}")
    response.set_cookie(
        COOKIE, value, max_age=MAX_AGE, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def forget(response: HttpResponse) -> None:
    """Let the browser drop the basket's cookie."""
    response.delete_cookie(COOKIE, samesite="Lax")


def keep_private(response: HttpResponse) -> None:
    """A page that shows something of one shopper must not be given to another one by a cache."""
    patch_vary_headers(response, ["Cookie"])
    patch_cache_control(response, private=True)


def user_id_of(request: HttpRequest) -> int | None:
    """The person who is signed in; the session is not asked when the browser has none."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user.pk if request.user.is_authenticated else None


def current(request: HttpRequest) -> Basket | None:
    """The open basket of the person or of the browser; None when there is none."""
    cookie = read(request)
    return open_basket(user_id=user_id_of(request), basket_id=cookie.basket_id if cookie else None)


def units_in(basket: Basket) -> int:
    """Units in the basket and in what is set aside from it: the number in the header."""
    # Baskets first, then their lines: an OR over the joined tables would read both as a whole.
    own_or_aside = Basket.objects.filter(Q(pk=basket.pk) | Q(parked_for=basket, status=Basket.SAVED))
    return int(Line.objects.filter(basket__in=own_or_aside.values("pk")).aggregate(units=Sum("quantity"))["units"] or 0)


def opened_orders(request: HttpRequest) -> list[str]:
    """Numbers of the orders that this browser may open, the newest first."""
    raw = request.COOKIES.get(ORDERS_COOKIE)
    if raw is None:
        return []
    try:
        return [str(number) for number in signing.loads(raw, salt=_ORDERS_SALT)]
    except signing.BadSignature:
        return []


def open_order(request: HttpRequest, response: HttpResponse, number: str) -> None:
    """Let this browser open the page of an order until it is closed."""
    numbers = [number, *(known for known in opened_orders(request) if known != number)][:_MOST_ORDERS]
    response.set_cookie(
        ORDERS_COOKIE,
        signing.dumps(numbers, salt=_ORDERS_SALT),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
