"""axe-core over every view: it finds nothing, in light and in dark, wide and on a phone."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Watched
from tests.browser.fake_api import Library

pytestmark = pytest.mark.browser


def script() -> str:
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "axe.min.js").read_text("utf-8")


def complaints(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA and its own best practices."""
    page.evaluate(script())
    page.wait_for_timeout(350)  # what moves in comes to rest: colours in between are no contrast
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', "
        "'best-practice']})"
    )
    return [
        f"{each['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def welcome(seen: Watched) -> None:
    seen.page.wait_for_selector(".examples")


def answered(seen: Watched) -> None:
    seen.ask("What do defence attachés do?")
    seen.page.wait_for_selector(".followups button")


def flagged(seen: Watched) -> None:
    seen.ask("mixed")


def not_answered(seen: Watched) -> None:
    seen.ask("Something unknown?")


def unclear(seen: Watched) -> None:
    seen.ask("unclear")


def failed(seen: Watched) -> None:
    seen.ask("please fail")


def narrowing(seen: Watched) -> None:
    seen.page.click("[data-action=narrow]")
    seen.page.wait_for_selector("#narrow[open]")


def chips(seen: Watched) -> None:
    seen.page.click("[data-action=narrow]")
    seen.page.select_option("#narrow-issuer", "Staff College")
    seen.page.click("#narrow [value=ok]")
    seen.page.wait_for_selector(".chips button")


def proof(seen: Watched) -> None:
    answered(seen)
    seen.page.locator("#thread button.marker").first.click()


def page_of_source(seen: Watched) -> None:
    proof(seen)
    seen.page.locator(".proof-cards a[data-open]").first.click()
    seen.page.wait_for_selector(".sheet:not(.loading)")


def text_of_source(seen: Watched) -> None:
    page_of_source(seen)
    seen.page.click("[data-action=show-text]")


def library_view(seen: Watched) -> None:
    seen.page.click("nav [data-view=library]")
    seen.page.wait_for_selector(".document")


def checked(seen: Watched) -> None:
    seen.page.click("nav [data-view=check]")
    seen.page.fill("#claims", "Donors share courses.\nDonors never do.\nDonors")
    seen.page.click(".check .primary")
    seen.page.wait_for_selector(".checked > .unchecked")


def uploaded(seen: Watched) -> None:
    seen.upload(("minutes.txt", b"The committee met."), ("scan.pdf", b"\0"))
    seen.page.wait_for_selector(".report.failed")


def runs(seen: Watched) -> None:
    uploaded(seen)
    seen.page.click("[data-tab=runs]")
    seen.page.locator(".run summary").first.click()
    seen.page.wait_for_selector(".run-report .failures")


def document(seen: Watched) -> None:
    library_view(seen)
    seen.page.locator(".document h2 a").first.click()
    seen.page.click("[data-action=compare]")
    seen.page.wait_for_selector(".sides ins")


def removing(seen: Watched) -> None:
    library_view(seen)
    seen.page.locator("[data-remove]").first.click()
    seen.page.wait_for_selector("#confirm[open]")


def removed(seen: Watched) -> None:
    removing(seen)
    seen.page.click("#confirm [value=do]")
    seen.page.click("[data-tab=removed]")
    seen.page.wait_for_selector("[data-restore]")


def menu(seen: Watched) -> None:
    answered(seen)
    seen.page.locator(".talks .one").hover()
    seen.page.locator(".talks [data-menu]").click()


def renaming(seen: Watched) -> None:
    menu(seen)
    seen.page.locator("[data-rename]").click()


def rating(seen: Watched) -> None:
    answered(seen)
    seen.page.locator("[data-rate=down]").click()


def hovered(seen: Watched) -> None:
    answered(seen)
    seen.page.locator("#thread button.marker").first.hover()
    seen.page.wait_for_selector(".popover")


def editing(seen: Watched) -> None:
    answered(seen)
    seen.page.locator("#thread .turn").hover()
    seen.page.locator("#thread [data-edit]").first.click()


def writing(seen: Watched) -> None:
    seen.page.fill("#question", "slow, please")
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_selector("#now .reply")


def away(seen: Watched) -> None:
    answered(seen)
    seen.page.context.set_offline(True)
    seen.page.wait_for_selector(".offline:not([hidden])")


def signing_in(seen: Watched) -> None:
    seen.page.evaluate("document.getElementById('sign-in').showModal()")


VIEWS = [
    welcome,
    answered,
    flagged,
    not_answered,
    unclear,
    failed,
    narrowing,
    chips,
    proof,
    page_of_source,
    text_of_source,
    library_view,
    checked,
    runs,
    document,
    removing,
    signing_in,
    removed,
    menu,
    renaming,
    rating,
    hovered,
    editing,
    writing,
    away,
]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_axe_finds_nothing(watched: Watched, view: Callable[[Watched], None]) -> None:
    view(watched)

    assert complaints(watched.page) == []


@pytest.mark.parametrize(
    ("view", "scheme", "width"),
    [
        (answered, "dark", 1280),
        (document, "dark", 1280),
        (proof, "light", 360),
        (answered, "light", 820),
        (library_view, "light", 820),
        (document, "dark", 360),
        (checked, "dark", 360),
        (runs, "dark", 360),
    ],
)
def test_axe_finds_nothing_in_the_dark_and_on_a_phone(
    site: str,
    browser: Browser,
    library: Library,
    view: Callable[[Watched], None],
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    library.role = "administrator"
    with browser.new_context(
        viewport={"width": width, "height": 780}, color_scheme=scheme
    ) as context:
        seen = Watched(context.new_page())
        seen.page.goto(site)
        seen.page.wait_for_selector(".promise:not(:empty)")
        view(seen)

        assert complaints(seen.page) == []
