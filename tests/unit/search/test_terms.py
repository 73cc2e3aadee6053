"""What must be found for the words of a query: synonyms, English names, words that were taken back."""

import csv
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.demo import rows
from apps.kernel.vietnamese import fold
from search.request import LONGEST_QUERY, SearchRequest
from search.syllables import may_be_syllable
from search.text import Token, tokens
from search.understanding import NoteKind, Term, understand
from search.understanding.english import FILE, singular
from search.understanding.terms import MOST_TERMS

pytestmark = pytest.mark.usefixtures("known_words")
GOODS = Path(rows.__file__).parent / "data" / "demo_products.csv"


def written(term: Term) -> list[str]:
    """The alternatives; one that is known without accents only in capitals."""
    return [" ".join(token.accented or token.folded.upper() for token in phrase) for phrase in term.alternatives]


def meant(q: str, keep: tuple[str, ...] = ()) -> list[list[str]]:
    return [written(term) for term in understand(SearchRequest(q=q), keep=keep).terms]


@pytest.mark.parametrize(
    ("q", "terms"),
    [
        ("chả mực", [["chả"], ["mực"]]),
        ("trà hải hà", [["trà", "chè"], ["hải"], ["hà"]]),
        ("thịt heo", [["thịt heo", "thịt lợn"]]),
        ("Thịt  HEO", [["thịt heo", "thịt lợn"]]),
        ("heo", [["heo", "lợn"]]),
        ("trà hoa vàng ba chẽ", [["trà hoa vàng", "chè hoa vàng", "kim hoa trà"], ["ba"], ["chẽ"]]),
        ("hoà thịt heo", [["hòa"], ["thịt heo", "thịt lợn"]]),
        ("thit heo", [["thit heo", "THIT LON"]]),
        ("mực 1 nắng", [["mực 1 nắng", "mực một nắng"]]),
        ("gạo 0,5 kg", [["gạo"], ["500g"]]),
        ("chả chả mực", [["chả"], ["mực"]]),
        ("!?", []),
    ],
)
def test_words_and_what_means_the_same(q: str, terms: list[list[str]]) -> None:
    assert meant(q) == terms


@pytest.mark.parametrize("q", ["dua", "me", "lon", "bo", "tra", "lac", "chen"])
def test_one_word_without_accents_means_too_much_for_synonyms(q: str) -> None:
    assert meant(q) == [[q]]


def test_groups_without_accents_are_for_queries_without() -> None:
    assert meant("ca phe") == [["ca phe", "CAFE", "CA FE", "COFFEE"]]
    assert meant("ca phe ngọt") == [["ca"], ["phe"], ["ngọt"]]


def test_synonyms_do_not_reach_over_what_became_a_filter() -> None:
    assert meant("thịt dưới 200k heo") == [["thịt"], ["heo", "lợn"]]


@pytest.mark.parametrize(
    ("q", "terms"),
    [
        ("fish sauce", [["fish sauce", "nước mắm"]]),
        ("Fish-Sauce phú quốc", [["fish sauce", "nước mắm"], ["phú"], ["quốc"]]),
        ("squid cakes", [["squid cakes", "chả mực"]]),
        ("lychees", [["lychees", "vải thiều", "vải", "trái vải", "quả vải"]]),
        ("rice noodles", [["rice noodles", "bún", "mì", "hủ tiếu"]]),
        ("tea", [["tea", "trà", "chè"]]),
        ("orange", [["orange", "cam"]]),
        ("shan tuyet tea", [["shan tuyet tea", "trà shan tuyết", "chè shan tuyết"]]),
    ],
)
def test_english_names_find_the_vietnamese_ones(q: str, terms: list[list[str]]) -> None:
    assert meant(q) == terms


def test_an_english_name_is_noted_and_can_be_taken_back() -> None:
    found = understand(SearchRequest(q="Fish Sauce"))
    assert [(note.kind, note.words, note.key, note.value) for note in found.notes] == [
        (NoteKind.ENGLISH, "Fish Sauce", None, "nước mắm")
    ]
    kept = understand(SearchRequest(q="Fish Sauce").keeping("Fish Sauce"))
    assert (kept.notes, [written(term) for term in kept.terms]) == ((), [["fish"], ["sauce"]])


def test_words_to_keep_are_in_no_phrase() -> None:
    assert meant("thịt heo rừng", keep=("heo rừng",)) == [["thịt"], ["heo"], ["rừng"]]


