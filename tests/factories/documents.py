"""Documents of an index that no database knows, and requests to ask for them."""

from typing import Any

from hypothesis import strategies as st

from search.document import Document
from search.prices import PRICE_STEPS
from search.request import PriceRange, SearchRequest, Sort, month_value
from search.values import PRODUCERS, RATINGS, TRAITS

CATEGORIES = (("thuc-pham",), ("thuc-pham", "tra"), ("thuc-pham", "tra", "tra-xanh"), ("thu-cong",))
PROVINCES = ("quang-ninh", "hue", "ca-mau")
VENDORS = ("nha-mot", "nha-hai", "nha-ba")
PRICES = (1, 99_999, 100_000, 100_001, 299_999, 300_000, 1_000_000, 5_000_000)
WORDS = ("chả", "mực", "trà", "hạ", "long")


def make_document(number: int, **fields: Any) -> Document:
    """A document; texts without accents follow from those with them."""
    values: dict[str, Any] = {
        "id": number,
        "version": 1,
        "vendor_id": number % 3 + 1,
        "title": f"chả mực {number}",
        "kind": "hải sản",
        "names": "",
        "body": "",
        "codes": (f"ds{number}",),
        "category": CATEGORIES[0],
        "province": PROVINCES[0],
        "place": 0,
        "stars": 4,
        "vendor": VENDORS[number % 3],
        "month": (month_value(0),),
        "price": 100_000,
        "available": 5,
        "rating": 0.0,
        "producer": "hop-tac-xa",
        "trait": (),
        "quality": 1.0,
        **fields,
    }
    from apps.kernel.vietnamese import fold

    folded = {f"{name}_f": fold(values[name]) for name in ("title", "kind", "names", "body")}
    return Document(**folded | values)


@st.composite
def documents(draw: st.DrawFn) -> list[Document]:
    """Up to 25 documents."""
    months = st.sets(st.integers(1, 12), max_size=4)
    found = []
    for number in range(1, draw(st.integers(0, 25)) + 1):
        of = sorted(draw(months))
        found.append(
            make_document(
                number,
                category=draw(st.sampled_from(CATEGORIES)),
                province=draw(st.sampled_from(PROVINCES)),
                stars=draw(st.sampled_from((0, 3, 4, 5))),
                vendor=draw(st.sampled_from(VENDORS)),
                month=tuple(month_value(month) for month in of or [0]),
                price=draw(st.sampled_from(PRICES)),
                available=draw(st.integers(0, 2)),
                rating=draw(st.sampled_from((0.0, 2.9, 3.0, 3.5, 4.0, 4.25, 5.0))),
                producer=draw(st.sampled_from(tuple(PRODUCERS.values()))),
                trait=tuple(draw(st.sets(st.sampled_from(TRAITS)))),
            )
        )
    return found


@st.composite
def requests(draw: st.DrawFn) -> SearchRequest:
    """Filters and an exact order, without words."""
    prices = (*PRICE_STEPS, PriceRange(100_000, 100_000), PriceRange(0, 99_999))

    def some(values: Any, most: int = 2) -> tuple[Any, ...]:
        return tuple(draw(st.lists(st.sampled_from(values), unique=True, max_size=most)))

    return SearchRequest(
        categories=some([path[-1] for path in CATEGORIES]),
        provinces=some(PROVINCES),
        stars=some((3, 4, 5)),
        vendors=some(VENDORS),
        prices=some(prices),
        months=some(range(13)),
        in_stock=draw(st.booleans()),
        ratings=some(RATINGS),
        producers=some(tuple(PRODUCERS.values())),
        traits=some(TRAITS),
        sort=draw(st.sampled_from([sort for sort in Sort if sort is not Sort.RELEVANCE])),
    )
