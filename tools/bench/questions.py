"""What is asked of a search that is measured: words of goods with filters, lists without words, words with a typo."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from apps.demo.rows import goods_rows
from apps.kernel.vietnamese import fold
from apps.places.selectors.known import known_provinces
from search.request import PriceRange, SearchRequest, Sort


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request, and one of them by chance."""

    name: str
    make: Callable[[Random], SearchRequest]


def _words(chance: Random) -> str:
    """The first two syllables of a title, without accents."""
    return " ".join(fold(chance.choice(goods_rows()).title).split()[:2])


def _main(chance: Random) -> SearchRequest:
    """Words, four filters, all counts."""
    provinces = chance.sample([province.slug for province in known_provinces().ordered], 3)
    return SearchRequest(
        q=_words(chance),
        provinces=tuple(provinces),
        stars=(3, 4, 5),
        prices=(PriceRange(0, 1_000_000),),
        in_stock=True,
    )


def _browse(chance: Random) -> SearchRequest:
    return SearchRequest(stars=(chance.choice((3, 4)),), in_stock=True, sort=chance.choice((Sort.NEWEST, Sort.STARS)))


def _typo(chance: Random) -> SearchRequest:
    """A letter is missing."""
    words = _words(chance)
    place = chance.randrange(len(words) // 2, len(words))
    return SearchRequest(q=words[:place] + words[place + 1 :])


KINDS = (
    Kind("words, four filters", _main),
    Kind("words", lambda chance: SearchRequest(q=_words(chance))),
    Kind("list without words", _browse),
    Kind("typo", _typo),
)


def questions(kind: Kind, count: int, seed: int) -> Iterator[SearchRequest]:
    """So many requests, the same ones every time."""
    chance = Random(seed)
    return (kind.make(chance) for _ in range(count))


def beginnings(count: int, seed: int) -> list[str]:
    """So many beginnings of titles, of two letters and more, half of them without accents."""
    chance = Random(seed)
    titles = (chance.choice(goods_rows()).title for _ in range(count))
    cut = [title[: chance.randint(2, 12)].strip() for title in titles]
    return [fold(text) if number % 2 else text for number, text in enumerate(cut)]
