"""Prints how good the answers of a search engine are: `python -m tests.relevance --engine database`."""

import argparse
import os
import sys

import django


def main(arguments: list[str]) -> int:
    """Fill a throw-away demo shop, ask everything, print the table; `--keep` makes the scores the baseline."""
    # A database of the environment is somebody's shop.
    os.environ["DATABASE_URL"] = ""
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
    django.setup()
    # These read models, which are there only now.
    from tests.relevance import baseline
    from tests.relevance.engines import ENGINES
    from tests.relevance.harness import evaluate
    from tests.relevance.shop import demo_shop, throwaway_database

    parser = argparse.ArgumentParser(prog="python -m tests.relevance", description=__doc__)
    parser.add_argument("--engine", choices=sorted(ENGINES), default="database")
    parser.add_argument("--worst", type=int, default=40, help="how many of the worst queries to show")
    parser.add_argument("--keep", action="store_true", help="write the scores to baseline.json")
    wanted = parser.parse_args(arguments)
    with throwaway_database(), demo_shop():
        report = evaluate(ENGINES[wanted.engine]())
    sys.stdout.write(report.table(wanted.worst) + "\n")
    if wanted.keep:
        baseline.keep(wanted.engine, report)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
