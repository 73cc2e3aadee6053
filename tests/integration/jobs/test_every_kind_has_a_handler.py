"""No job may be written that nobody executes: it would end as a dead letter."""

import re
from pathlib import Path

from apps.jobs.registry import kinds

APPS = Path(__file__).resolve().parents[3] / "apps"


def test_every_kind_that_is_written_has_a_handler() -> None:
    written = {
        kind
        for path in APPS.rglob("*.py")
        for kind in re.findall(r'enqueue\(\s*"([a-z_.]+)"', path.read_text(encoding="utf-8"))
    }
    assert "order.placed" in written
    assert written - kinds() == set()
