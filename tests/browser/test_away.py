"""A server that goes away and comes back, over the stand-in API."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Watched
from tests.browser.fake_api import Library
from tests.browser.standing import StandIn, standing

pytestmark = pytest.mark.browser


@pytest.fixture
def server() -> Iterator[StandIn]:
    with standing(Library()) as running:
        yield running


@pytest.fixture
def open_page(server: StandIn, browser: Browser) -> Iterator[Watched]:
    with browser.new_context() as context:
        seen = Watched(context.new_page())
        seen.page.goto(server.url)
        seen.page.wait_for_selector(".promise:not(:empty)")
        yield seen


def test_what_is_asked_of_a_server_that_stopped_stays_and_is_answered_when_it_is_back(
    server: StandIn, open_page: Watched
) -> None:
    page = open_page.page
    open_page.ask("What do defence attachés do?")
    server.stop()
    page.fill("#question", "and their limits?")
    page.keyboard.press("Enter")
    expect(page.locator("#now .question")).to_have_text("and their limits?")
    expect(page.locator("#now .away")).to_contain_text("The server cannot be reached")
    expect(page.locator(".offline")).to_be_visible()
    expect(page.locator(".toast-wrap")).to_be_hidden()

    server.start()
    expect(page.locator("#thread .question").last).to_have_text("and their limits?")
    expect(page.locator("#thread .turn")).to_have_count(2)
    expect(page.locator(".offline")).to_be_hidden()


def test_a_question_that_waits_for_the_server_can_be_taken_back(
    server: StandIn, open_page: Watched
) -> None:
    page = open_page.page
    server.stop()
    page.fill("#question", "What do defence attachés do?")
    page.keyboard.press("Enter")
    page.locator("#now .away [data-action=take-back]").click()

    expect(page.locator("#question")).to_have_value("What do defence attachés do?")
    expect(page.locator("#now .turn")).to_have_count(0)
    server.start()
    expect(page.locator(".offline")).to_be_hidden()
    page.locator("#question").press("Enter")
    expect(page.locator("#thread .turn")).to_have_count(1)


def test_an_answer_that_breaks_off_with_its_server_is_asked_again(
    server: StandIn, open_page: Watched
) -> None:
    page = open_page.page
    page.fill("#question", "slow, please")
    page.keyboard.press("Enter")
    expect(page.locator("#now .reply")).to_contain_text("The attaché")
    server.stop()
    expect(page.locator("#now .away")).to_contain_text("Your question is kept")
    expect(page.locator("#now .question")).to_have_text("slow, please")

    server.start()
    expect(page.locator("#now .streaming")).to_contain_text("The attaché")


def test_a_page_at_which_nobody_does_anything_learns_of_it_and_recovers_where_it_is(
    server: StandIn, open_page: Watched
) -> None:
    page = open_page.page
    open_page.ask("What do defence attachés do?")
    page.locator("#thread .source").first.click()
    page.evaluate("window.hereSince = 'before'")
    server.stop()
    expect(page.locator(".offline")).to_be_visible(timeout=40_000)

    server.start()
    expect(page.locator(".offline")).to_be_hidden()
    open_page.ask("and their limits?")
    expect(page.locator("#thread .question")).to_have_text(
        ["What do defence attachés do?", "and their limits?"]
    )
    assert page.evaluate("window.hereSince") == "before"


def test_a_view_that_was_opened_meanwhile_is_shown_when_the_server_is_back(
    server: StandIn, open_page: Watched
) -> None:
    page = open_page.page
    server.stop()
    page.locator("nav [data-view=library]").click()
    expect(page.locator("#shelf .report")).to_contain_text("shown as soon as it answers again")

    server.start()
    expect(page.locator(".document")).to_have_count(3)
