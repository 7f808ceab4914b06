"""The window over the real server, with the real starter library, engine and readers."""

import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import cast
from zipfile import ZipFile

import httpx2
import pytest
from docx import Document
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.access.keys import KeyRole
from tests.browser.conftest import Watched, fresh_page
from tests.integration.commands import attache
from tests.integration.served import served

pytestmark = pytest.mark.browser

TREATY = "The North Atlantic Treaty, article by article"
ASKED = "What do defence attachés do?"


@dataclass(frozen=True)
class Real:
    """A running server, and the folder its library is in."""

    url: str
    home: Path


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    home = tmp_path_factory.mktemp("home")
    with served(home, ATTACHE_STARTER="true") as (_, address):
        yield Real(address, home)


@pytest.fixture
def seen(real: Real, context: BrowserContext) -> Iterator[Watched]:
    """The window, opened and ready."""
    with fresh_page(context, 1360) as page:
        watched = Watched(page)
        watched.page.goto(real.url)
        watched.page.wait_for_selector(".promise:not(:empty)")
        yield watched


def document(page: Page, title: str) -> None:
    """Opens the page of a document by its title."""
    page.locator("nav [data-view=library]").click()
    page.get_by_role("link", name=title).first.click()
    page.wait_for_selector(".paper")


def test_an_answer_of_the_library_is_proved_kept_and_exported(seen: Watched) -> None:
    page = seen.page
    seen.ask(ASKED)
    expect(page.locator("#thread .verdict")).to_contain_text("Every sentence quoted word for word")
    page.locator("#thread button.marker").first.hover()
    quotation = page.locator(".popover q").inner_text().strip("“”")
    page.locator("#thread button.marker").first.click()
    expect(page.locator(".card.current mark")).to_have_text(quotation)

    page.reload()
    expect(page.locator("#thread .turn")).to_have_count(1)
    word = saved(page, "Save as Word")
    note = Document(str(word))
    assert ASKED in "\n".join(paragraph.text for paragraph in note.paragraphs)
    with ZipFile(word) as parts:
        assert quotation in parts.read("word/footnotes.xml").decode()
    markdown = saved(page, "Save as Markdown").read_text("utf-8")
    assert f"## {ASKED}" in markdown
    assert re.search(rf"^\[\^1-1\]: “{re.escape(quotation)}”", markdown, re.MULTILINE)


def saved(page: Page, how: str) -> Path:
    """The file that the menu of the open conversation saves."""
    page.locator(".talks .one").first.hover()
    page.locator(".talks [data-menu]").first.click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=how).click()
    return Path(download.value.path())


def test_a_follow_up_is_searched_as_a_whole_question(seen: Watched) -> None:
    seen.ask("What is defence capacity building?")
    seen.ask("and for partners?")

    expect(seen.page.locator("#thread .searched")).to_contain_text("Searched as")


def test_a_text_is_checked_and_what_carries_it_opens_at_its_place(seen: Watched) -> None:
    page = seen.page
    page.click("nav [data-view=check]")
    expect(page).to_have_url(re.compile(r"view=check"))
    true = "The North Atlantic Treaty was signed in Washington on 4 April 1949."
    page.fill("#claims", f"{true} {true.replace('1949', '1952')} Is that so?")
    page.click(".check .primary")

    rows = page.locator(".checked > li")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_have_class(re.compile("quoted|supported"))
    expect(rows.nth(1).locator(".why")).to_contain_text("1952")
    expect(rows.nth(2)).to_have_class("unchecked")
    quotation = rows.nth(0).locator("mark").first.inner_text()
    rows.nth(0).locator("footer a").first.click()
    expect(page.locator("#viewer[open] .viewer")).to_contain_text(quotation)
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"view=check"))

    page.reload()
    expect(page.locator("#claims")).to_have_value(re.compile("1952"))
    page.click("[data-action=clear-check]")
    expect(page.locator("#claims")).to_have_value("")
    expect(rows).to_have_count(0)


def test_what_the_library_does_not_say_is_met_with_help(seen: Watched) -> None:
    seen.ask("What is the airspeed velocity of an unladen swallow?")

    expect(seen.page.locator(".abstained .eyebrow")).to_have_text("Not in the library")
    expect(seen.page.locator(".abstained .nearest h4").first).to_be_visible()


