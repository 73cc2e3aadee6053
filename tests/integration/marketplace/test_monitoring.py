"""What monitors and operators see: readiness, numbers, and one id from the request to the job."""

import datetime as dt
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from apps.jobs import registry, services, worker
from apps.jobs.models import Job, JobState
from apps.kernel.clock import now
from marketplace.monitoring.logs import AddContext, logging_config
from marketplace.monitoring.middleware import Observe
from marketplace.monitoring.views import LONGEST_LAG

pytestmark = pytest.mark.django_db
GIVEN = "0a1b2c3d-proxy"
TOKEN = "t" * 16


def away(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """No statement gets through."""
    raise OperationalError("could not connect to server")


def test_a_shop_in_order_is_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["failed"]) == (200, [])
    assert answer.json()["checks"] == {"database": "ok", "jobs": "ok", "search": "ok"}


def test_jobs_that_nobody_executes_are_named(client: Client) -> None:
    Job.objects.create(kind="test.note", run_at=now() - LONGEST_LAG - dt.timedelta(seconds=1))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["failed"]) == (503, ["jobs"])


def test_without_database_nothing_is_ready_and_the_numbers_of_requests_remain(client: Client) -> None:
    with connection.execute_wrapper(away):
        answer, numbers = client.get("/readyz"), client.get("/metrics")
    assert (answer.status_code, answer.json()["failed"]) == (503, ["database", "jobs", "search"])
    assert numbers.status_code == 200
    assert "shop_database_up 0.0\n" in numbers.content.decode()
    assert "shop_requests_total{" in numbers.content.decode()


def number(client: Client, name: str) -> float:
    """The value of one line of /metrics; 0 when it is not there."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", client.get("/metrics").content.decode(), re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_requests_are_counted_by_view_method_and_status(client: Client) -> None:
    names = [
        'shop_requests_total{method="GET",status="200",view="storefront:home"}',
        'shop_requests_total{method="POST",status="405",view="storefront:home"}',
        'shop_requests_total{method="other",status="405",view="storefront:home"}',
        'shop_requests_total{method="GET",status="404",view="none"}',
        'shop_request_seconds_count{method="GET",view="storefront:home"}',
        'shop_request_seconds_bucket{le="+Inf",method="GET",view="storefront:home"}',
    ]
    before = [number(client, name) for name in names]
    client.get("/")
    client.post("/")
    client.generic("BREW", "/")
    client.get("/khong-co/")
    assert [number(client, name) - value for name, value in zip(names, before, strict=True)] == [1.0] * 6


def test_jobs_are_counted_by_state(client: Client) -> None:
    Job.objects.create(kind="test.note", run_at=now() - dt.timedelta(seconds=90))
    Job.objects.create(kind="test.note", run_at=now() + dt.timedelta(hours=1), attempts=2)
    Job.objects.create(kind="test.note", state=JobState.DEAD)
    assert number(client, 'shop_jobs{state="ready"}') == 2
    assert number(client, 'shop_jobs{state="dead"}') == 1
    assert number(client, "shop_jobs_retrying") == 1
    assert 90 <= number(client, "shop_jobs_lag_seconds") < 95


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "10.0.3.7"}, 200),
        ({"REMOTE_ADDR": "203.113.131.1"}, 404),
        ({"REMOTE_ADDR": ""}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.0.3.7"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_PROTO": "https"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=10.0.3.7"}, 404),
    ],
)
def test_the_numbers_are_not_public(client: Client, given: dict[str, str], status: int) -> None:
    assert client.get("/metrics", **given).status_code == status  # type: ignore[arg-type]


def test_with_a_token_only_its_bearer_reads_the_numbers(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", HTTP_AUTHORIZATION=f"Bearer {TOKEN}x").status_code == 404
    answer = client.get("/metrics", HTTP_AUTHORIZATION=f"Bearer {TOKEN}", REMOTE_ADDR="203.113.131.1")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("proxies", "given", "kept"),
    [(1, GIVEN, True), (0, GIVEN, False), (1, "short", False), (1, "x" * 65, False), (1, "a\nb: forged-line", False)],
)
def test_only_a_proxys_sane_id_is_believed(
    client: Client, settings: Settings, proxies: int, given: str, kept: bool
) -> None:
    settings.TRUSTED_PROXY_COUNT = proxies
    found = client.get("/robots.txt", HTTP_X_REQUEST_ID=given)["X-Request-ID"]
    assert (found == given) is kept
    assert kept or re.fullmatch("[0-9A-F]{10}", found)


def test_an_error_page_shows_the_id_of_its_request(client: Client) -> None:
    answer = client.get("/?q=%00")
    assert answer.status_code == 400
    assert f"{answer['X-Request-ID']}." in answer.content.decode()


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """What is logged meanwhile, in the form of production."""
    formatter = logging_config("JSON", "INFO")["formatters"]["chosen"]
    found: list[dict[str, Any]] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(self.format(record)))

    handler = Kept()
    handler.addFilter(AddContext())
    make = formatter.pop("()")
    handler.setFormatter(make(formatter.pop("format"), **formatter))
    logging.getLogger().addHandler(handler)
    yield found
    logging.getLogger().removeHandler(handler)


def test_a_job_logs_the_request_that_wrote_it(lines: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(args: dict[str, Any]) -> None:
        raise RuntimeError("refused by chi.hoa@example.test")

    def page(request: HttpRequest) -> HttpResponse:
        services.enqueue("test.fail")
        return HttpResponse()

    monkeypatch.setitem(registry._handlers, "test.fail", fail)
    answer = Observe(page)(RequestFactory().get("/"))
    worker.run_all()
    (line,) = [line for line in lines if line["logger"] == "apps.jobs.worker"]
    job = Job.objects.get()
    assert (line["request_id"], job.request_id) == (answer["X-Request-ID"], answer["X-Request-ID"])
    assert (line["job_id"], line["job_kind"]) == (str(job.pk), "test.fail")
    assert "RuntimeError: refused by [hidden]" in line["exc_info"]
