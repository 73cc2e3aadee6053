"""A real shop for the browser: gunicorn and worker over a demo database of its own, and Debian's Chromium."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    StorageState,
    ViewportSize,
    sync_playwright,
)

from fakes.bank import FakeBank
from fakes.stripe import FakeStripe
from tests import migrated
from tools.services import spare_port

for name in ("checks", "deciding", "hands", "shopping", "work"):
    pytest.register_assert_rewrite(f"tests.e2e.{name}")

ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}
PASSWORD = "ocop-demo-2026"
STRIPE_SECRET = "whsec_of_the_browser"
BANK_SECRET = "the-bank-of-the-browser-signs"
T = TypeVar("T")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker("e2e")


@dataclass(frozen=True)
class Letter:
    """A mail that went out."""

    to: str
    subject: str
    text: str


@dataclass(frozen=True)
class Shop:
    """Where the running shop is and how to run commands beside it."""

    url: str
    environment: dict[str, str]
    stripe: FakeStripe
    bank: FakeBank

    def manage(self, *arguments: str) -> str:
        """Run a management command on the shop's own database."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(self, code: str) -> str:
        """Run Python inside the shop; returns what it printed."""
        return self.manage("shell", "-v", "0", "-c", code).strip()

    def give_passwords(self, *emails: str) -> None:
        """Let owners of demo vendors sign in who have no password: most have none."""
        self.run(
            "from apps.accounts.models import User\n"
            f"for person in User.objects.filter(email__in={list(emails)!r}):\n"
            f"    person.set_password({PASSWORD!r})\n"
            "    person.save()"
        )

    def mails(self) -> list[Letter]:
        """Everything that was mailed so far, in the order of sending."""
        letters = []
        for path in sorted(Path(self.environment["MAIL_FOLDER"]).glob("*.log"), key=lambda path: path.stat().st_mtime):
            for raw in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
                if raw.strip():
                    message = message_from_bytes(raw, _class=EmailMessage, policy=policy.default)
                    body = message.get_body(("plain",))
                    text = body.get_content() if body else ""
                    letters.append(Letter(str(message["to"]), str(message["subject"]), text))
        return letters

    def mails_to(self, address: str, about: str) -> list[Letter]:
        """Waits for the first mail to an address whose subject names `about`; all of them that are there by then."""

        def found() -> list[Letter]:
            return [letter for letter in self.mails() if letter.to == address and about in letter.subject]

        return eventually(found, f"a mail to {address} about {about}")


def eventually(found: Callable[[], T], what: str, seconds: float = 30) -> T:
    """The first answer that is not empty; for what the worker does in its own time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = found()
        if answer:
            return answer
        time.sleep(0.2)
    raise AssertionError(f"{what} did not come within {seconds:.0f} s")


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The demo without pictures, served by gunicorn, its jobs executed by a worker."""
    folder = tmp_path_factory.mktemp("shop")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.embedded",
        "DATABASE_URL": f"sqlite:///{folder / 'shop.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "PRIVATE_ROOT": str(folder / "private"),
        "SEARCH_ROOT": str(folder / "search"),
        "MAIL_FOLDER": str(folder / "mail"),
        "EMAIL_URL": f"filemail:///{folder / 'mail'}",
        "DEMO": "yes",
    }
    url = f"http://127.0.0.1:{spare_port()}"
    with (
        FakeStripe(webhooks=[(f"{url}/webhooks/stripe/", STRIPE_SECRET)]) as stripe,
        FakeBank(notify=f"{url}/webhooks/bank/", secret=BANK_SECRET) as bank,
    ):
        environment |= {
            "SITE_URL": url,
            "STRIPE_SECRET_KEY": "sk_test_e2e",
            "STRIPE_WEBHOOK_SECRETS": STRIPE_SECRET,
            "STRIPE_API_BASE": stripe.url,
            "BANK_NOTICE_SECRETS": BANK_SECRET,
            "TEST_BANK_URL": bank.url,
        }
        yield from _served(Shop(url, environment, stripe, bank))


def _served(found: Shop) -> Iterator[Shop]:
    shutil.copy(migrated.sqlite_file(), found.environment["DATABASE_URL"].removeprefix("sqlite:///"))
    found.manage("demo_reset", "--no-pictures")
    bind = urlsplit(found.url).netloc
    web = [sys.executable, "-m", "gunicorn", "marketplace.wsgi", "--bind", bind, "--threads", "4"]
    processes = [
        subprocess.Popen([*web, "--no-control-socket", "--log-level", "warning"], cwd=ROOT, env=found.environment),
        subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=found.environment),
    ]
    try:
        eventually(lambda: _answers(found.url), found.url, 60)
        yield found
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=20)


def _answers(url: str) -> bool:
    """Whether the shop is up; an answer that is an error will not get better by waiting."""
    try:
        urllib.request.urlopen(url, timeout=5)
    except urllib.error.HTTPError:
        raise
    except OSError:
        return False
    return True


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


NewPage = Callable[..., Page]
SignedIn = Callable[[str], StorageState]


@pytest.fixture(scope="session")
def signed_in(browser: Browser, shop: Shop) -> SignedIn:
    """The cookies of a person who has signed in; each signs in once."""

    @cache
    def cookies(email: str) -> StorageState:
        context = browser.new_context(base_url=shop.url, locale="vi-VN")
        sign_in(context.new_page(), email)
        state = context.storage_state()
        context.close()
        return state

    return cookies


@pytest.fixture
def new_page(browser: Browser, shop: Shop, signed_in: SignedIn) -> Iterator[NewPage]:
    """Opens pages in contexts of their own: `new_page(PHONE, scripts=False, who="khach@demo.test")`.

    At the end no page may have had an error in its scripts, nor anything that the content policy refused.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def make(size: ViewportSize = PHONE, *, scripts: bool = True, who: str = "") -> Page:
        context = browser.new_context(
            base_url=shop.url,
            viewport=size,
            java_script_enabled=scripts,
            locale="vi-VN",
            reduced_motion="reduce",
            storage_state=signed_in(who) if who else None,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, wrong)
        return page

    yield make
    for context in contexts:
        context.close()
    assert wrong == []


def watch(page: Page, wrong: list[str]) -> None:
    """Write down errors of scripts and what the content policy refused."""

    def read(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            wrong.append(f"{page.url}: {message.text}")

    page.on("console", read)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Through the sign-in page, as a person would."""
    page.goto("/tai-khoan/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    with page.expect_navigation():
        page.locator("main form button.btn-primary").click()
    assert urlsplit(page.url).path in {"/tai-khoan/", "/ban-hang/", "/quan-tri/"}
