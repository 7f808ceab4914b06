"""Whether much stays smooth: `python -m benchmarks.window_long URL` against a running server.

Makes a conversation of 200 turns with the library's own answers (it stays there, to be deleted),
opens it, reads it back to its first turn, scrolls through all of it, types and asks; then lists,
scrolls, searches and filters the library. Times are from the press of a key until it is seen; a
frame is the time between two drawings of the page.
"""

import json
import statistics
import sys
import time
from urllib.request import Request, urlopen

from playwright.sync_api import Page, sync_playwright

from benchmarks.window import CHROMIUM, QUESTIONS, timed

TURNS = 200
FRAMES = """async (pixels) => {
  const frames = []; let last = performance.now();
  const end = document.documentElement.scrollHeight - innerHeight;
  const step = pixels < 0 ? Math.min(pixels, -1) : pixels;
  let y = scrollY;
  while (step > 0 ? y < end : y > 0) {
    y += step; scrollTo(0, y);
    await new Promise(requestAnimationFrame);
    const now = performance.now(); frames.push(now - last); last = now;
    if (frames.length > 600) break;
  }
  return frames; }"""
SHIFTS = """() => { window.shifts = []; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.shifts.push(one.value);
}).observe({type: 'layout-shift', buffered: false}); }"""
KEYS = """async (words) => {
  const field = document.querySelector('#question'); const times = []; field.focus();
  for (const letter of words) {
    const began = performance.now(); document.execCommand('insertText', false, letter);
    await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame);
    times.push(performance.now() - began);
  }
  return times; }"""


def sent(url: str, path: str, body: object) -> dict[str, object]:
    """What the API answers to this."""
    data = json.dumps(body).encode()
    request = Request(f"{url}{path}", data, {"Content-Type": "application/json"})
    with urlopen(request, timeout=120) as reply:
        answer: dict[str, object] = json.load(reply)
        return answer


def talk(url: str) -> str:
    """A conversation of so many turns."""
    name = str(sent(url, "/v1/conversations", {"title": "A long one"})["conversation_id"])
    for number in range(TURNS):
        question = QUESTIONS[number % len(QUESTIONS)]
        sent(url, f"/v1/conversations/{name}/turns", {"question": question})
    return name


def spread(times: list[float]) -> str:
    """Median, 95th of a hundred and longest."""
    ordered = sorted(times)
    late = ordered[int(len(ordered) * 0.95)]
    median = statistics.median(times)
    return f"median {median:6.0f} ms, p95 {late:6.0f} ms, longest {ordered[-1]:6.0f} ms"


def tell(name: str, times: list[float]) -> None:
    """Prints them."""
    sys.stdout.write(f"{name:52} {spread(times)}\n")
    sys.stdout.flush()


def conversation(page: Page, url: str, name: str) -> None:
    """The long conversation."""
    opened = []
    for _ in range(5):
        page.goto("about:blank")
        opened.append(timed(lambda: _opened(page, f"{url}/?c={name}", "#thread .turn >> nth=19")))
    tell("a conversation of 200, opened at its end", opened)
    earlier = []
    while page.locator(".earlier").is_visible():
        before = page.locator("#thread .turn").count()
        earlier.append(timed(lambda before=before: _earlier(page, before)))  # type: ignore[misc]
    tell("twenty earlier turns, until all are there", earlier)
    turns = page.locator("#thread .turn").count()
    tell(f"a frame, scrolling up through {turns} turns", page.evaluate(FRAMES, -400))
    tell(f"a frame, scrolling down through {turns} turns", page.evaluate(FRAMES, 400))
    tell(f"a letter typed below {turns} turns", page.evaluate(KEYS, "What do defence attachés do"))
    page.fill("#question", "")
    page.evaluate(SHIFTS)
    asked = [
        timed(lambda n=number: _asked(page, QUESTIONS[n % 3], turns + n))  # type: ignore[misc]
        for number in range(5)
    ]
    tell(f"an answer below {turns} turns", asked)
    moved = sum(page.evaluate("window.shifts"))
    sys.stdout.write(f"{'layout shift while five are answered':52} {moved:.4f}\n")


def library(page: Page, url: str) -> None:
    """The library of many documents."""
    listed = []
    for _ in range(5):
        page.goto("about:blank")
        listed.append(timed(lambda: _opened(page, f"{url}/?view=library", ".document >> nth=49")))
    tell("the library, opened by its address", listed)
    found = [timed(lambda words=words: _found(page, words)) for words in ("the", "of", "x", "a")]  # type: ignore[misc]
    tell("found as it is typed", found)
    _found(page, "")
    page.wait_for_selector(".document >> nth=49")
    more = []
    while page.locator("#shelf [data-action=more]").is_visible():
        before = page.locator(".document").count()
        more.append(timed(lambda before=before: _more(page, before)))  # type: ignore[misc]
        if page.locator(".document").count() == before:
            break
    documents = page.locator(".document").count()
    tell("fifty more, until all are there", more)
    tell(f"a frame, scrolling through {documents} documents", page.evaluate(FRAMES, 400))


def _opened(page: Page, url: str, seen: str) -> None:
    page.goto(url)
    page.wait_for_selector(seen)


def _earlier(page: Page, before: int) -> None:
    page.click("[data-action=earlier]")
    page.locator("#thread .turn").nth(before).wait_for()


def _asked(page: Page, question: str, turns: int) -> None:
    page.fill("#question", question)
    page.keyboard.press("Enter")
    page.locator("#thread .turn").nth(turns).wait_for()


def _found(page: Page, words: str) -> None:
    before = page.locator(".shelf-count").inner_text()
    page.fill("#find", words)
    page.wait_for_function(
        "before => document.querySelector('.shelf-count')?.innerText !== before", arg=before
    )


def _more(page: Page, before: int) -> None:
    page.click("#shelf [data-action=more]")
    page.locator(".document").nth(before).wait_for()


def main(url: str) -> None:
    """Prints the times of each."""
    began = time.perf_counter()
    name = talk(url)
    sys.stderr.write(f"{TURNS} turns asked in {time.perf_counter() - began:.0f} s\n")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1360, "height": 850})
        page.set_default_timeout(60_000)
        conversation(page, url, name)
        library(page, url)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
