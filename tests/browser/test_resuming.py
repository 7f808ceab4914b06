"""A page that is loaded anew while a question is under way."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched
from tests.browser.fake_api import Library

pytestmark = pytest.mark.browser


def begin(watched: Watched, question: str) -> None:
    """Asks, and waits until the first words of the answer are there."""
    watched.page.fill("#question", question)
    watched.page.keyboard.press("Enter")
    expect(watched.page.locator("#now .reply")).to_contain_text("The attaché")


def test_a_question_under_way_at_a_reload_is_taken_up_and_answered_once(
    watched: Watched, library: Library
) -> None:
    page = watched.page
    begin(watched, "steady, please")

    page.reload()

    expect(page.locator("#now .question")).to_have_text("steady, please")
    expect(page.locator("#now .reply")).to_contain_text("The attaché")
    expect(page.locator("#thread .question")).to_have_text(["steady, please"])
    expect(page.locator("#thread .marker").first).to_be_visible()
    expect(page.locator("#question")).to_have_value("")
    assert [body.question for body in library.asked] == ["steady, please"]


def test_what_was_answered_while_no_page_was_open_stands_in_its_conversation(
    watched: Watched, library: Library
) -> None:
    page = watched.page
    begin(watched, "steady, please")
    address = page.url
    page.goto("about:blank")
    (talk,) = library.talks.kept
    while not library.talks.kept[talk].items:
        page.wait_for_timeout(50)

    page.goto(address)

    expect(page.locator("#thread .question")).to_have_text(["steady, please"])
    expect(page.locator("#question")).to_have_value("")
    watched.ask("and mixed?")
    expect(page.locator("#thread .turn")).to_have_count(2)


def test_a_question_is_taken_up_before_its_conversation_has_an_address(
    watched: Watched, library: Library
) -> None:
    page = watched.page
    begin(watched, "slow, please")
    page.evaluate("history.replaceState(null, '', '/')")
    page.evaluate(
        "sessionStorage.setItem('attache.asked', JSON.stringify("
        "{...JSON.parse(sessionStorage.getItem('attache.asked')), conversation: ''}))"
    )

    page.reload()

    expect(page.locator("#thread .question")).to_have_text(["slow, please"])
    expect(page).to_have_url(f"{page.url.split('?')[0]}?c={next(iter(library.talks.kept))}")


def test_an_edited_question_under_way_at_a_reload_still_replaces_the_first(
    watched: Watched,
) -> None:
    page = watched.page
    watched.ask("What do defence attachés do?")
    page.locator("#thread .turn").hover()
    page.locator("#thread [data-edit]").click()
    begin(watched, "steady, please")

    page.reload()

    expect(page.locator("#now .reply")).to_contain_text("The attaché")
    expect(page.locator("#thread .turn")).to_be_hidden()
    expect(page.locator("#thread .question")).to_have_text(["steady, please"])


def test_what_was_taken_up_can_be_stopped(watched: Watched, library: Library) -> None:
    page = watched.page
    begin(watched, "slow, please")
    page.reload()
    expect(page.locator("#now .reply")).to_contain_text("The attaché")

    page.locator(".composer .stop").click()

    expect(page.locator("#thread .note")).to_contain_text("What had arrived was not checked.")
    expect(page.locator("#now .turn")).to_have_count(0)
    page.reload()
    expect(page.locator("#thread .turn")).to_have_count(0)
    assert not next(iter(library.talks.kept.values())).items


def test_a_question_that_nobody_knows_of_is_back_in_the_field(watched: Watched) -> None:
    page = watched.page
    page.evaluate(
        "sessionStorage.setItem('attache.asked', JSON.stringify("
        "{words: 'What was lost?', conversation: '', ticket: 'of another server', heard: true}))"
    )
    page.reload()

    expect(page.locator("#question")).to_have_value("What was lost?")


def test_a_question_that_never_reached_the_server_is_asked_after_a_reload(
    watched: Watched, library: Library
) -> None:
    page = watched.page
    page.evaluate(
        "sessionStorage.setItem('attache.asked', JSON.stringify("
        "{words: 'What do defence attachés do?', conversation: '', ticket: 'on its way'}))"
    )
    page.reload()

    expect(page.locator("#thread .question")).to_have_text(["What do defence attachés do?"])
    assert len(library.asked) == 1


def test_an_answer_that_something_in_between_keeps_back_is_fetched(
    watched: Watched, library: Library
) -> None:
    page = watched.page
    page.route("**/queue/data**", lambda _: None)
    page.fill("#question", "What do defence attachés do?")
    page.keyboard.press("Enter")

    expect(page.locator("#thread .question")).to_have_text(["What do defence attachés do?"])
    expect(page.locator("#question")).to_have_value("")
    assert len(library.asked) == 1
