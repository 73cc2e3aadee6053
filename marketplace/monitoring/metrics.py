"""Numbers for Prometheus: requests, counted by every web process, and jobs, read from their table when asked."""

import os
from collections.abc import Iterator

from django.db import DatabaseError
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from apps.jobs import selectors
from apps.jobs.models import JobState
from search.index import status

# Gunicorn's processes share their counts through files in the folder that this variable names (gunicorn.conf.py).
SHARED = "PROMETHEUS_MULTIPROC_DIR"
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

REQUESTS = Counter("shop_requests", "Answers by view, method and status.", ("view", "method", "status"))
SECONDS = Histogram("shop_request_seconds", "Time to answer by view and method.", ("view", "method"), buckets=BUCKETS)


def count_request(view: str, method: str, status: int, seconds: float) -> None:
    """Count one answer; `view` is the name of a URL pattern, so that there are few of them."""
    method = method if method in METHODS else "other"
    REQUESTS.labels(view, method, status).inc()
    SECONDS.labels(view, method).observe(seconds)


class JobsCollector(Collector):
    """The table of jobs; while the database is away it says only that."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Read now."""
        try:
            counts, lag, retrying = selectors.counts(), selectors.lag(), selectors.on_retry().count()
            waiting, is_answering = status.waiting(), status.is_answering()
        except DatabaseError:
            yield GaugeMetricFamily("shop_database_up", "Whether the database answers.", value=0)
            return
        yield GaugeMetricFamily("shop_database_up", "Whether the database answers.", value=1)
        yield GaugeMetricFamily(
            "shop_jobs_lag_seconds", "How long the oldest due job has been waiting.", value=lag.total_seconds()
        )
        yield GaugeMetricFamily("shop_jobs_retrying", "Jobs that failed and will be tried again.", value=retrying)
        by_state = GaugeMetricFamily("shop_jobs", "Jobs by state; dead ones wait for a decision.", labels=["state"])
        for state in JobState.values:
            by_state.add_metric([state], counts[state])
        yield by_state
        yield GaugeMetricFamily("shop_search_index_up", "Whether the index answers searches.", value=is_answering)
        yield GaugeMetricFamily(
            "shop_search_waiting", "Changes that the index has still to take over.", value=waiting or 0
        )


def exposition() -> bytes:
    """Everything in Prometheus' text format, summed over the web processes of this machine."""
    jobs = CollectorRegistry()
    jobs.register(JobsCollector())
    requests = REGISTRY
    if os.environ.get(SHARED):
        requests = CollectorRegistry()
        MultiProcessCollector(requests)  # type: ignore[no-untyped-call]  # the package has no types here
    return generate_latest(requests) + generate_latest(jobs)
