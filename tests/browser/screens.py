"""Pictures of the window in every state, at three widths, light and dark: `make screenshots`.

Over the real server and the starter library where there is a state of it, over the stand-in API
where something has to be slow, to fail or to be away.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM, CHROMIUM_ARGS, Watched
from tests.browser.fake_api import Library
from tests.browser.standing import standing
from tests.integration.served import served

WIDTHS = {"desktop": (1360, 850), "tablet": (820, 1000), "phone": (360, 740)}
COLOURS = 64  # of a picture: the window has few, and the files stay small
ASKED = "What do defence attachés do?"
View = Callable[[Watched], None]


def welcome(seen: Watched) -> None:
    seen.page.wait_for_selector(".examples")


def answer(seen: Watched) -> None:
    seen.ask(ASKED)
    seen.page.wait_for_timeout(2500)


def quotation(seen: Watched) -> None:
    answer(seen)
    seen.page.locator("#thread button.marker").nth(1).hover()
    seen.page.wait_for_timeout(200)


def proof(seen: Watched) -> None:
    answer(seen)
    seen.page.locator("#thread button.marker").nth(1).click()
    seen.page.wait_for_timeout(500)


def not_in_the_library(seen: Watched) -> None:
    seen.ask("What is the airspeed velocity of an unladen swallow?")


def page_of_a_pdf(seen: Watched) -> None:
    seen.ask("What does Article 9 of the North Atlantic Treaty establish?")
    seen.page.wait_for_timeout(500)
    seen.page.locator("#thread button.marker").first.click()
    seen.page.locator(".card:has-text('article-by-article.pdf') a[data-open]").first.click()
    seen.page.wait_for_selector(".sheet:not(.loading)")
    seen.page.wait_for_timeout(400)


def text_of_a_document(seen: Watched) -> None:
    proof(seen)
    seen.page.locator(".proof-cards .current a[data-open]").first.click()
    seen.page.wait_for_selector(".running mark")
    seen.page.wait_for_timeout(300)


def library(seen: Watched) -> None:
    seen.page.click("nav [data-view=library]")
    seen.page.wait_for_selector(".document")


def taken_in(seen: Watched) -> None:
    note = b"# Liaison\n\nThe liaison office at Lisbon opened on 4 May 1993."
    seen.upload(("liaison.md", note), ("broken.pdf", b"%PDF-1.7 nothing"))
    seen.page.wait_for_selector(".report.failed", timeout=60_000)


def changed_document(seen: Watched) -> None:
    year = 1950 + int(time.time()) % 60
    for words in (f"{year} by two officers.", f"{year + 1} by three officers."):
        text = f"# Liaison office\n\nThe liaison office at Lisbon was opened on 4 May {words}"
        seen.upload(("liaison-office.md", text.encode()))
        seen.page.wait_for_selector("#work .report:not(.working)", timeout=60_000)
    seen.page.get_by_role("link", name="Liaison office").first.click()
    seen.page.click("[data-action=compare]")
    seen.page.wait_for_selector(".sides ins")
    seen.page.wait_for_timeout(700)


def narrowed(seen: Watched) -> None:
    library(seen)
    seen.page.locator(".document [data-narrow]").first.click()
    seen.page.fill("#as-of", "2026-11-01")
    seen.page.click("[data-action=narrow]")
    seen.page.wait_for_selector("#narrow[open]")


def conversations(seen: Watched) -> None:
    answer(seen)
    if seen.page.locator("#sidebar").is_hidden():
        seen.page.click(".toggle")
        seen.page.wait_for_timeout(300)
    seen.page.locator(".talks [data-menu]").first.click()
    seen.page.wait_for_timeout(200)


def writing(seen: Watched) -> None:
    seen.page.fill("#question", "slow, please")
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_selector("#now .streaming")
    seen.page.wait_for_timeout(2500)


def checked(seen: Watched) -> None:
    seen.ask("mixed")


def a_text_checked(seen: Watched) -> None:
    seen.page.click("nav [data-view=check]")
    seen.page.fill(
        "#claims",
        "Finland joined NATO in 2023. The North Atlantic Treaty was signed in Washington in 1952.",
    )
    seen.page.click(".check .primary")
    seen.page.wait_for_selector(".checked > li")


def which(seen: Watched) -> None:
    seen.ask("unclear")


def failed(seen: Watched) -> None:
    seen.ask("please fail")


def away(seen: Watched) -> None:
    seen.page.fill("#question", "What was I going to ask?")
    seen.page.context.set_offline(True)
    seen.page.wait_for_selector(".offline:not([hidden])")


def key_wanted(seen: Watched) -> None:
    seen.page.evaluate("document.getElementById('sign-in').showModal()")


REAL: list[View] = [
    welcome,
    answer,
    quotation,
    proof,
    not_in_the_library,
    page_of_a_pdf,
    text_of_a_document,
    library,
    taken_in,
    changed_document,
    narrowed,
    conversations,
    a_text_checked,
]
STAND_IN: list[View] = [writing, checked, which, failed, away, key_wanted]


def take(
    browser: Browser, url: str, views: list[View], width: str, scheme: Literal["light", "dark"]
) -> Iterator[tuple[str, Image.Image]]:
    """The pictures of the views, by their names."""
    across, down = WIDTHS[width]
    for view in views:
        with browser.new_context(
            viewport={"width": across, "height": down}, color_scheme=scheme, locale="en-GB"
        ) as context:
            seen = Watched(context.new_page())
            seen.page.set_default_timeout(40_000)
            seen.page.goto(url)
            seen.page.wait_for_selector(".promise:not(:empty)")
            view(seen)
            yield view.__name__, Image.open(BytesIO(seen.page.screenshot()))


def main(folder: Path, only: str = "") -> None:
    """Writes a picture of each width and scheme: all its views beside and below each other."""
    folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="attache-screens-"))
    with (
        served(home, ATTACHE_STARTER="true") as (_, real),
        standing(Library()) as fake,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                for url, views in ((real, REAL), (fake.url, STAND_IN)):
                    chosen = [view for view in views if only in view.__name__]
                    for name, picture in take(browser, url, chosen, width, scheme):
                        save(picture, folder / f"{name}-{width}-{scheme}.png")
        browser.close()


def save(picture: Image.Image, path: Path) -> None:
    """Writes it with few colours; what is shown stays as sharp as it was."""
    small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
    sys.stdout.write(f"{path.name} {path.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
