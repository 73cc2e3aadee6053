"""Every verb that the code writes into the audit trail has words."""

import re

import pytest
from django.db.models import TextChoices

from apps.backoffice.record import STATES, WORDS, words_of
from tools.sizes import ROOT

VERB = re.compile(r'verb="([a-z_.]+)"|"(job\.[a-z]+)"')


def test_every_written_verb_has_words() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "apps").rglob("*.py") if path.name != "record.py")
    written = {one or other for one, other in VERB.findall(sources)}
    of_states = {f"{kind}.{state}" for kind, states in STATES.items() for state in states.values}
    assert written - of_states == set(WORDS)


@pytest.mark.parametrize(("kind", "states"), STATES.items())
def test_every_state_has_words(kind: str, states: type[TextChoices]) -> None:
    assert [words_of(f"{kind}.{state.value}") for state in states] == [state.label for state in states]


def test_an_unknown_verb_is_noticed() -> None:
    with pytest.raises(KeyError):
        words_of("nobody.knows")
