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
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools.services import spare_port

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker("e2e")


@dataclass(frozen=True)
class Shop:
    """Where the running shop is and how to run commands beside it."""

    url: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a management command on the shop's own database."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout

    def mails(self) -> str:
        """Everything that was mailed so far, decoded."""
        from email import message_from_bytes, policy

        texts = []
        for path in sorted(Path(self.environment["MAIL_FOLDER"]).glob("*.log")):
            for raw in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
                if raw.strip():
                    message = message_from_bytes(raw, policy=policy.default)
                    body = message.get_body(("plain",))  # type: ignore[attr-defined]
                    texts.append(f"To: {message['to']}\nSubject: {message['subject']}\n\n{body.get_content()}")
        return "\n\n".join(texts)


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
        "MAIL_FOLDER": str(folder / "mail"),
        "EMAIL_URL": f"filemail:///{folder / 'mail'}",
        "DEMO": "yes",
    }
    port = spare_port()
    found = Shop(f"http://127.0.0.1:{port}", {**environment, "SITE_URL": f"http://127.0.0.1:{port}"})
    found.manage("migrate", "-v", "0")
    found.manage("demo_reset", "--no-pictures")
    web = [sys.executable, "-m", "gunicorn", "marketplace.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    processes = [
        subprocess.Popen([*web, "--no-control-socket", "--log-level", "warning"], cwd=ROOT, env=found.environment),
        subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=found.environment),
    ]
    try:
        _wait_for(found.url)
        yield found
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=20)


def _wait_for(url: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=5)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
        else:
            return
    raise AssertionError(f"{url} did not answer")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser, shop: Shop) -> Iterator[NewPage]:
    """Opens pages in contexts of their own: `new_page(size=PHONE, scripts=False, locale="vi-VN")`."""
    contexts: list[BrowserContext] = []

    def make(size: dict[str, int] = PHONE, *, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=shop.url, viewport=size, java_script_enabled=scripts, locale="vi-VN", reduced_motion="reduce"
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def axe_faults(page: Page) -> list[str]:
    """Violations of WCAG 2.2 A and AA and of best practice on the present page, one line each."""
    page.add_script_tag(path=str(AXE))
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("rules => axe.run(document, {runOnly: rules}).then(r => r.violations)", rules)
    return [f"{item['id']}: {node['target']} {node['html'][:120]}" for item in found for node in item["nodes"]]


def sign_in(page: Page, email: str, password: str = "ocop-demo-2026") -> None:
    """Through the sign-in page, as a person would."""
    page.goto("/tai-khoan/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.wait_for_load_state()
