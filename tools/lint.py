"""Every check that needs no database server; prints what failed and ends with 1 when anything did."""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable

# Settings of a real deployment, thrown away after the check.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "marketplace.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ORDER_NUMBER_KEY": secrets.token_urlsafe(32),
    "ALLOWED_HOSTS": "shop.example",
    "CSRF_TRUSTED_ORIGINS": "https://shop.example",
    "SITE_URL": "https://shop.example",
    **dict.fromkeys(("PLATFORM_COMPANY", "PLATFORM_TAX_CODE", "PLATFORM_ADDRESS", "PLATFORM_PHONE"), "given"),
    **dict.fromkeys(("PLATFORM_EMAIL", "PLATFORM_REGISTRATION_NUMBER"), "given"),
}
EMBEDDED = {"DJANGO_SETTINGS_MODULE": "marketplace.settings.embedded"}

CHECKS: list[tuple[str, list[str], dict[str, str]]] = [
    ("style", [str(BIN / "ruff"), "check", "."], {}),
    ("format", [str(BIN / "ruff"), "format", "--check", "."], {}),
    ("types", [str(BIN / "mypy")], {}),
    ("layers", [str(BIN / "lint-imports")], {}),
    ("templates", [str(BIN / "djlint"), "templates", "--lint", "--quiet"], {}),
    ("sizes", [PYTHON, "-m", "tools.sizes"], {}),
    ("translations", [PYTHON, "tools/messages.py", "missing"], {}),
    ("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], EMBEDDED),
    ("deployment", [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    ("compose", [str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"], {}),
    ("dockerfile", [str(BIN / "hadolint"), "Dockerfile"], {}),
]


def main() -> int:
    """Run all checks, each with its own time; the output of a failed one is shown whole."""
    failed = []
    for name, command, environment in CHECKS:
        begun = time.monotonic()
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
        )
        verdict = "ok" if done.returncode == 0 else "FAILED"
        print(f"{name:<14} {verdict:<8} {time.monotonic() - begun:5.1f} s", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr, flush=True)
    if failed:
        print("failed: " + ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
