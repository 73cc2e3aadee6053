"""Serves the embedded shop: prepares the database, then runs web server and worker in the foreground."""

import os
import signal
import subprocess
import sys
import threading
from types import FrameType

import django
from django.conf import settings
from django.core.management import call_command

THREADS = "4"
RESTART_SECONDS = 1.0


def prepare() -> None:
    """Migrate, and fill an empty shop with the demo."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.embedded")
    django.setup()
    call_command("migrate", verbosity=0)
    if settings.DEMO:
        call_command("demo_reset", if_empty=True)


def commands(address: str) -> dict[str, list[str]]:
    """What runs side by side."""
    python = sys.executable
    web = [python, "-m", "gunicorn", "marketplace.wsgi", "--bind", address, "--worker-class", "gthread"]
    web += ["--threads", THREADS, "--no-control-socket", "--log-level", "warning", "--graceful-timeout", "10"]
    return {"web": web, "worker": [python, "manage.py", "worker"]}


def banner(address: str) -> str:
    """Where the shop is and who may sign in."""
    lines = [f"\n  Sản Vật: http://{address}/   (English: http://{address}/en/)\n"]
    if settings.DEMO:
        from apps.demo.accounts import ACCOUNTS, PASSWORD  # only the demo knows its accounts

        lines += [f"  {account.role:<10} {account.email:<22} {PASSWORD}" for account in ACCOUNTS]
        lines += ["", "  Demo data: producers, prices and stars are invented. Stop with Ctrl-C.", ""]
    return "\n".join(lines)


def main() -> int:
    """Run until a signal comes or the web server ends; a worker that dies is started again."""
    prepare()
    address = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
    print(banner(address), flush=True)
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    # Ctrl-C reaches the whole process group; the children get sessions of their own and are told in order.
    processes = {name: start(command) for name, command in commands(address).items()}
    while not stop.wait(RESTART_SECONDS):
        if processes["web"].poll() is not None:
            break
        if processes["worker"].poll() is not None:
            processes["worker"] = start(commands(address)["worker"])
    for process in processes.values():
        process.terminate()
    codes = {name: process.wait() for name, process in processes.items()}
    return 0 if stop.is_set() else codes["web"] or 1


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """A child in a session of its own."""
    return subprocess.Popen(command, start_new_session=True)


if __name__ == "__main__":
    sys.exit(main())
