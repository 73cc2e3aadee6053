"""Writes the table of personal data in docs/privacy.md from the register: `python -m tools.privacy`."""

import os
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "privacy.md"
TABLE, END = "<!-- table of the register -->", "<!-- end of the table -->"


def written() -> str:
    """The page as it is."""
    return PAGE.read_text("utf-8")


def page() -> str:
    """The page with the table of today."""
    before, _, rest = written().partition(TABLE)
    return f"{before}{TABLE}\n\n{_table()}\n{END}{rest.partition(END)[2]}"


def _table() -> str:
    from apps.accounts.personal_data import entries, exemptions  # needs the apps to be loaded

    lines = ["| table | personal | why | kept | copy | erasure |", "|---|---|---|---|---|---|"]
    for entry in sorted(entries(), key=lambda entry: entry.model._meta.label):
        fields, copy = ", ".join(entry.fields), "yes" if entry.export else "–"
        lines.append(f"| {entry.model._meta.label} | {fields} | {entry.why} | {entry.kept} | {copy} | {entry.done} |")
    lines += ["", "Exempt, though they hang on a person:", ""]
    reasons: dict[str, list[str]] = {}
    for model, reason in exemptions().items():
        reasons.setdefault(reason, []).append(model._meta.label)
    lines += [f"- {', '.join(sorted(models))}: {reason}." for reason, models in sorted(reasons.items())]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Bring the page in line with the register."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.test")
    django.setup()
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
