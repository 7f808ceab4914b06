"""A real server with the page on it, and a real browser to look at it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    FilePayload,
    Page,
    expect,
    sync_playwright,
)

from tests.browser.fake_api import Library
from tests.browser.standing import standing

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT_MS = 45_000
"""Longer than anything takes on a machine that has much else to do."""


@pytest.fixture(scope="session")
def library() -> Library:
    return Library()


@pytest.fixture(scope="session")
def site(library: Library) -> Iterator[str]:
    """The address of a running page."""
    with standing(library) as server:
        yield server.url


# Closed with its module: while it is open, its event loop runs in this thread, and others cannot.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        expect.set_options(timeout=WAIT_MS)
        yield chromium
        chromium.close()


class Watched:
    """A page with everything it said on its console, and every address it asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.addresses: list[str] = []
        page.set_default_timeout(WAIT_MS)
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.addresses.append(request.url))

    def ask(self, question: str) -> None:
        """Asks and waits until the answer stands in the conversation."""
        turns = self.page.locator("#thread .turn")
        before = turns.count()
        self.page.fill("#question", question)
        self.page.keyboard.press("Enter")
        turns.nth(before).wait_for()

    def upload(self, *files: tuple[str, bytes]) -> None:
        """Brings files to the library view."""
        self.page.locator("nav [data-view=library]").click()
        payloads = [
            FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
            for name, content in files
        ]
        self.page.set_input_files("#files", payloads)


@pytest.fixture
def width() -> int:
    return 1280


# Pages of one context have the files of the page in its cache: loading it anew takes a third.
@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(timezone_id="UTC", locale="en-GB") as shared:
        yield shared


@contextmanager
def fresh_page(context: BrowserContext, width: int) -> Iterator[Page]:
    """A page that knows nothing of those before it."""
    context.set_offline(False)
    context.clear_cookies()
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    yield page
    if page.url.startswith("http"):
        page.evaluate("localStorage.clear()")
    page.close()


@pytest.fixture
def watched(site: str, library: Library, context: BrowserContext, width: int) -> Iterator[Watched]:
    """The page, opened and ready, with the fake's library as it was at first."""
    library.documents = Library().documents
    library.asked.clear()
    library.runs.clear()
    library.talks.kept.clear()
    library.removed.clear()
    library.role = "administrator"
    with fresh_page(context, width) as page:
        seen = Watched(page)
        page.goto(site)
        page.wait_for_selector(".promise:not(:empty)")
        yield seen
