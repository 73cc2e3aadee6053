"""nDCG@10 against values worked out by hand, and the gate that is built on it."""

import math

import pytest

from tests.relevance.baseline import Baseline, faults
from tests.relevance.harness import Report, Scored, evaluate
from tests.relevance.judgements import CLASSES, Judgement, judgements
from tests.relevance.metrics import dcg, mean, ndcg

# Gains of the grades 3, 2, 1 are 7, 3, 1; the places 1 to 4 divide by 1, 1.58496, 2, 2.32193.
GRADES = {"A": 3, "B": 2, "C": 1}
BEST = 7 + 3 / 1.5849625 + 1 / 2


def test_the_sum_of_discounted_gains() -> None:
    assert dcg([3, 2, 1]) == pytest.approx(9.3927893)
    assert dcg([0, 0, 0, 1]) == pytest.approx(0.4306766)
    assert dcg([]) == 0.0


@pytest.mark.parametrize(
    ("found", "score"),
    [
        (["A", "B", "C"], 1.0),
        (["A", "B", "C", "X", "Y"], 1.0),
        (["B", "A", "C"], (3 + 7 / 1.5849625 + 0.5) / BEST),
        (["C", "B", "A"], (1 + 3 / 1.5849625 + 7 / 2) / BEST),
        (["X", "A"], 7 / 1.5849625 / BEST),
        (["A"], 7 / BEST),
        (["A", "A", "B"], (7 + 3 / 2) / BEST),
        (["X", "Y"], 0.0),
        ([], 0.0),
    ],
)
def test_an_order_is_measured_against_the_best_one(found: list[str], score: float) -> None:
    assert ndcg(found, GRADES) == pytest.approx(score, abs=1e-6)


def test_only_the_first_ten_count() -> None:
    others = [f"X{number}" for number in range(10)]
    assert ndcg([*others, "A"], GRADES) == 0.0
    assert ndcg([*others[:9], "A"], {"A": 3}) == pytest.approx(1 / math.log2(11))
    # Of twelve good ones, ten fill the page.
    many = {f"G{number}": 3 for number in range(12)}
    assert ndcg(list(many)[2:], many) == 1.0


def test_where_nothing_is_wanted_nothing_is_right() -> None:
    assert ndcg([], {}) == 1.0
    assert ndcg(["A"], {}) == 0.0


def test_the_mean_of_nothing_is_nothing() -> None:
    assert mean([]) == 0.0
    assert mean([1.0, 0.5]) == 0.75


ASKED = [
    Judgement("one", "plain", {"DS0001": 3}),
    Judgement("two", "plain", {"DS0002": 3}),
    Judgement("none", "nonsense", {}),
]


def _report() -> Report:
    answers = {"one": ["DS0001"], "two": ["DS0001"], "none": ["DS0003"]}
    return evaluate(lambda query: answers[query], ASKED)


def test_a_report_has_the_means_and_the_worst_queries() -> None:
    report = _report()
    assert report.overall == pytest.approx(1 / 3)
    assert report.classes == {"plain": 0.5, "nonsense": 0.0}
    assert [one.judgement.query for one in report.worst(5)] == ["two", "none"]


def test_a_report_reads_as_a_table() -> None:
    lines = _report().table().splitlines()
    assert lines[1].split() == ["plain", "2", "0.5000", "1"]
    assert lines[3].split() == ["overall", "3", "0.3333", "2"]
    assert "      got    0 Chả mực giã tay Hạ Long" in lines
    assert "      wanted 3 Chả mực viên Hạ Long" in lines
    assert "      wanted nothing" in lines


@pytest.mark.parametrize(
    ("overall", "plain", "wrong"),
    [
        (0.81, 0.93, []),
        (0.80, 0.93, []),
        (0.79, 0.93, ["overall"]),
        (0.9, 0.86, ["plain"]),
        (0.7, 0.5, ["overall", "plain"]),
    ],
)
def test_the_gate_lets_little_through(overall: float, plain: float, wrong: list[str]) -> None:
    kept = Baseline(overall=0.81, classes={"plain": 0.90})
    # Queries that make up these means: one of the class, one of another.
    scores = [("plain", plain), ("place", 2 * overall - plain)]
    report = Report(tuple(Scored(Judgement("q", kind, {"DS0001": 3}), (), score) for kind, score in scores))
    assert [fault.partition(":")[0] for fault in faults(report, kept)] == wrong


def test_a_class_that_is_gone_is_a_fault() -> None:
    report = Report((Scored(ASKED[0], (), 1.0),))
    assert faults(report, Baseline(overall=1.0, classes={"typo": 0.4})) == ["typo: 0.0000, was 0.4000"]


def test_the_judged_queries_are_well_formed() -> None:
    asked = judgements()
    assert len(asked) >= 170
    assert len({one.query for one in asked}) == len(asked)
    assert {one.kind for one in asked} == set(CLASSES)
    assert {grade for one in asked for grade in one.grades.values()} == {1, 2, 3}
    assert all(one.grades for one in asked if one.kind not in {"code", "nonsense"})
    assert not any(one.grades for one in asked if one.kind == "nonsense")