def test_whether_a_term_was_typed_with_accents() -> None:
    found = understand(SearchRequest(q="trà cam"))
    assert [term.typed_with_accents for term in found.terms] == [True, False]


def test_a_long_query_has_twelve_terms() -> None:
    found = understand(SearchRequest(q=" ".join("abcdefghiklmnop")))
    assert [written(term) for term in found.terms] == [[letter] for letter in "abcdefghiklmnop"[:MOST_TERMS]]


def english() -> list[tuple[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [(row["english"], row["vietnamese"]) for row in csv.DictReader(file)]


def test_no_english_word_alone_is_a_vietnamese_one_without_accents() -> None:
    """`mat` is `mật`, `hat` is `hạt`: such a word needs another beside it."""
    assert [name for name, _ in english() if may_be_syllable(name)] == []


def test_the_english_list_is_in_order() -> None:
    assert len(english()) > 250
    assert len(set(english())) == len(english())
    assert [name for name, _ in english() if not name.replace("'", "").replace(" ", "").isascii()] == []
    assert [singular(word) for word in ("cakes", "mangoes", "berries", "peaches", "boxes", "glass", "tea", "gas")] == [
        "cake", "mango", "berry", "peach", "box", "glass", "tea", "gas",
    ]  # fmt: skip


def test_every_kind_of_the_demo_has_an_english_name() -> None:
    """Each product has a phrase of the list in its title, so that English words can lead to it."""
    names = {tuple(token.accented for token in tokens(name)) for _, name in english()}
    nameless = []
    with GOODS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = [token.accented for token in tokens(f"{row['title']} {row['category']}")]
            if not any(tuple(words[at : at + n]) in names for at in range(len(words)) for n in (1, 2, 3, 4)):
                nameless.append(row["title"])
    assert nameless == []


def test_a_title_never_filters_its_own_product_away() -> None:
    from apps.places.models import Province

    slugs = dict(Province.objects.values_list("code", "slug"))
    lost = []
    with GOODS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for q in (row["title"], fold(row["title"])):
                asked = understand(SearchRequest(q=q)).request
                chosen = [pair for pair in asked.chosen if pair[1] != slugs[row["province_code"]]]
                if chosen:
                    lost.append((q, chosen))
    assert lost == []


def kept_words(q: str) -> tuple[list[Token], list[Token]]:
    """The tokens that were typed, and those of the terms and notes."""
    found = understand(SearchRequest(q=q))
    terms = [token for term in found.terms for token in term.alternatives[0]]
    return list(tokens(q)), terms + [token for note in found.notes for token in tokens(note.words)]


WORDS_TYPED = (
    "chả mực quảng ninh hoà bình 5 sao 4-5 ocop dưới 200k 200 - nghìn 1 triệu tháng 11 kg 0,5 500g thịt heo trà fish "
    "sauce in season may đặc sản tỉnh từ đến còn hàng , . 1.000đ nua lit hue đang vào mùa"
)
WORDS = st.sampled_from(WORDS_TYPED.split())
AT_EASE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)


@AT_EASE
@given(st.text(max_size=LONGEST_QUERY), st.lists(st.text(max_size=9), max_size=3))
def test_nothing_that_is_typed_breaks_the_reading(q: str, keep: list[str]) -> None:
    understand(SearchRequest.read({"q": [q], "nguyen-van": keep}), keep=keep)
    understand(SearchRequest(q=q), keep=keep)


@AT_EASE
@given(st.lists(WORDS, max_size=MOST_TERMS).map(" ".join))
def test_no_word_is_lost(q: str) -> None:
    typed, found = kept_words(q)
    assert set(typed) <= set(found) or len(typed) > MOST_TERMS


@AT_EASE
@given(st.text(alphabet="0123456789.,kgl đsaotháng-\u0300", max_size=24))
def test_no_number_is_lost(q: str) -> None:
    typed, found = kept_words(q)
    assert set(typed) <= set(found) or len(typed) > MOST_TERMS


def test_reading_a_hostile_query_is_quick() -> None:
    understand(SearchRequest(q="trà"))  # tables are read once
    for q in ("200-" * 30, "từ 4 sao " * 13, "tháng 1 " * 15, "quảng ninh " * 11, "1.000." * 20, "a" * 120):
        begun = time.process_time()
        understand(SearchRequest(q=q[:LONGEST_QUERY]))
        assert time.process_time() - begun < 0.25
