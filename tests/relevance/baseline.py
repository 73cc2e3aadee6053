"""The scores that a search engine must not fall behind; `baseline.json` keeps them per engine."""

import json
from pathlib import Path
from typing import TypedDict

from tests.relevance.harness import Report

FILE = Path(__file__).parent / "baseline.json"
OVERALL_DROP, CLASS_DROP = 0.01, 0.03
_EXACT = 1e-9  # sums of floats


class Baseline(TypedDict):
    """The scores of one engine."""

    overall: float
    classes: dict[str, float]


def baselines() -> dict[str, Baseline]:
    """The kept scores by engine."""
    kept: dict[str, Baseline] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    return kept


def keep(engine: str, report: Report) -> None:
    """Make these scores the ones to hold."""
    classes = {kind: round(score, 4) for kind, score in report.classes.items()}
    kept = baselines() | {engine: Baseline(overall=round(report.overall, 4), classes=classes)}
    FILE.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def faults(report: Report, kept: Baseline) -> list[str]:
    """What has become worse than allowed, in words."""
    found = []
    if report.overall < kept["overall"] - OVERALL_DROP - _EXACT:
        found.append(f"overall: {report.overall:.4f}, was {kept['overall']:.4f}")
    for kind, before in kept["classes"].items():
        now = report.classes.get(kind, 0.0)
        if now < before - CLASS_DROP - _EXACT:
            found.append(f"{kind}: {now:.4f}, was {before:.4f}")
    return found
