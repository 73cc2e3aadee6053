"""Drift between index and database is found, told and mended; and one can go back to the index before."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from apps.kernel.clock import now
from apps.kernel.memo import forget_all
from apps.shop.catalogue.models import Category, Product
from apps.shop.partner.models import StockRecord
from search.document import Document
from search.documents import documents
from search.index import comparing
from search.index import rebuild as rebuilding
from search.index import verify as verifying
from search.index.comparing import Kind
from search.index.follow import follow
from search.index.generations import NoneBefore
from search.index.models import Change, GenerationState, IndexGeneration
from search.index.rebuild import RebuildFailed, rebuild, rollback
from search.index.stores import store
from search.index.verify import verify
from search.plan import EngineAway
from search.request import PriceRange, SearchRequest
from tests.factories.catalogue import make_category, make_product

pytestmark = [pytest.mark.django_db]


def followed() -> None:
    """Everything that was noted is taken over, and readers look again."""
    while follow():
        pass
    forget_all()


def written(generation: IndexGeneration, *found: Document, dropped: tuple[int, ...] = ()) -> None:
    """Behind everybody's back."""
    writer = store(generation.engine).writer(generation.name)
    writer.put(found)
    writer.drop(dropped, generation.version + 1)
    writer.commit()
    writer.close()


def drifted(generation: IndexGeneration) -> dict[Kind, int]:
    """An index with one product too few, one too many and one wrong; returns which is which."""
    lost, stray, wrong = (make_product().pk for _ in range(3))
    followed()
    [gone] = documents([stray], generation.version + 1)
    StockRecord.objects.filter(product=stray).update(listed=False)
    followed()
    [other] = documents([wrong], generation.version + 1)
    written(generation, replace(gone, version=99), replace(other, price=1, version=99), dropped=(lost,))
    IndexGeneration.objects.filter(pk=generation.pk).update(version=100)
    return {Kind.MISSING: lost, Kind.STRAY: stray, Kind.DIFFERENT: wrong}


def test_an_index_as_it_should_be(kind: str) -> None:
    for _number in range(3):
        make_product()
    rebuild(kind)
    found = verify(kind, mend=False)
    assert (found.is_right, found.products, found.beyond) == (True, 3, "")


def test_drift_is_found_and_mended(kind: str) -> None:
    make_product()
    wrong = drifted(rebuild(kind))
    found = verify(kind, mend=False)
    assert {(drift.kind, drift.product_id) for drift in found.some} == set(wrong.items())
    assert (found.drift, Change.objects.count()) == (Counter(wrong.keys()), 0)
    assert verify(kind, mend=True).drift == found.drift
    assert set(Change.objects.values_list("product_id", flat=True)) == set(wrong.values())
    followed()
    assert verify(kind, mend=False).is_right


def test_what_is_noted_is_no_drift(kind: str) -> None:
    product = make_product()
    rebuild(kind)
    StockRecord.objects.filter(product=product).update(price=Decimal(77_000))
    assert verify(kind, mend=False).is_right


