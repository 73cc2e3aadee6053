"""Runs the tests: `fast` on SQLite, `all` also on services and in a browser; `drill` the long forms, `live` Stripe.

With CI set in the environment a service or browser that is missing is a failure; elsewhere its tests are left out and
the reason is printed at the end.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tools import services

ROOT = Path(__file__).resolve().parent.parent
CI = bool(os.environ.get("CI"))
PROCESSES = str(min(os.cpu_count() or 2, 8))
URLS = {
    "postgres": "DATABASE_URL",
    "redis": "REDIS_URL",
    "rabbitmq": "RABBITMQ_URL",
    "elasticsearch": "SEARCH_URL",
    "elasticsearch9": "SEARCH_URL_9",
    "stripe-mock": "STRIPE_MOCK_URL",
}


def pytest(name: str, *arguments: str, **environment: str) -> bool:
    """One pass of pytest; True when it was green."""
    print(f"\n=== {name}", flush=True)
    begun = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode
    print(f"=== {name}: {'green' if code == 0 else 'RED'} in {time.monotonic() - begun:.0f} s", flush=True)
    return code == 0


def service_urls() -> dict[str, str]:
    """Addresses of the services: from the environment, else started here."""
    wanted = [name for name, variable in URLS.items() if not os.environ.get(variable)]
    if wanted:
        services.start(wanted)
    found = {item["variable"]: str(item["url"]) for item in services.running().values()}
    return {variable: os.environ.get(variable) or found.get(variable, "") for variable in URLS.values()}


def fast(*, slow: bool = False) -> list[bool]:
    """The daily loop; `slow` adds the tests that fill a whole demo or start the server."""
    wanted = "not service and not e2e and not drill"
    return [
        pytest(
            "unit, integration, architecture, relevance on SQLite",
            "-n",
            PROCESSES,
            "-m",
            wanted if slow else f"{wanted} and not slow",
            "tests/unit",
            "tests/integration",
            "tests/architecture",
            "tests/relevance",
            DATABASE_URL="",
        )
    ]


def elasticsearch9(url: str) -> bool:
    """What the search engine must do, once more on the newer server."""
    followed = ("tests/integration/search/test_contract.py", "tests/integration/search/test_following.py")
    return pytest("Elasticsearch 9", *followed, "tests/relevance", "-m", "service", SEARCH_URL=url, DATABASE_URL="")


def everything() -> tuple[list[bool], list[str]]:
    """All passes; returns their verdicts and the reasons of what was left out."""
    urls = service_urls()
    left_out = [f"{name}: no {variable}" for name, variable in URLS.items() if not urls[variable]]
    results = fast(slow=True)
    results.append(pytest("races on SQLite", "tests/concurrency", "-m", "not drill", DATABASE_URL=""))
    if urls["DATABASE_URL"]:
        where = {"DATABASE_URL": urls["DATABASE_URL"]}
        results.append(
            pytest(
                "integration on PostgreSQL",
                "-n",
                PROCESSES,
                "tests/integration",
                "-m",
                # Slow ones start servers or open every page as everybody: they ran above, the database is no matter.
                "not service and not drill and not slow",
                **where,
            )
        )
        results.append(pytest("races on PostgreSQL", "tests/concurrency", "-m", "not drill", **where))
    faults = ("-n", PROCESSES, "--dist", "loadfile", "tests/faults", "-m", "not drill")
    results.append(pytest("faults and restore, on both databases", *faults, DATABASE_URL=""))
    present = [name for name, variable in URLS.items() if urls[variable]]
    if present:
        paths = ("tests/services", "tests/integration/search", "tests/relevance")
        results.append(pytest("real services", *paths, "-m", "service", **urls))
    if urls["SEARCH_URL_9"]:
        results.append(elasticsearch9(urls["SEARCH_URL_9"]))
    if shutil.which("chromium") or Path("/usr/bin/chromium").exists():
        results.append(pytest("browser", "tests/e2e", "-m", "e2e", DATABASE_URL=""))
    else:
        left_out.append("browser: no chromium (Debian: apt-get install chromium)")
    return results, left_out


def drill() -> list[bool]:
    """The long forms, on both databases."""
    urls = service_urls()
    results = [pytest("drill on SQLite", "tests", "-m", "drill", DATABASE_URL="")]
    if urls["DATABASE_URL"]:
        results.append(
            pytest(
                "drill on PostgreSQL",
                "tests/concurrency",
                "tests/integration",
                "-m",
                "drill",
                DATABASE_URL=urls["DATABASE_URL"],
            )
        )
    return results


def live() -> list[bool]:
    """Stripe itself, with a key of its test mode."""
    if not os.environ.get("STRIPE_TEST_KEY"):
        print("nothing was tested: no STRIPE_TEST_KEY (a key of Stripe's test mode, sk_test_...)")
        return [False]
    return [pytest("Stripe's test mode", "tests/live", "-m", "live", DATABASE_URL="")]


SETS = {"fast": fast, "drill": drill, "live": live}


def main(arguments: list[str]) -> int:
    """Run the named set; 0 when everything that should run was green."""
    wanted = arguments[0] if arguments else "fast"
    before = set(services.running())
    left_out: list[str] = []
    try:
        if wanted == "all":
            results, left_out = everything()
        else:
            results = SETS[wanted]()
    finally:
        if wanted in ("all", "drill") and not before:
            services.stop()
    for reason in left_out:
        print(f"left out: {reason}")
    if left_out and CI:
        print("in CI everything must be there")
        return 1
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
