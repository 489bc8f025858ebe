"""A real browser at the front desk: Debian's Chromium, driven by Playwright, on a database of each test's own."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.test.testcases import QuietWSGIRequestHandler
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django import DjangoDbBlocker

from tests import databases
from tests.databases import RealDatabase

# Playwright's synchronous face keeps an event loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

NO_CHROMIUM = "Chromium was not found: install it (Debian: apt install chromium) or set CHROMIUM to its path."
# Nothing leaves the machine: no updates, no suggestions, no metrics.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--metrics-recording-only",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
OpenPage = Callable[..., Page]
AxeFindings = Callable[[Page], list[str]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of this process."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip(NO_CHROMIUM)
    # Chromium's sandbox refuses root.
    flags = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def real_database(sqlite_template: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[RealDatabase]:
    """The database under the site: a copy that keeps what is committed, so what a maker writes is on the screen."""
    url = databases.sqlite_copy(sqlite_template, tmp_path)
    with django_db_blocker.unblock(), databases.connected_to(url):
        yield RealDatabase(url)


@pytest.fixture(scope="session")
def application() -> Any:
    return get_wsgi_application()


@pytest.fixture
def site(real_database: RealDatabase, application: Any) -> Iterator[str]:
    """The address of the program, served on this test's database from threads of this process."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def open_page(chromium: Browser, site: str) -> Iterator[OpenPage]:
    """Return a function that opens a page of the site, with the cookies of a test client and any context options.

    A script error, a refused resource or a breach of the content security policy fails the test at its end.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_with(signed_in: Client | None = None, *, path: str = "/", **options: Any) -> Page:
        context = chromium.new_context(base_url=site, **{"viewport": {"width": 1280, "height": 800}, **options})
        contexts.append(context)
        context.set_default_timeout(5_000)
        if signed_in:
            session = signed_in.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if _is_fault(line) else None)
        page.goto(path)
        return page

    yield open_with
    for context in contexts:
        context.close()
    assert not faults, faults


def _is_fault(line: Any) -> bool:
    # A refusal answers 422 and the browser reports that as an error, which it is not.
    return line.type == "error" and "status of 4" not in line.text


@pytest.fixture
def desk(open_page: OpenPage, rosa_browser: Client) -> Page:
    """The first page, signed in as rosa."""
    return open_page(rosa_browser)


@pytest.fixture
def dark_desk(open_page: OpenPage, rosa_browser: Client) -> Page:
    """The same in the dark theme."""
    return open_page(rosa_browser, color_scheme="dark")


@pytest.fixture
def plain_desk(open_page: OpenPage, rosa_browser: Client) -> Page:
    """The same without JavaScript."""
    return open_page(rosa_browser, java_script_enabled=False)


class Hands:
    """Drives a page as a person does, and counts: ``keys`` pressed (each character is one) and ``clicks``."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0
        self.clicks = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def click(self, selector: str) -> None:
        self.page.click(selector)
        self.clicks += 1


@pytest.fixture
def hands(desk: Page) -> Hands:
    """Rosa's hands on the keyboard and the mouse."""
    return Hands(desk)


@pytest.fixture(scope="session")
def axe_findings() -> AxeFindings:
    """Return a function that gives what axe finds on the page: a line for each rule broken, with the elements."""
    runner = Axe()

    def look(page: Page) -> list[str]:
        violations = runner.run(page).response["violations"]
        return [f"{one['id']}: {[node['target'] for node in one['nodes']]}, {one['help']}" for one in violations]

    return look
