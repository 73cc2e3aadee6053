"""What visitors do: read pages, fill a basket, order, work on the order board."""

from collections.abc import Callable
from dataclasses import dataclass

from tools.bench.browser import Answer, Browser, hidden_fields

CHECKOUT = "/thanh-toan/"


@dataclass(frozen=True, slots=True)
class Visit:
    """Something to measure: a name for the report, one step of a visitor, and what makes a visitor ready for it."""

    name: str
    step: Callable[[Browser], object]
    prepare: Callable[[Browser], object] = lambda browser: None
    anonymous: bool = True
    # Whether strangers may share what is drawn for one of them; without it every visit reads everything.
    shared: bool = True


@dataclass(frozen=True, slots=True)
class Places:
    """Addresses and ids of this shop that the visits go to."""

    category: str
    main_category: str
    product: str
    product_ids: tuple[int, int, int]  # of two vendors
    commune_code: str
    province_code: str
    session: str  # of a vendor's owner


def visits(places: Places) -> list[Visit]:
    """Everything that is measured, in the order of the report."""
    first, *_others = places.product_ids

    def buy(browser: Browser) -> Answer:
        return order_all(browser, places)

    return [
        *_strangers("home", "/"),
        *_strangers("category", places.category),
        *_strangers("main_category", places.main_category),
        *_strangers("product", places.product),
        *_strangers("search", "/tim-kiem/?q=m%E1%BA%AFm"),
        *_strangers("search_all", "/tim-kiem/"),
        Visit("basket", reading("/gio-hang/"), lambda browser: fill_basket(browser, places), anonymous=False),
        Visit("basket_add", lambda browser: add(browser, first), anonymous=False),
        Visit("checkout_3_lines", buy, anonymous=False),
        Visit("order_board", reading("/ban-hang/don-hang/"), signing_in(places.session), anonymous=False),
    ]


def _strangers(name: str, path: str) -> list[Visit]:
    """Readers without cookies: many at one address, and as if each were alone."""
    return [Visit(name, reading(path)), Visit(f"{name}, each alone", reading(path), shared=False)]


def reading(path: str) -> Callable[[Browser], object]:
    """Read one page."""
    return lambda browser: browser.get(path)


def signing_in(session: str) -> Callable[[Browser], object]:
    """Come with the cookie of a session that exists."""
    return lambda browser: browser.cookies.update({"__Host-session": session})


def add(browser: Browser, product_id: int) -> None:
    """Put one unit into a new basket."""
    browser.become_another()
    put(browser, product_id)


def fill_basket(browser: Browser, places: Places) -> None:
    """Three lines of two vendors."""
    for product_id in places.product_ids:
        put(browser, product_id)


def order_all(browser: Browser, places: Places) -> Answer:
    """A guest's whole way: add three products, look at the basket, open the checkout, order."""
    browser.become_another()
    fill_basket(browser, places)
    browser.get("/gio-hang/")
    return browser.post(CHECKOUT, filled_checkout(browser, places.province_code, places.commune_code))


def filled_checkout(browser: Browser, province_code: str, commune_code: str) -> dict[str, str]:
    """The form of the checkout as a guest sends it, the fee for the place seen before."""
    where = {"province": province_code, "commune": commune_code, "street": "Số 12"}
    who = {"name": "Nguyễn Thị Hoa", "phone": "0912345678", "payment_method": "cod"}
    form = {**hidden_fields(browser.get(CHECKOUT)), **where, **who}
    priced = browser.post(CHECKOUT, {**form, "action": "communes"}, expect=(200,))
    return {**form, **hidden_fields(priced.text)}


def put(browser: Browser, product_id: int) -> None:
    """Put one unit into the basket."""
    browser.post("/gio-hang/them/", {"product_id": str(product_id), "quantity": "1"})
