"""The page in a real browser, against a real server."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Watched
from tests.browser.fake_api import EVIL, Library

pytestmark = pytest.mark.browser

PHONES = [360, 390, 768]


def test_a_question_is_answered_with_markers_and_proof(watched: Watched) -> None:
    watched.ask("What do defence attachés do?")

    expect(watched.page.locator("#thread button.marker")).to_have_count(4)
    expect(watched.page.locator(".proof-cards .card")).to_have_count(4)
    expect(watched.page.locator(".welcome")).to_be_hidden()


def test_words_appear_while_the_answer_is_being_written(watched: Watched) -> None:
    watched.page.fill("#question", "slow, please")
    watched.page.keyboard.press("Enter")

    # What it does now: how far it has come by the time it is looked at differs.
    expect(watched.page.locator("#now .status")).to_contain_text(
        re.compile("Searching the library|Reading .* passages|Writing, then checking")
    )
    expect(watched.page.locator("#now[aria-live=polite] .reply")).to_contain_text("The attaché")
    expect(watched.page.locator("#thread .turn")).to_have_count(0)


def test_a_marker_opens_the_card_with_its_quotation(watched: Watched) -> None:
    watched.ask("What do defence attachés do?")

    watched.page.locator("#thread button.marker").nth(2).click()

    card = watched.page.locator(".proof-cards .card.current")
    expect(card.locator("mark")).to_have_text(
        "Progress depends on political will in the partner state, which no adviser can supply."
    )
    expect(card).to_be_in_viewport()
    expect(card).to_be_focused()


def test_a_marker_of_an_earlier_answer_brings_back_its_proof(watched: Watched) -> None:
    watched.ask("What do defence attachés do?")
    watched.ask("and mixed?")
    expect(watched.page.locator(".proof-cards .card")).to_have_count(2)

    watched.page.locator("#thread .turn").nth(0).locator("button.marker").nth(3).click()

    expect(watched.page.locator(".proof-cards .card")).to_have_count(4)
    expect(watched.page.locator(".card.current mark")).to_contain_text("Donors often duplicate")


def test_a_marker_under_the_pointer_shows_its_quotation(watched: Watched) -> None:
    watched.ask("What do defence attachés do?")

    watched.page.locator("#thread button.marker").nth(0).hover()

    expect(watched.page.locator(".popover q")).to_contain_text("The attaché represents the chief")
    watched.page.keyboard.press("Escape")
    expect(watched.page.locator(".popover")).to_have_count(0)


def test_links_open_the_version_that_was_quoted(watched: Watched) -> None:
    watched.ask("What do defence attachés do?")

    link = watched.page.locator(".proof-cards .card footer a").nth(0)

    expect(link).to_have_attribute(
        "href", re.compile(r"^/\?d=attaches&v=v-attaches&start=\d+&end=")
    )


# The next question goes off in the same moment in which the page puts the answer into its thread.
ASK_AT_ONCE = """() => {
  let more = 3;
  new MutationObserver(() => {
    if (!more--) return;
    document.querySelector("#question").value = `What do attachés do, said ${more}?`;
    document.querySelector(".composer").requestSubmit();
  }).observe(document.querySelector("#thread"), { childList: true });
}"""


def test_a_question_asked_the_moment_the_last_is_answered_is_not_lost(watched: Watched) -> None:
    watched.page.evaluate(ASK_AT_ONCE)

    watched.ask("What do defence attachés do?")

    expect(watched.page.locator("#thread .turn")).to_have_count(4)
    expect(watched.page.locator("#now")).to_be_empty()
    assert watched.complaints == []


def test_a_follow_up_follows_its_conversation(watched: Watched, library: Library) -> None:
    watched.ask("What do defence attachés do?")
    watched.ask("and their limits?")

    first, second = library.asked
    assert first.conversation_id == second.conversation_id
    expect(watched.page.locator(".searched")).to_contain_text("about What do defence attachés do?")


def test_a_new_conversation_forgets_the_old_one(watched: Watched, library: Library) -> None:
    watched.ask("What do defence attachés do?")

    watched.page.locator("[data-action=new]").click()

    expect(watched.page.locator(".welcome")).to_be_visible()
    expect(watched.page.locator(".card")).to_have_count(0)
    watched.ask("and their limits?")
    assert library.asked[0].conversation_id != library.asked[1].conversation_id


def test_an_example_is_asked_with_one_press(watched: Watched, library: Library) -> None:
    watched.page.get_by_role("button", name="When did Finland join NATO?").click()

    expect(watched.page.locator("#thread .question")).to_have_text("When did Finland join NATO?")
    assert library.asked[-1].question == "When did Finland join NATO?"


def test_stopping_ends_the_work_and_keeps_the_words(watched: Watched, library: Library) -> None:
    before = library.abandoned
    watched.page.fill("#question", "slow, please")
    watched.page.keyboard.press("Enter")
    expect(watched.page.locator("#now .reply")).to_contain_text("The attaché")

    watched.page.get_by_role("button", name="Stop answering").click()

    turn = watched.page.locator("#thread .turn")
    expect(turn).to_contain_text("What had arrived was not checked")
    expect(turn).to_contain_text("The attaché")
    expect(watched.page.locator("[data-running]")).to_have_count(0)
    watched.ask("What do defence attachés do?")
    assert library.abandoned == before + 1


def test_an_unanswered_question_shows_what_is_nearest(watched: Watched) -> None:
    watched.ask("Something unknown?")

    expect(watched.page.locator(".abstained .nearest h4")).to_have_count(3)
    expect(watched.page.locator(".problem")).to_have_count(0)


@pytest.mark.parametrize(
    ("question", "advice"),
    [("please fail", "Documents are being taken in"), ("please break", "Ask again in a minute")],
)
def test_a_failure_is_shown_in_place_with_what_to_do(
    watched: Watched, question: str, advice: str
) -> None:
    watched.ask(question)

    expect(watched.page.locator(".problem")).to_contain_text(advice)
    expect(watched.page.locator(".problem").get_by_role("button", name="Ask again")).to_be_visible()


def test_an_unsupported_sentence_is_flagged(watched: Watched) -> None:
    watched.ask("mixed")

    expect(watched.page.locator(".sentence.unsupported .flag")).to_have_text("not supported")
    expect(watched.page.locator(".verdict")).to_have_text("1 of 3 sentences not supported")


def test_an_earlier_day_is_asked_for(watched: Watched, library: Library) -> None:
    watched.page.fill("#as-of", "2024-05-01")

    watched.ask("What do defence attachés do?")

    assert str(library.asked[-1].as_of) == "2024-05-01 23:59:59+00:00"
    expect(watched.page.locator(".about time")).to_have_text("as of 1 May 2024, 23:59 UTC")


def test_everything_can_be_done_by_keyboard(watched: Watched) -> None:
    page = watched.page
    page.locator("#question").focus()
    page.keyboard.type("First line")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("second line?")
    page.keyboard.press("Enter")
    page.locator("#thread .turn").wait_for()
    expect(page.locator(".question")).to_have_text("First line\nsecond line?")

    page.keyboard.press("Shift+Tab")
    for _ in range(12):
        if page.evaluate("document.activeElement.dataset.marker") == "2":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".card.current .number")).to_have_text("2")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "marker"


@pytest.mark.parametrize("width", [*PHONES, 820])
def test_nothing_is_wider_than_the_screen(watched: Watched) -> None:
    page = watched.page
    widest = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(widest) <= 0

    watched.ask(f"hostile {'x' * 300}")
    assert page.evaluate(widest) <= 0
    watched.ask("Something unknown?")
    assert page.evaluate(widest) <= 0

    page.locator("nav [data-view=library]").click()
    page.wait_for_selector(".document")
    assert page.evaluate(widest) <= 0
    page.locator("[data-tab=removed]").click()
    assert page.evaluate(widest) <= 0
    page.locator("[data-tab=documents]").click()
    page.locator(".document h2 a").first.click()
    page.click("[data-action=compare]")
    page.wait_for_selector(".sides")
    assert page.evaluate(widest) <= 0


@pytest.mark.parametrize("width", PHONES)
def test_on_a_small_screen_proof_comes_up_as_a_sheet(watched: Watched) -> None:
    watched.ask("What do defence attachés do?")
    expect(watched.page.locator(".proof")).to_be_hidden()

    watched.page.locator("#thread button.marker").nth(1).click()
    expect(watched.page.locator(".card.current mark")).to_be_in_viewport()

    watched.page.get_by_role("button", name="Close proof").click()
    expect(watched.page.locator(".proof")).to_be_hidden()


def test_hostile_words_are_shown_and_never_run(watched: Watched) -> None:
    page = watched.page
    page.on("dialog", lambda dialog: watched.complaints.append(f"dialog: {dialog.message}"))

    watched.ask(f"hostile {EVIL} ${{window.hacked=1}} {{{{this}}}}")
    page.locator("#thread button.marker").nth(0).hover()
    expect(page.locator(".popover q")).to_contain_text("<script>")
    page.locator("#thread button.marker").nth(0).click()
    expect(page.locator(".proof-cards .card h3")).to_contain_text("<img src=x")
    watched.upload((f"{EVIL}.txt", b"words"), ("<b>scan.pdf", b"\0"))
    expect(page.locator(".files")).to_contain_text("The file holds no text")

    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src=x], a[href^='javascript']").count() == 0
    assert [words for words in watched.complaints if "dialog" in words] == []


def test_a_file_that_fails_says_why_and_the_others_are_added(watched: Watched) -> None:
    watched.upload(("minutes.txt", b"The committee met."), ("scan.pdf", b"\0"))

    expect(watched.page.locator(".report h2")).to_have_text("1 file added, 1 not taken in")
    expect(watched.page.locator(".files [data-state=failed]")).to_contain_text(
        "Save it with a text"
    )
    expect(watched.page.locator("#shelf")).to_contain_text("minutes.txt")
    expect(watched.page.locator(".holdings")).to_contain_text("4 documents")


def test_a_document_is_found_by_its_words(watched: Watched) -> None:
    watched.page.locator("nav [data-view=library]").click()

    watched.page.fill("#find", "security institute")

    expect(watched.page.locator(".document")).to_have_count(1)
    expect(watched.page.locator(".shelf-count")).to_contain_text("1 of 3 documents match")


def test_a_document_is_removed_only_when_confirmed(watched: Watched, library: Library) -> None:
    page = watched.page
    page.locator("nav [data-view=library]").click()
    page.locator("[data-remove=capacity]").click()
    page.get_by_role("button", name="Keep it").click()
    assert "capacity" in library.documents

    page.locator("[data-remove=capacity]").click()
    page.locator("#confirm [value=do]").click()

    expect(page.locator(".toast")).to_contain_text("Removed “Defence and related")
    expect(page.locator(".document")).to_have_count(2)
    assert "capacity" not in library.documents


def test_two_tabs_do_not_mix(watched: Watched, browser: Browser, site: str) -> None:
    watched.page.fill("#question", "slow, in the first tab")
    watched.page.keyboard.press("Enter")
    with browser.new_context() as context:
        other = Watched(context.new_page())
        other.page.goto(site)
        other.page.wait_for_selector(".promise:not(:empty)")
        other.ask("What do defence attachés do?")

        expect(other.page.locator(".turn")).to_have_count(1)
        expect(watched.page.locator("#now .question")).to_have_text("slow, in the first tab")
        expect(watched.page.locator("#thread .turn")).to_have_count(0)


def test_the_page_asks_nobody_else_and_has_no_complaints(watched: Watched) -> None:
    watched.ask("What do defence attachés do?")
    watched.page.locator("#thread button.marker").nth(0).click()
    watched.upload(("minutes.txt", b"The committee met."))
    expect(watched.page.locator(".report h2")).to_have_text("1 file added")

    hosts = {urlsplit(url).hostname for url in watched.addresses if not url.startswith("data:")}
    assert hosts == {"127.0.0.1"}
    assert watched.complaints == []


def test_the_page_names_itself_and_its_language(watched: Watched) -> None:
    assert watched.page.title() == "Attaché"
    assert watched.page.evaluate("document.documentElement.lang") == "en"
    expect(watched.page.locator("footer:has-text('Gradio')")).to_have_count(0)
    expect(watched.page.get_by_role("main")).to_have_count(1)


def test_files_on_their_way_in_are_shown_and_can_be_stopped(watched: Watched) -> None:
    watched.upload(("minutes.txt", b"The committee met."), ("slow.txt", b"It never ends."))

    report = watched.page.locator("#work")
    expect(report.locator("progress")).to_have_attribute("max", "2")
    expect(report.locator("li").nth(0)).to_contain_text("added")
    expect(report.locator("li").nth(1)).to_contain_text("reading")
    report.get_by_role("button", name="Cancel").click()

    expect(report.locator("h2")).to_have_text("Stopped: 1 file added")
    expect(report.get_by_role("button", name="Try again")).to_be_visible()


def test_files_chosen_while_others_are_on_their_way_come_after_them(watched: Watched) -> None:
    watched.upload(("slow.txt", b"It never ends."))
    report = watched.page.locator("#work")
    expect(report.locator(".working li")).to_contain_text("reading")
    watched.upload(("minutes.txt", b"The committee met."))
    report.get_by_role("button", name="Cancel").click()

    expect(report.locator("h2").nth(0)).to_have_text("1 file added")
    expect(report.locator("li").nth(0)).to_contain_text("minutes.txt")
    expect(report.locator("h2").nth(1)).to_contain_text("Stopped")


def test_a_failure_is_told_at_once_and_tried_again_with_one_press(watched: Watched) -> None:
    watched.upload(("empty.pdf", b""), ("slow.txt", b"It takes its time."))

    report = watched.page.locator("#work")
    expect(report.locator(".working [data-state=failed]")).to_contain_text("empty.pdf")
    report.get_by_role("button", name="Cancel").click()
    expect(report.locator("h2")).to_have_text("Stopped: 1 not taken in")
    report.get_by_role("button", name="Try again").click()

    expect(report.locator(".working")).to_contain_text("empty.pdf")


def test_what_failed_before_the_files_that_came_after_is_still_tried_again_with_one_press(
    watched: Watched,
) -> None:
    watched.upload(("empty.pdf", b""), ("slow.txt", b"It never ends."))
    work = watched.page.locator("#work")
    expect(work.locator(".working [data-state=failed]")).to_contain_text("empty.pdf")
    watched.upload(("minutes.txt", b"The committee met."))
    work.get_by_role("button", name="Cancel").click()
    expect(work.locator("h2")).to_have_text(["1 file added", "Stopped: 1 not taken in"])

    kept = work.locator(".report.failed")
    kept.get_by_role("button", name="Try again").click()

    expect(work.locator(".working")).to_contain_text("empty.pdf")
    expect(work.locator(".working")).to_contain_text("slow.txt")


def test_what_a_run_left_out_is_tried_again_from_what_is_told_of_the_run(watched: Watched) -> None:
    page = watched.page
    watched.upload(("empty.pdf", b""))
    expect(page.locator("#work h2")).to_have_text("1 not taken in")
    page.locator("#work").get_by_role("button", name="Close").click()
    page.click("[data-tab=runs]")
    page.locator(".run summary").first.click()
    page.locator(".run-report").get_by_role("button", name="Try again").click()

    expect(page.locator("#work h2")).to_have_text("1 file added")
