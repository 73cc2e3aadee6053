"""Reads the judged queries of `judgements.yaml`."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "judgements.yaml"
CLASSES = (
    "plain",
    "accentless",
    "typo",
    "synonym",
    "old_place",
    "place",
    "attribute",
    "price",
    "vendor",
    "category",
    "english",
    "telex",
    "code",
    "nonsense",
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A query, its class, and by SKU what an answer is worth: 3, 2 or 1; goods that are not named are worth nothing."""

    query: str
    kind: str
    grades: Mapping[str, int]


def judgements() -> list[Judgement]:
    """All judged queries in the order of the file."""
    rows: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [Judgement(_typed(row), row["class"], row["grades"]) for row in rows]


def _typed(row: dict[str, Any]) -> str:
    """The query as the keyboard sends it."""
    return unicodedata.normalize("NFD" if row.get("nfd") else "NFC", row["query"])
