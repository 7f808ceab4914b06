"""Hostile documents, names and questions in the real server: walked through every view."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watched
from tests.integration.served import served

pytestmark = pytest.mark.browser

EVIL = "<img src=x onerror=window.hacked=1>"
RUN = f"{EVIL}<script>window.hacked=1</script><svg onload=window.hacked=1>"
NOTE = f"""---
title: 'Minutes {EVIL}'
issuer: 'Office {EVIL}'
---
# Duties {EVIL}

The {RUN} office at Tallinn files [reports](javascript:window.hacked=1) on 1,200 visits.

## Visits "onmouseover=window.hacked=1 {EVIL}

Visits of the office at Tallinn are arranged by the attaché ${{window.hacked=1}} in May.
"""
PAGE = f"""<html><head><title>Page {EVIL}</title></head><body onload="window.hacked=1">
<h1>Archive &lt;script&gt;window.hacked=1&lt;/script&gt;</h1>
<p>The archive at Riga holds 900 &lt;img src=x onerror=window.hacked=1&gt; maps.</p>
<a href="javascript:window.hacked=1">open</a><script>window.hacked=1</script></body></html>"""
ASKED = f"How many visits does the office at Tallinn report on? {EVIL}"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("home")) as (_, address):
        yield address


@pytest.mark.parametrize("locale", ["en-GB", "fr-FR"])
def test_hostile_documents_are_run_in_no_view(url: str, browser: Browser, locale: str) -> None:
    with browser.new_context(locale=locale) as context:
        seen = Watched(context.new_page())
        page = seen.page
        page.on("dialog", lambda dialog: seen.complaints.append(f"dialog: {dialog.message}"))
        page.goto(url)
        page.wait_for_selector(".promise:not(:empty)")
        take_in(seen)
        ask(seen)
        look(page)

        assert page.evaluate("window.hacked") is None
        assert not [words for words in seen.complaints if "dialog" in words]
        assert not [one for one in seen.addresses if not one.startswith((url, "data:", "blob:"))]


def unharmed(page: Page) -> None:
    """Nothing of what came from outside has become a part of the page."""
    foreign = "img[src=x], #page script, #page svg[onload], a[href^='javascript'], [onmouseover]"
    assert page.locator(foreign).count() == 0


def take_in(seen: Watched) -> None:
    """The files, a changed one, and one that fails."""
    name = f'{EVIL}".md'
    for text in (NOTE, NOTE.replace("1,200", "1,300")):
        seen.upload((name, text.encode()), ("page.html", PAGE.encode()), (f"{EVIL}.pdf", b"%PDF"))
        expect(seen.page.locator("#work .report.failed")).to_be_visible(timeout=180_000)
        expect(seen.page.locator("#work")).to_contain_text("<img src=x")
        unharmed(seen.page)
        seen.page.reload()
        # What this page sent is told again, and would be taken for what it sends next.
        expect(seen.page.locator("#work .report.failed")).to_be_visible()
        seen.page.locator("#work .report button.quiet").click()
        expect(seen.page.locator("#work .report")).to_have_count(0)


def ask(seen: Watched) -> None:
    """The question, its answer, its proof, its source, its conversation."""
    page = seen.page
    page.locator("nav [data-view=ask]").click()
    seen.ask(ASKED)
    expect(page.locator("#thread .reply")).to_contain_text("<img src=x")
    page.locator("#thread button.marker").first.hover()
    expect(page.locator(".popover")).to_contain_text("<img src=x")
    page.locator("#thread button.marker").first.click()
    expect(page.locator(".card.current")).to_contain_text("<svg onload=window.hacked=1>")
    unharmed(page)
    page.locator(".card.current a[href*='start=']").first.click()
    expect(page.locator(".place")).to_contain_text("<svg onload=window.hacked=1>")
    unharmed(page)
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"\?c="))
    expect(page.locator(".talks .one a").first).to_contain_text("<img src=x")
    page.reload()
    expect(page.locator("#thread .question")).to_contain_text("<img src=x")
    seen.ask(f"Where is the treasure of {EVIL} Atlantis hidden?")
    unharmed(page)


def look(page: Page) -> None:
    """The library: its list, filters, a document, the difference, what was taken in and removed."""
    page.locator("nav [data-view=library]").click()
    expect(page.locator("#by-issuer")).to_contain_text("Office <img src=x")
    page.locator("[data-tab=runs]").click()
    page.locator(".run summary").first.click()
    expect(page.locator(".run-report").first).to_contain_text("<img src=x")
    unharmed(page)
    page.locator("[data-tab=documents]").click()
    page.get_by_role("link", name="Minutes <img").first.click()
    page.click("[data-action=compare]")
    expect(page.locator(".sides ins")).to_contain_text("1,3")
    expect(page.locator(".paper")).to_contain_text("Office <img src=x")
    unharmed(page)
    page.locator(".paper [data-narrow]").click()
    expect(page.locator(".chips")).to_contain_text("<img src=x")
    page.click("[data-action=narrow]")
    expect(page.locator("#narrow-issuer")).to_contain_text("Office <img src=x")
    unharmed(page)
