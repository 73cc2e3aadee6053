"""A consent names the privacy page that was shown: whoever changes its words gives it a new version."""

import hashlib
from pathlib import Path

from apps.accounts.policies import NOTICE_VERSION

PAGES = Path(__file__).resolve().parents[3] / "templates" / "storefront" / "pages"
# Version -> digest of both languages. A version that people have agreed to stays here.
TEXTS = {"2026-11-25": "e0f12ac5385a61a8", "2026-11-26": "d25231d0c0ef767e"}


def digest() -> str:
    words = b"".join((PAGES / f"rieng-tu.{language}.html").read_bytes() for language in ("vi", "en"))
    return hashlib.sha256(words).hexdigest()[:16]


def test_the_words_are_those_of_the_version() -> None:
    assert TEXTS[NOTICE_VERSION] == digest()