def test_a_change_while_one_looks_is_no_drift(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    product = make_product()
    rebuild(kind)
    read = verifying.every_document

    def disturbed(version: int) -> Iterator[Document]:
        yield from read(version)
        StockRecord.objects.filter(product=product).update(price=Decimal(77_000))
        followed()

    monkeypatch.setattr(verifying, "every_document", disturbed)
    assert verify(kind, mend=False).is_right


def test_another_index_takes_over_while_one_looks(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    product = make_product()
    rebuild(kind)
    read = verifying.every_document

    def disturbed(version: int) -> Iterator[Document]:
        yield from read(version)
        monkeypatch.undo()
        rebuild(kind)
        StockRecord.objects.filter(product=product).update(price=Decimal(77_000))
        followed()

    monkeypatch.setattr(verifying, "every_document", disturbed)
    found = verify(kind, mend=False)
    assert (found.is_right, found.generation) == (True, IndexGeneration.objects.get(state=GenerationState.LIVE).name)


def test_a_product_is_looked_for_in_parts_of_the_index(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "READ_AT_ONCE", 2)
    for _number in range(5):
        make_product()
    wrong = drifted(rebuild(kind))
    assert {drift.product_id for drift in verify(kind, mend=False).some} == set(wrong.values())


def test_the_clock_is_no_drift(kind: str) -> None:
    make_product()
    rebuild(kind)
    with time_machine.travel(now() + dt.timedelta(days=100)):
        assert verify(kind, mend=False).is_right


def test_a_category_that_was_read_before_its_name_changed_is_written_with_the_new_one(kind: str) -> None:
    category = make_category("Trà")
    product = make_product(category=category)
    rebuild(kind)
    assert [document.kind for document in documents([product.pk], 1)] == ["trà"]
    Category.objects.filter(pk=category.pk).update(name="Chè")
    while follow():
        pass
    forget_all()
    [document] = documents([product.pk], 1)
    assert document.kind == "chè"
    assert verify(kind, mend=False).is_right


def test_an_index_that_finds_nothing_is_not_put_into_use(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_product(title="Chả mực")
    first = rebuild(kind)
    monkeypatch.setattr(comparing, "_finds_itself", lambda _index, _document: False)
    with pytest.raises(RebuildFailed, match="their own titles"):
        rebuild(kind)
    assert IndexGeneration.objects.get(state=GenerationState.LIVE).name == first.name


def test_an_index_that_reads_back_other_documents_is_not_put_into_use(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The count alone would not see it."""
    make_product()
    make_product()
    first = rebuild(kind)
    read = rebuilding.listed
    monkeypatch.setattr(rebuilding, "listed", lambda index: ((pk, digest + 1) for pk, digest in read(index)))
    with pytest.raises(RebuildFailed, match="read back"):
        rebuild(kind)
    assert IndexGeneration.objects.get(state=GenerationState.LIVE).name == first.name


def asked(*arguments: str) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("search", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_tells_and_mends(kind: str) -> None:
    make_product()
    wrong = drifted(rebuild(kind))
    with pytest.raises(CommandError):
        asked("verify", "--check")
    lines = asked("verify").splitlines()
    assert lines[:3] == [f"{drift.value:9} {pk}" for drift, pk in sorted(wrong.items(), key=lambda each: each[1])]
    assert lines[3].endswith(": 3 products looked at, 3 differ")
    followed()
    told = json.loads(asked("verify", "--check", "--format", "json"))
    assert (told["right"], told["products"], told["drift"]) == (True, 3, {})
    [status] = [json.loads(line) for line in asked("status", "--format", "json").splitlines()]
    assert (status["state"], status["products"], status["waiting"]) == ("live", 1, 0)


def test_digests_that_are_right_do_not_make_up_for_texts_that_are_not(kind: str) -> None:
    product = make_product()
    generation = rebuild(kind)
    [right] = documents([product.pk], 99)

    class Damaged(Document):
        digest = right.digest  # type: ignore[assignment]

    values = {each.name: getattr(right, each.name) for each in fields(Document)}
    written(generation, Damaged(**values | {"title": "khác"}))
    forget_all()
    found = verify(kind, mend=False)
    assert (found.drift, found.beyond) == (Counter(), f"their own titles do not find products [{product.pk}]")


def test_many_drifts_are_counted_and_few_are_shown(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "MOST_SHOWN", 2)
    make_product()
    drifted(rebuild(kind))
    assert asked("verify").splitlines()[2] == "... and 1 more"


@pytest.mark.parametrize("how", ["lost", "of another release", "drifted too far"])
def test_what_cannot_be_mended_is_made_anew(kind: str, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_product()
    first = rebuild(kind)
    if how == "lost":
        store(kind).remove(first.name)
    elif how == "of another release":
        IndexGeneration.objects.update(schema="another")
    else:
        monkeypatch.setattr(verifying, "MOST_MENDED", 2)
        drifted(first)
    with pytest.raises(CommandError):
        asked("verify", "--check")
    assert "in use" in asked("verify")
    assert IndexGeneration.objects.get(state=GenerationState.LIVE).name != first.name
    assert verify(kind, mend=False).is_right


def prices() -> list[int]:
    """Of all goods in the index in use, the cheapest first."""
    from search.engines.current import engine
    from search.plan import Counted, Plan

    forget_all()
    index = engine()
    every = (77_000, 88_000, 99_000)

    def is_there(price: int) -> bool:
        request = SearchRequest(prices=(PriceRange(price, price),))
        return index.answer(Plan(request, counted=Counted.NONE)).total > 0

    return [price for price in every if is_there(price)]


def test_one_goes_back_to_the_index_before_and_it_holds_what_changed_since(kind: str) -> None:
    changed, gone = make_product(price=77_000), make_product(price=88_000)
    first, second = rebuild(kind), rebuild(kind)
    StockRecord.objects.filter(product=changed).update(price=Decimal(99_000))
    StockRecord.objects.filter(product=gone).update(listed=False)
    followed()
    assert rollback(kind).name == first.name
    assert dict(IndexGeneration.objects.values_list("name", "state")) == {first.name: "live", second.name: "old"}
    assert prices() == [99_000]
    assert verify(kind, mend=False).is_right
    assert not follow()


def test_what_was_gone_back_to_follows_and_lives_until_the_day_ends(kind: str) -> None:
    product = make_product(price=77_000)
    yesterday = now() - dt.timedelta(days=1)
    first = rebuild(kind)
    rebuild(kind)
    IndexGeneration.objects.update(made_at=yesterday)
    rollback(kind)
    StockRecord.objects.filter(product=product).update(price=Decimal(99_000))
    followed()
    assert (IndexGeneration.objects.get(state=GenerationState.LIVE).name, prices()) == (first.name, [99_000])
    with time_machine.travel(now() + dt.timedelta(days=1)):
        followed()
        assert IndexGeneration.objects.get(state=GenerationState.LIVE).name != first.name


def test_nothing_to_go_back_to(kind: str) -> None:
    make_product()
    rebuild(kind)
    with pytest.raises(NoneBefore):
        rollback(kind)
    rebuild(kind)
    IndexGeneration.objects.filter(state=GenerationState.OLD).update(schema="another")
    with pytest.raises(CommandError, match="no older index"):
        asked("rollback")


def test_a_way_back_that_fails_leaves_both_as_they_were(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_product()
    first, second = rebuild(kind), rebuild(kind)
    monkeypatch.setattr(rebuilding, "counted", lambda: 5)
    with pytest.raises(RebuildFailed):
        rollback(kind)
    assert dict(IndexGeneration.objects.values_list("name", "state")) == {second.name: "live", first.name: "old"}
    monkeypatch.undo()
    assert rollback(kind).name == first.name


def test_whoever_died_on_the_way_back_leaves_an_old_index(kind: str) -> None:
    product = make_product()
    first = rebuild(kind)
    rebuild(kind)
    IndexGeneration.objects.filter(pk=first.pk).update(state=GenerationState.BUILDING, lease_until="2020-01-01T00:00Z")
    Product.objects.filter(pk=product.pk).update(title="Chả cá")
    followed()
    assert IndexGeneration.objects.get(pk=first.pk).state == GenerationState.OLD
    assert not Change.objects.exists()
    assert rollback(kind).name == first.name


def test_an_engine_that_is_away_leaves_no_trace_of_a_try(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_product()

    def away(*_: object) -> bool:
        raise EngineAway("away")

    monkeypatch.setattr(type(store(kind)), "has", away)
    with pytest.raises(EngineAway):
        rebuild(kind)
    assert not IndexGeneration.objects.exists()
