"""How soon the window shows what: `python -m benchmarks.window URL` against a running server.

Times are of a real Chromium on this machine, from the press of a key or a button until it is seen.
What is told of a page that opens is what Lighthouse looks at: when its first and its largest words
are painted, how long its script keeps readers waiting (the part of each task beyond 50 ms), and how
much of it moves.
"""

import statistics
import sys
import time
from collections.abc import Callable

from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
TIMES = 7
QUESTIONS = (
    "What do defence attachés do?",
    "When did Finland join NATO?",
    "What does Article 4 of the North Atlantic Treaty say?",
)


# Noted from the first moment of a page.
_VITALS = """window.vitals = {moved: 0, blocked: 0};
const watch = (type, tell) => new PerformanceObserver((list) => list.getEntries().forEach(tell))
  .observe({type, buffered: true});
watch('paint', ({name, startTime}) => {
  if (name === 'first-contentful-paint') vitals.first = startTime;
});
watch('largest-contentful-paint', (one) => { vitals.largest = one.startTime; });
watch('longtask', (one) => { vitals.blocked += Math.max(0, one.duration - 50); });
watch('layout-shift', (one) => { if (!one.hadRecentInput) vitals.moved += one.value * 1000; });"""
_TOLD = {
    "first": "page, first words painted",
    "largest": "page, largest words painted",
    "blocked": "page, its script in the way",
    "moved": "page, layout shift (no ms, thousandths)",
}
_SETTLED_MS = 1500


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that it takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def ask(page: Page, question: str) -> None:
    """Asks, and waits until the answer stands with its proof."""
    before = page.locator("#thread .turn").count()
    page.fill("#question", question)
    page.keyboard.press("Enter")
    page.locator("#thread .turn").nth(before).wait_for()


def measured(page: Page, url: str) -> dict[str, list[float]]:
    """The times of each thing, in milliseconds."""
    times: dict[str, list[float]] = {}

    def note(name: str, act: Callable[[], object]) -> None:
        times.setdefault(name, []).append(timed(act))

    for round_ in range(TIMES):
        page.goto("about:blank")
        note("page, ready to be asked", lambda: _opened(page, url))
        page.wait_for_timeout(_SETTLED_MS)
        for name, value in page.evaluate("window.vitals").items():
            times.setdefault(_TOLD[name], []).append(value)
        for number, question in enumerate(QUESTIONS):
            first = "answer, first of a conversation" if number == 0 else "answer, a later one"
            note(first, lambda question=question: ask(page, question))  # type: ignore[misc]
        note("conversation of three, after a reload", lambda: _reloaded(page))
        marker = page.locator("#thread button.marker").first
        marker.click()
        note("source at the place", lambda: _place(page))
        page.keyboard.press("Escape")
        note("library", lambda: _library(page))
        sys.stderr.write(f"round {round_ + 1} of {TIMES}\n")
    return times


def _opened(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector("#question")


def _reloaded(page: Page) -> None:
    page.reload()
    page.locator("#thread .turn").nth(len(QUESTIONS) - 1).wait_for()


def _place(page: Page) -> None:
    page.locator(".proof-cards .current a[data-open]").first.click()
    page.wait_for_selector(".place")


def _library(page: Page) -> None:
    page.click("nav [data-view=library]")
    page.wait_for_selector(".document")


def main(url: str) -> None:
    """Prints the median and the longest of each."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1360, "height": 850})
        page.add_init_script(_VITALS)
        for name, times in measured(page, url).items():
            median, most = statistics.median(times), max(times)
            sys.stdout.write(f"{name:40} median {median:6.0f} ms, longest {most:6.0f} ms\n")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
