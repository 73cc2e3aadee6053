"""Serves the embedded shop: prepares the database, then runs web server and worker in the foreground."""

import os
import signal
import sys
import threading
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from ipaddress import ip_address
from multiprocessing import get_context
from multiprocessing.context import ForkProcess as Process
from types import FrameType

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.urls import reverse

from marketplace.settings import env
from tools import stand_ins

EMBEDDED = "marketplace.settings.embedded"
OPEN_TO_OTHERS = (
    "WARNING: other machines can reach this shop, and the passwords above are public: everybody who reads the README",
    "can sign in as admin. Keep no real data in it. SITE_URL is what links in mails begin with.",
)
CHECK_SECONDS = 1.0
SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the web server listens: a host or an address of this machine, and a port."""

    host: str
    port: str

    @property
    def bind(self) -> str:
        """As gunicorn wants it; an IPv6 address stands in brackets."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def url(self) -> str:
        """What a browser on this machine opens: "all addresses" is none that it could."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"http://{Address(host, self.port).bind}"


def configure(environment: MutableMapping[str, str]) -> Address:
    """Read HOST and PORT, and set what follows from them unless it is given: profile, SITE_URL, ALLOWED_HOSTS.

    Only the embedded profile's demo lets any host name in: whoever serves more says which names are right.
    """
    address = Address(environment.get("HOST") or "127.0.0.1", environment.get("PORT") or "8000")
    if environment.setdefault("DJANGO_SETTINGS_MODULE", EMBEDDED) != EMBEDDED:
        return address
    environment["SITE_URL"] = environment.get("SITE_URL") or address.url
    stand_ins.configure(environment, int(address.port))
    if not address.is_loopback and env.flag("DEMO", True):
        environment["ALLOWED_HOSTS"] = environment.get("ALLOWED_HOSTS") or "*"
    return address


def prepare() -> None:
    """Migrate, and fill an empty shop with the demo."""
    django.setup()
    call_command("migrate", verbosity=0)
    if settings.DEMO:
        call_command("demo_reset", if_empty=True)


def gunicorn_arguments(bind: str) -> list[str]:
    """How gunicorn serves the shop on one machine."""
    return ["--config", str(env.ROOT / "gunicorn.conf.py"), "--bind", bind]


def web(bind: str) -> None:
    """The web server: gunicorn in this process, with Django loaded already."""
    from gunicorn.app.wsgiapp import run  # only this child needs it

    sys.argv = ["gunicorn", *gunicorn_arguments(bind)]
    run()


def worker() -> None:
    """The executor of jobs."""
    call_command("worker")


def start(run: Callable[..., None], *arguments: str) -> Process:
    """A child in a session of its own, forked from here: loading Django once instead of three times."""
    process = get_context("fork").Process(target=_alone, args=(run, *arguments))
    connections.close_all()  # a connection must not be shared
    process.start()
    return process


def start_stand_ins(address: Address) -> dict[str, Process]:
    """The providers that are stood in for, each telling the shop over its webhook."""
    wanted = (
        (stand_ins.stripe, settings.STRIPE_API_BASE, "webhook_stripe", settings.STRIPE_WEBHOOK_SECRETS),
        (stand_ins.bank, settings.TEST_BANK_URL, "webhook_bank", settings.BANK_NOTICE_SECRETS),
    )
    return {
        name: start(run, base, address.url + reverse(name), secrets[0]) for run, base, name, secrets in wanted if base
    }


def _alone(run: Callable[..., None], *arguments: str) -> None:
    # Ctrl-C reaches the whole process group; the children are told in order instead.
    os.setsid()
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    run(*arguments)


def banner(address: Address) -> str:
    """Where the shop is, who may sign in, and what is risky about it."""
    lines = [f"\n  Sản Vật: {address.url}/   (English: {address.url}/en/)\n"]
    if settings.DEMO:
        from apps.demo.accounts import ACCOUNTS, PASSWORD  # only the demo knows its accounts

        lines += [f"  {account.role:<10} {account.email:<22} {PASSWORD}" for account in ACCOUNTS]
        lines += ["", "  Demo data: producers, prices and stars are invented. Stop with Ctrl-C.", ""]
        if not address.is_loopback:
            lines += [f"  {line}" for line in OPEN_TO_OTHERS] + [""]
    return "\n".join(lines)


def main() -> int:
    """Run until a signal comes or the web server ends; a worker that dies is started again."""
    address = configure(os.environ)
    prepare()
    print(banner(address), flush=True)
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in SIGNALS:
        signal.signal(number, end)
    processes = {**start_stand_ins(address), "web": start(web, address.bind), "worker": start(worker)}
    while not stop.wait(CHECK_SECONDS):
        if not processes["web"].is_alive():
            break
        if not processes["worker"].is_alive():
            processes["worker"] = start(worker)
    for process in processes.values():
        process.terminate()
    for process in processes.values():
        process.join()
    return 0 if stop.is_set() else processes["web"].exitcode or 1


if __name__ == "__main__":
    sys.exit(main())
