"""What a drill has tried and found, kept below var/drill."""

import json
from typing import Any

from tests.faults.shop import ROOT

FOLDER = ROOT / "var" / "drill"


def report(name: str, **found: Any) -> None:
    """Write `var/drill/<name>.json`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
