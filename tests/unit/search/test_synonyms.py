"""Groups of synonyms: what a good one is, keeping them, and that an edit holds without a new index."""

import pytest
from django.utils import translation

from apps.jobs.models import AuditEvent
from apps.kernel.actor import Actor
from apps.kernel.memo import forget_all
from search.models import SynonymGroup
from search.request import SearchRequest
from search.synonyms import BadGroup, check_group, delete_group, groups_in_use, save_group, shipped
from search.understanding import understand

pytestmark = pytest.mark.usefixtures("known_words")
SYSTEM = Actor.system()


def alternatives(q: str) -> list[str]:
    forget_all()
    term = understand(SearchRequest(q=q)).terms[0]
    return [" ".join(token.accented for token in phrase) for phrase in term.alternatives]


def test_the_shipped_groups_are_there_and_good() -> None:
    groups = list(shipped())
    assert len(groups) == len(groups_in_use()) == SynonymGroup.objects.count()
    assert {with_accents for _, with_accents in groups} == {True, False}
    for group in SynonymGroup.objects.all():
        assert check_group(group.phrases, with_accents=group.with_accents, group=group) == group.phrases


@pytest.mark.parametrize(
    ("text", "with_accents", "wrong"),
    [
        ("cá trèn", True, "A group has 2 to 12 phrases, parted by commas."),
        (",".join(f"cá {number}" for number in range(13)), True, "A group has 2 to 12 phrases, parted by commas."),
        ("cá trèn, !!", True, "“!!” has no letter."),
        (
            "cá trèn, một hai ba bốn năm sáu bảy",
            True,
            "“một hai ba bốn năm sáu bảy” is too long: a phrase has at most 6 words.",
        ),
        ("cá trèn, CÁ  TRÈN", True, "“CÁ TRÈN” is there twice."),
        ("cá trèn, lợn", True, "“lợn” is in another group already: heo, lợn."),
        ("hoà bánh, hòa bánh", True, "“hòa bánh” is there twice."),
        ("ca tren, cá leo", False, "“cá leo” has accents; a group for words typed without them is written without."),
        ("dua, trai thom vang", False, "“dua” alone means too many things without accents; use two words or more."),
    ],
)
def test_a_bad_group_is_refused_with_what_is_wrong(text: str, with_accents: bool, wrong: str) -> None:
    with translation.override("en"), pytest.raises(BadGroup) as refused:
        save_group(actor=SYSTEM, phrases=text, with_accents=with_accents)
    with translation.override("en"):
        assert str(refused.value) == wrong


def test_what_is_wrong_is_said_in_vietnamese_too() -> None:
    with pytest.raises(BadGroup) as refused:
        check_group("cá trèn, lợn", with_accents=True)
    assert str(refused.value) == "“lợn” đã có trong nhóm khác: heo, lợn."


def test_a_word_that_is_no_syllable_may_stand_alone_without_accents() -> None:
    assert check_group("sapochee,  hong xiem xanh", with_accents=False) == "sapochee, hong xiem xanh"


def test_an_edit_holds_for_the_next_search() -> None:
    assert alternatives("cá trèn") == ["cá"]
    group = save_group(actor=SYSTEM, phrases="cá trèn, cá leo", with_accents=True)
    assert alternatives("cá trèn") == ["cá trèn", "cá leo"]
    group = save_group(actor=SYSTEM, phrases="cá trèn, cá leo, cá nheo", with_accents=True, group=group)
    assert alternatives("cá trèn") == ["cá trèn", "cá leo", "cá nheo"]
    delete_group(actor=SYSTEM, group=group)
    assert alternatives("cá trèn") == ["cá"]
    events = AuditEvent.objects.filter(object_type="search.SynonymGroup").order_by("pk")
    assert [(event.verb, event.before, event.after) for event in events] == [
        ("search.synonyms.add", {}, {"phrases": "cá trèn, cá leo", "with_accents": True}),
        (
            "search.synonyms.change",
            {"phrases": "cá trèn, cá leo", "with_accents": True},
            {"phrases": "cá trèn, cá leo, cá nheo", "with_accents": True},
        ),
        ("search.synonyms.delete", {"phrases": "cá trèn, cá leo, cá nheo", "with_accents": True}, {}),
    ]


def test_searches_do_not_ask_the_database_each_time(django_assert_num_queries: object) -> None:
    understand(SearchRequest(q="trà"))
    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture without types
        understand(SearchRequest(q="trà quảng ninh fish sauce"))
