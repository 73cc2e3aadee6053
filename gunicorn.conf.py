"""How gunicorn serves the shop, in production and by `make run`; arguments win, WEB_CONCURRENCY sets the processes."""

import os
import shutil
import tempfile
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.embedded")
from django.conf import settings

wsgi_app = "marketplace.wsgi"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
worker_class = "gthread"
threads = 4
# A process that leaks starts anew now and then; with a single one nobody would answer meanwhile.
max_requests, max_requests_jitter = (2000, 200) if workers > 1 else (0, 0)
# SIGTERM: no new connections, and so many seconds for the requests in hand.
graceful_timeout = 20
control_socket_disable = True
logconfig_dict = settings.LOGGING

SHARED = "PROMETHEUS_MULTIPROC_DIR"


def on_starting(server: Any) -> None:
    """Several processes count their requests together, in files that begin anew with each start."""
    if server.cfg.workers > 1:
        os.environ[SHARED] = tempfile.mkdtemp(prefix="shop-metrics-")


def pre_fork(server: Any, worker: Any) -> None:
    """A process takes over the files of the one it follows, or there would be more of them every day."""
    taken = {other.slot for other in server.WORKERS.values()}
    worker.slot = next(slot for slot in range(len(taken) + 1) if slot not in taken)


def post_fork(server: Any, worker: Any) -> None:
    """Name the process's files by its place instead of its id."""
    if SHARED in os.environ:
        from prometheus_client import values  # reads the variable when it is imported

        values.ValueClass = values.MultiProcessValue(lambda: worker.slot)


def on_exit(server: Any) -> None:
    """Leave no files behind."""
    if SHARED in os.environ:
        shutil.rmtree(os.environ[SHARED], ignore_errors=True)