def test_the_page_of_the_treaty_opens_with_the_quotation_marked_where_it_is_printed(
    seen: Watched, real: Real
) -> None:
    page = seen.page
    documents = httpx2.get(f"{real.url}/v1/documents?limit=200").json()["items"]
    treaty = next(each for each in documents if each["title"] == TREATY)
    base = f"{real.url}/v1/documents/{treaty['document_id']}/versions/{treaty['version_id']}"
    text = httpx2.get(f"{base}/text").text
    quotation = "Article 5"
    start = text.index(quotation, len(text) // 3)
    end = start + len(quotation)

    page.goto(
        f"{real.url}/?d={treaty['document_id']}&v={treaty['version_id']}&start={start}&end={end}"
    )
    page.wait_for_selector(".sheet:not(.loading)")

    number = page.locator(".place").get_attribute("data-page")
    image = Image.open(BytesIO(httpx2.get(f"{base}/pages/{number}.png?width=1200").content))
    assert ink(image.convert("L").crop(marked(page, image))) > 0.05


def marked(page: Page, image: Image.Image) -> tuple[int, int, int, int]:
    """Where the marked box is on the image of the page."""
    box = page.locator(".box:visible").first.bounding_box()
    sheet = page.locator(".sheet").bounding_box()
    assert box is not None
    assert sheet is not None
    across, down = image.width / sheet["width"], image.height / sheet["height"]
    left, top = (box["x"] - sheet["x"]) * across, (box["y"] - sheet["y"]) * down
    where = (left, top, left + box["width"] * across, top + box["height"] * down)
    return cast("tuple[int, int, int, int]", tuple(round(at) for at in where))


def ink(printed: Image.Image) -> float:
    """The share of dark points."""
    return sum(printed.histogram()[:128]) / (printed.width * printed.height)


def test_a_file_is_taken_in_changed_compared_and_asked(seen: Watched) -> None:
    page = seen.page
    first = "# Liaison office\n\nThe liaison office at Lisbon opened on 4 May 1993."
    seen.upload(("liaison-office.md", first.encode()), ("broken.pdf", b"%PDF-1.7 nothing"))
    expect(page.locator("#work h2")).to_have_text("1 file added, 1 not taken in", timeout=180_000)
    expect(page.locator("[data-state=failed] .file-detail")).to_contain_text("damaged")

    seen.upload(("liaison-office.md", first.replace("1993", "1994").encode()))
    expect(page.locator("#work h2")).to_have_text("1 file added", timeout=180_000)
    document(page, "Liaison office")
    expect(page.locator(".periods li")).to_have_count(2)
    page.click("[data-action=compare]")
    expect(page.locator(".sides del")).to_contain_text("1993")
    expect(page.locator(".sides ins")).to_contain_text("1994")

    page.get_by_role("button", name="Ask this document").click()
    seen.ask("When did the liaison office at Lisbon open?")
    expect(page.locator("#thread .reply")).to_contain_text("1994")
    expect(page.locator(".chips")).to_contain_text("Liaison office")


def test_an_earlier_day_answers_from_what_stood_then(seen: Watched) -> None:
    seen.page.fill("#as-of", "2020-01-01")
    seen.ask(ASKED)

    expect(seen.page.locator("#thread .reply")).not_to_contain_text("Defence attachés support")


def test_it_is_asked_and_opened_by_keyboard_alone(seen: Watched) -> None:
    page = seen.page
    page.keyboard.press("/")
    page.keyboard.type(ASKED)
    page.keyboard.press("Enter")
    page.locator("#thread .turn").wait_for()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('#thread button.marker')"):
            break
    expect(page.locator(".popover")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".place mark, .place .box").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#viewer")).to_be_hidden()


def test_in_french_on_a_phone(real: Real, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 360, "height": 740}, locale="fr-FR") as context:
        watched = Watched(context.new_page())
        watched.page.goto(real.url)
        watched.page.wait_for_selector(".promise:not(:empty)")
        watched.ask("Que font les attachés de défense ?")
        expect(watched.page.locator("#thread .verdict")).to_contain_text("citée mot pour mot")
        wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not watched.page.evaluate(wider)
        watched.page.set_viewport_size({"width": 320, "height": 740})
        assert not watched.page.evaluate(wider)


def test_a_server_that_is_told_to_stop_ends_cleanly_with_a_page_open(
    tmp_path: Path, browser: Browser
) -> None:
    with served(tmp_path) as (server, url), browser.new_context() as context:
        page = context.new_page()
        page.goto(url)
        page.wait_for_selector(".promise:not(:empty)")
        server.send_signal(signal.SIGINT)
        _, said = server.communicate(timeout=60)

        assert server.returncode == 0
        assert "Traceback" not in said
        assert "Ctrl-C stops it." in said


def key(home: Path, role: KeyRole) -> str:
    """The secret of a new key that opens everything to its role."""
    opens = ("--clearance", "ALL", "--group", "ALL")
    made = attache(home, "keys", "add", f"a {role}", "--role", role, *opens, "--json")
    return str(made.json()["key"])


def test_with_keys_in_use_the_window_shows_what_the_visitors_key_allows(
    real: Real, browser: Browser
) -> None:
    secrets = {role: key(real.home, role) for role in KeyRole}
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(real.url)
        page.wait_for_selector("#sign-in[open]")
        page.fill("#key", "attache_wrong")
        page.click("#sign-in .primary")
        expect(page.locator(".wrong")).to_contain_text("not valid")

        page.fill("#key", secrets[KeyRole.READER])
        page.click("#sign-in .primary")
        expect(page.locator(".who-name")).to_have_text("a reader")
        page.goto(f"{real.url}/?view=library")
        expect(page.locator(".document").first).to_be_visible()
        expect(page.locator("#intake")).to_be_hidden()
        assert page.evaluate("document.cookie") == ""

        page.click(".who")
        page.click("#confirm [value=do]")
        page.wait_for_selector("#sign-in[open]")
        page.fill("#key", secrets[KeyRole.LIBRARIAN])
        page.click("#sign-in .primary")
        expect(page.locator(".who-name")).to_have_text("a librarian")
        page.goto(f"{real.url}/?view=library")
        expect(page.locator("#intake")).to_be_visible()
