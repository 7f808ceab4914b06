"""What people do in the window beside asking, over the stand-in API."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Watched
from tests.browser.fake_api import EVIL, Held, Library, take_in

pytestmark = pytest.mark.browser


def test_a_conversation_is_kept_over_a_reload_and_has_an_address(watched: Watched) -> None:
    page = watched.page
    watched.ask("What do defence attachés do?")
    watched.ask("and mixed?")
    expect(page).to_have_url(re.compile(r"\?c=[0-9a-f]{32}$"))

    page.reload()

    expect(page.locator("#thread .turn")).to_have_count(2)
    page.locator("#thread .turn").first.locator("button.marker").first.click()
    expect(page.locator(".proof-cards .card")).to_have_count(4)


def test_what_was_asked_is_no_draft_any_more(watched: Watched) -> None:
    page = watched.page
    page.locator("#question").press_sequentially("What do defence attachés do?")
    page.keyboard.press("Enter")
    page.locator("#thread .turn").wait_for()
    page.reload()
    expect(page.locator("#thread .turn")).to_have_count(1)
    expect(page.locator("#question")).to_have_value("")

    page.click("[data-action=new]")
    page.locator(".talks .one > a").first.click()
    expect(page.locator("#thread .turn")).to_have_count(1)
    expect(page.locator("#question")).to_have_value("")


def test_a_draft_and_what_it_is_narrowed_to_belong_to_their_conversation(
    watched: Watched, library: Library
) -> None:
    page = watched.page
    page.fill("#as-of", "2024-05-01")
    watched.ask("What do defence attachés do?")
    page.fill("#question", "Half a question")
    page.click("[data-action=new]")
    expect(page.locator(".chips li")).to_have_count(0)
    expect(page.locator("#question")).to_have_value("")
    watched.ask("and mixed?")
    assert library.asked[-1].as_of is None

    page.locator(".talks .one > a").last.click()
    expect(page.locator(".chips")).to_contain_text("as of 1 May 2024")
    expect(page.locator("#question")).to_have_value("Half a question")


def test_an_answer_that_is_left_appears_in_no_other_conversation(watched: Watched) -> None:
    page = watched.page
    watched.ask("What do defence attachés do?")
    page.click("[data-action=new]")
    page.fill("#question", "slow, please")
    page.keyboard.press("Enter")
    expect(page.locator("#now .reply")).to_contain_text("The attaché")
    left = page.url
    page.locator(".talks .one > a").last.click()
    expect(page.locator("#thread .turn")).to_have_count(1)
    page.wait_for_timeout(800)  # what was on its way when it was left has arrived
    expect(page.locator(".turn .question")).to_have_text("What do defence attachés do?")

    page.goto(left)
    expect(page.locator("#question")).to_have_value("slow, please")


def test_enter_does_what_a_dialog_is_for(watched: Watched, library: Library) -> None:
    page = watched.page
    watched.ask("What do defence attachés do?")
    page.locator(".talks .one").hover()
    page.locator(".talks [data-menu]").click()
    page.locator(".talks [data-rename]").click()
    page.fill("#new-title", "Duties")
    page.keyboard.press("Enter")
    expect(page.locator(".talks .one a").first).to_contain_text("Duties")

    page.click("[data-action=narrow]")
    page.fill("#narrow-from", "2020-01-01")
    page.keyboard.press("Enter")
    expect(page.locator(".chips")).to_contain_text("published from 1 January 2020")

    page.locator("nav [data-view=library]").click()
    page.locator("[data-remove=capacity]").click()
    page.keyboard.press("Enter")  # what was asked for was to remove it: the safe way is chosen
    expect(page.locator("#confirm")).to_be_hidden()
    assert "capacity" in library.documents


def test_what_was_being_written_and_what_it_was_narrowed_to_survive_a_reload(
    watched: Watched,
) -> None:
    page = watched.page
    page.fill("#as-of", "2024-05-01")
    page.fill("#question", "Half a question")
    page.reload()

    expect(page.locator("#question")).to_have_value("Half a question")
    expect(page.locator(".chips")).to_contain_text("as of 1 May 2024")


def test_conversations_are_found_renamed_exported_and_deleted(
    watched: Watched, library: Library
) -> None:
    page = watched.page
    watched.ask("What do defence attachés do?")
    page.click("[data-action=new]")
    watched.ask("and mixed?")
    expect(page.locator(".talks .one")).to_have_count(2)

    page.fill("#find-talk", "attachés")
    expect(page.locator(".talks .one")).to_have_count(1)
    page.locator(".talks .one").hover()
    page.locator(".talks [data-menu]").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Save as Word").click()
    assert download.value.suggested_filename == "talk.docx"

    page.locator(".talks [data-menu]").click()
    page.locator(".talks [data-rename]").click()
    page.fill("#new-title", f"attachés {EVIL}")
    page.click("#rename [value=ok]")
    expect(page.locator(".talks .one a").first).to_contain_text("<img src=x")

    page.locator(".talks [data-menu]").click()
    page.locator(".talks [data-forget]").click()
    page.click("#confirm [value=do]")
    expect(page.locator(".talks")).to_contain_text("No conversation contains")
    assert len(library.talks.kept) == 1


def test_a_menu_is_walked_by_arrows_and_gives_the_focus_back(watched: Watched) -> None:
    page = watched.page
    watched.ask("What do defence attachés do?")
    focused = "document.activeElement.textContent.trim()"
    opens = page.locator(".talks [data-menu]")
    opens.focus()
    page.keyboard.press("Enter")
    assert page.evaluate(focused) == "Rename"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "Save as Markdown"
    page.keyboard.press("End")
    assert page.evaluate(focused) == "Delete"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "Rename"
    page.keyboard.press("Escape")
    expect(page.locator(".menu")).to_be_hidden()
    expect(opens).to_be_focused()


def test_markers_are_large_enough_to_be_touched(watched: Watched) -> None:
    watched.ask("What do defence attachés do?")

    reached = watched.page.evaluate(
        "[...document.querySelectorAll('#thread button.marker')].map((marker) => {"
        " const box = marker.getBoundingClientRect();"
        " const zone = getComputedStyle(marker, '::after');"
        " return [parseFloat(zone.width), parseFloat(zone.height), box.width]; })"
    )
    assert all(across >= 24 and down >= 24 for across, down, _ in reached), reached


@pytest.mark.parametrize("width", [1280, 820, 360])
def test_the_field_shows_a_whole_line_from_the_first_moment_on(watched: Watched) -> None:
    page = watched.page
    seen = "(() => { const box = document.querySelector('#question'); return box.clientHeight; })()"
    assert page.evaluate(seen) >= 40

    page.locator("nav [data-view=library]").click()
    page.locator(".document [data-narrow]").first.click()
    expect(page.locator(".chips li")).to_have_count(1)
    assert page.evaluate(seen) >= 40


def test_filters_fit_and_placeholders_are_not_cut(watched: Watched) -> None:
    page = watched.page
    page.locator("nav [data-view=library]").click()
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 800})
        cut = page.evaluate(
            "[...document.querySelectorAll('.filters :is(select, input), #find')]"
            ".filter((one) => one.scrollWidth > one.clientWidth + 1"
            " || one.getBoundingClientRect().right > innerWidth).map((one) => one.id)"
        )
        assert cut == [], (width, cut)
    page.set_viewport_size({"width": 1440, "height": 800})
    rows = page.evaluate(
        "new Set([...document.querySelectorAll('.filters > :not(.sort)')]"
        ".map((one) => Math.round(one.getBoundingClientRect().bottom / 8))).size"
    )
    assert rows == 1


def test_the_page_of_the_source_opens_at_the_quotation_and_turns(watched: Watched) -> None:
    page = watched.page
    watched.ask("What do defence attachés do?")
    page.locator(".proof-cards a[data-open]").first.click()

    expect(page.locator(".sheet img")).to_have_attribute(
        "src", re.compile(r"/pages/3\.png\?width=")
    )
    expect(page.locator(".box:visible")).to_have_count(1)
    box, sheet = page.locator(".box").bounding_box(), page.locator(".sheet").bounding_box()
    assert box is not None
    assert sheet is not None
    assert abs((box["x"] - sheet["x"]) / sheet["width"] - 0.1) < 0.01
    assert abs((box["y"] - sheet["y"]) / sheet["height"] - 0.4) < 0.01

    page.keyboard.press("ArrowRight")
    expect(page.locator(".sheet img")).to_have_attribute("src", re.compile(r"/pages/4\.png"))
    expect(page.locator(".box:visible")).to_have_count(0)
    page.click("[data-action=page-before]")
    page.click("[data-action=zoom-in]")
    expect(page.locator(".box:visible")).to_have_count(1)
    page.click("[data-action=show-text]")
    expect(page.locator(".running mark")).to_be_in_viewport()
    expect(page.locator(".paging")).to_be_hidden()
    expect(page.locator(".standing")).to_contain_text("The newest version")

    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"\?c="))


def test_a_link_to_a_place_opens_it_for_others(watched: Watched, browser: Browser) -> None:
    watched.ask("What do defence attachés do?")
    watched.page.locator(".proof-cards a[data-open]").nth(4).click()
    link = watched.page.url

    with browser.new_context() as context:
        other = context.new_page()
        other.goto(link)
        expect(other.locator(".running mark")).to_contain_text("Progress depends on political will")
        expect(other.locator(".place h2")).to_contain_text("capacity building")


def test_an_older_version_says_that_a_newer_one_stands(watched: Watched, site: str) -> None:
    watched.page.goto(f"{site}/?d=attaches&v=v-earlier&start=0&end=5")

    expect(watched.page.locator(".standing.older")).to_contain_text("A newer version stands since")


def test_a_question_is_narrowed_by_chips_that_can_be_removed(
    watched: Watched, library: Library
) -> None:
    page = watched.page
    page.click("[data-action=narrow]")
    page.select_option("#narrow-issuer", "Staff College")
    page.select_option("#narrow-folder", "file:///library")
    page.fill("#narrow-from", "2020-01-01")
    page.click("#narrow [value=ok]")
    expect(page.locator(".chips li")).to_have_count(3)
    expect(page.locator(".chips")).to_contain_text("in library")
    watched.ask("What do defence attachés do?")
    filters = library.asked[-1].filters
    assert (filters.issuers, str(filters.published_from)) == (["Staff College"], "2020-01-01")
    assert filters.folders == ["file:///library"]

    page.locator(".chips button").first.click()
    watched.ask("and their limits?")
    assert library.asked[-1].filters.issuers == []


def test_one_document_is_asked(watched: Watched, library: Library) -> None:
    page = watched.page
    page.locator("nav [data-view=library]").click()
    page.locator(".document [data-narrow=capacity]").click()

    expect(page.locator(".chips")).to_contain_text("security capacity building")
    watched.ask("What is in the way?")
    assert library.asked[-1].filters.document_ids == ["capacity"]


def test_readings_of_an_unclear_question_are_buttons_that_ask_them(
    watched: Watched, library: Library
) -> None:
    watched.ask("unclear")

    watched.page.get_by_role("button", name="What limits attachés?").click()

    expect(watched.page.locator("#thread .turn")).to_have_count(2)
    assert library.asked[-1].question == "What limits attachés?"


def test_what_to_ask_next_comes_from_the_library(watched: Watched, library: Library) -> None:
    watched.ask("What do defence attachés do?")

    watched.page.locator(".followups button").first.click()

    expect(watched.page.locator("#thread .turn")).to_have_count(2)
    assert "say about limits of the post?" in library.asked[-1].question


def test_an_edited_question_takes_the_place_of_the_first_and_of_what_followed(
    watched: Watched,
) -> None:
    page = watched.page
    for question in ("What do defence attachés do?", "and mixed?", "and their limits?"):
        watched.ask(question)
    turns = page.locator("#thread .turn")
    turns.nth(1).hover()
    turns.nth(1).locator("[data-edit]").click()
    expect(page.locator("#question")).to_have_value("and mixed?")
    expect(page.locator(".replacing")).to_contain_text("this one and of the one after it")

    page.fill("#question", "and their work?")
    page.keyboard.press("Enter")
    expect(page.locator("#thread .question")).to_have_text(
        ["What do defence attachés do?", "and their work?"]
    )
    page.reload()
    expect(turns).to_have_count(2)


def test_escape_gives_up_what_was_to_take_an_answers_place(watched: Watched) -> None:
    page = watched.page
    watched.ask("What do defence attachés do?")
    page.locator("#thread .turn").hover()
    page.locator("#thread [data-edit]").click()
    page.keyboard.press("Escape")
    expect(page.locator(".replacing")).to_be_hidden()
    expect(page.locator("#question")).to_have_value("")

    watched.ask("and their limits?")
    expect(page.locator("#thread .question")).to_have_text(
        ["What do defence attachés do?", "and their limits?"]
    )


def test_a_question_that_the_field_cuts_off_is_told(watched: Watched) -> None:
    page = watched.page
    page.focus("#question")
    page.keyboard.insert_text("long " * 1000)

    expect(page.locator(".toast")).to_contain_text("A question has at most 4,000 characters")


@pytest.mark.parametrize("width", [390])
def test_beneath_the_open_drawer_nothing_is_reached(watched: Watched) -> None:
    page = watched.page
    watched.ask("What do defence attachés do?")
    toggle = page.get_by_role("button", name="Conversations", exact=True)
    toggle.click()
    expect(page.get_by_role("button", name="New conversation")).to_be_focused()
    within = "document.activeElement.closest('#talk, #proof') === null"
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(within)

    page.keyboard.press("Escape")
    expect(toggle).to_be_focused()
    expect(toggle).to_have_attribute("aria-expanded", "false")


def test_an_edited_question_that_fails_leaves_what_there_was(watched: Watched) -> None:
    page = watched.page
    watched.ask("What do defence attachés do?")
    page.locator("#thread .turn").hover()
    page.locator("#thread [data-edit]").click()
    page.fill("#question", "please fail")
    page.keyboard.press("Enter")

    expect(page.locator("#thread .problem")).to_be_visible()
    expect(page.locator("#thread .question")).to_have_text(
        ["What do defence attachés do?", "please fail"]
    )


def test_the_last_question_asked_again_gives_way_to_its_new_answer(
    watched: Watched, library: Library
) -> None:
    page = watched.page
    watched.ask("What do defence attachés do?")
    first = page.locator("#thread .turn").get_attribute("data-turn")
    page.locator("#thread .actions [data-ask]").click()

    expect(page.locator("#thread .turn")).not_to_have_attribute("data-turn", first or "")
    expect(page.locator("#thread .turn")).to_have_count(1)
    assert [body.question for body in library.asked] == ["What do defence attachés do?"] * 2


def test_an_answer_is_copied_with_its_quotations_and_their_places(watched: Watched) -> None:
    page = watched.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    watched.ask("What do defence attachés do?")
    page.get_by_role("button", name="Copy with sources").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()

    words = page.evaluate("navigator.clipboard.readText()")

    assert "[1] “The attaché represents the chief of defence" in words
    assert re.search(r"http://127\.0\.0\.1:\d+/\?d=attaches&v=v-attaches&start=", words)


def test_a_marking_is_a_banner_and_a_rating_is_kept(watched: Watched, library: Library) -> None:
    page = watched.page
    watched.ask("What do defence attachés do?")
    expect(page.locator("#thread .banner")).to_contain_text("NATO UNCLASSIFIED")

    page.locator("[data-rate=down]").click()
    page.fill("#reason", "Too short.")
    page.click("#rate [value=ok]")
    expect(page.locator("[data-rate=down]")).to_have_attribute("aria-pressed", "true")
    assert library.talks.feedback[-1].reason == "Too short."


def test_a_documents_page_has_versions_that_are_compared_and_what_it_was_cited_for(
    watched: Watched,
) -> None:
    page = watched.page
    watched.ask("What do defence attachés do?")
    page.locator("nav [data-view=library]").click()
    page.get_by_role("link", name="Defence attachés: duties").click()

    expect(page.locator(".cited")).to_contain_text("What do defence attachés do?")
    expect(page.locator(".periods li")).to_have_count(2)
    page.click("[data-action=compare]")
    expect(page.locator(".sides del")).to_have_text("Old words.")
    expect(page.locator(".sides ins")).to_have_text("New words.")
    page.locator("[data-restore]").click()
    expect(page.locator(".toast")).to_contain_text("It stands again")


def test_removed_documents_are_found_and_restored(watched: Watched, library: Library) -> None:
    page = watched.page
    page.locator("nav [data-view=library]").click()
    page.locator("[data-remove=capacity]").click()
    page.click("#confirm [value=do]")
    page.click("[data-tab=removed]")
    expect(page.locator(".document")).to_have_count(1)
    expect(page.locator(".document")).to_contain_text("removed on 1 February 2026")

    page.locator(".document [data-restore]").click()
    expect(page.locator(".shelf-count")).to_contain_text("No document was removed")
    page.click("[data-tab=documents]")
    expect(page.locator(".document")).to_have_count(3)
    assert "capacity" in library.documents


def test_a_time_of_a_day_is_asked_for(watched: Watched, library: Library) -> None:
    page = watched.page
    expect(page.locator("#as-of-time")).to_be_hidden()
    page.fill("#as-of", "2024-05-01")
    page.fill("#as-of-time", "14:30:05")
    watched.ask("What do defence attachés do?")

    assert str(library.asked[-1].as_of) == "2024-05-01 14:30:05+00:00"
    expect(page.locator(".chips")).to_contain_text("as of 1 May 2024, 14:30:05 UTC")


def test_an_old_answer_says_that_a_newer_version_of_what_it_cites_stands(
    watched: Watched, library: Library
) -> None:
    page = watched.page
    watched.ask("What do defence attachés do?")
    expect(page.locator(".proof-cards .standing")).to_have_count(0)
    talk = next(iter(library.talks.kept.values()))
    for citation in talk.items[0].answer.citations[:2]:
        citation.version_id = "v-earlier"

    page.reload()
    expect(page.locator(".proof-cards .standing.older")).to_have_count(2)
    page.locator(".proof-cards .standing a").first.click()
    expect(page.locator(".sides")).to_contain_text("It stayed.")


def test_the_library_is_filtered_and_sorted(watched: Watched) -> None:
    page = watched.page
    page.locator("nav [data-view=library]").click()
    page.select_option("#sort", "published")
    expect(page.locator(".document h2").first).to_contain_text("capacity building")

    page.select_option("#by-marking", "NATO UNCLASSIFIED")
    expect(page.locator(".document")).to_have_count(1)


def test_readers_see_no_tools_they_may_not_use(
    watched: Watched, library: Library, site: str
) -> None:
    library.role = "reader"
    page = watched.page
    page.goto(f"{site}/?view=library")

    expect(page.locator(".document")).to_have_count(3)
    expect(page.locator("#intake")).to_be_hidden()
    expect(page.locator("[data-tab=runs]")).to_be_hidden()
    expect(page.locator("[data-remove]")).to_have_count(0)


def test_in_french_everything_fixed_is_french(browser: Browser, site: str) -> None:
    with browser.new_context(locale="fr-FR") as context:
        page = context.new_page()
        page.goto(site)
        expect(page.locator("h1").first).to_have_text("Que voulez-vous savoir ?")
        assert page.evaluate("document.documentElement.lang") == "fr"
        expect(page.locator(".promise")).to_contain_text("Les réponses viennent")

        page.click(".tongue")
        expect(page.locator("h1").first).to_have_text("What would you like to know?")


def test_a_server_that_is_away_is_said_and_comes_back(watched: Watched) -> None:
    page = watched.page
    page.context.set_offline(True)
    expect(page.locator(".offline")).to_be_visible()

    page.context.set_offline(False)
    expect(page.locator(".offline")).to_be_hidden()


def test_a_folder_is_taken_in_with_its_files(
    watched: Watched, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("papers")
    (folder / "a.txt").write_text("The committee met.")
    (folder / "deeper").mkdir()
    (folder / "deeper" / "b.txt").write_text("It met again.")
    watched.page.locator("nav [data-view=library]").click()

    watched.page.set_input_files("#folder", folder)

    expect(watched.page.locator("#work h2")).to_have_text("2 files added")


def test_files_under_way_are_found_again_after_a_reload(watched: Watched) -> None:
    page = watched.page
    watched.upload(("minutes.txt", b"The committee met."), ("slow.txt", b"It takes its time."))
    expect(page.locator("#work h2")).to_have_text("Taking in: 1 of 2")
    page.reload()
    expect(page.locator("#work .file-name")).to_have_text(["minutes.txt", "slow.txt"])
    page.locator("#work").get_by_role("button", name="Cancel").click()

    page.reload()
    expect(page.locator("#work h2")).to_contain_text("Stopped")
    page.locator("#work").get_by_role("button", name="Close").click()
    page.reload()
    expect(page.locator(".document").first).to_be_visible()
    expect(page.locator("#work .report")).to_have_count(0)


def test_long_conversations_and_libraries_stay_whole(watched: Watched, library: Library) -> None:
    page = watched.page
    for number in range(1000):
        name = f"paper-{number:04}"
        library.documents[name] = Held(name, name, "Words.", f"file:///{name}.md")
    watched.ask("What do defence attachés do?")
    talk = next(reversed(library.talks.kept.values()))
    for _ in range(199):
        library.talks.add(talk.conversation_id, talk.items[0].answer)
    page.reload()
    expect(page.locator("#thread .turn")).to_have_count(20)
    page.click("[data-action=earlier]")
    expect(page.locator("#thread .turn")).to_have_count(40)

    page.locator("nav [data-view=library]").click()
    expect(page.locator(".shelf-count")).to_contain_text("50 of 1,003 documents")
    page.locator("#shelf [data-action=more]").click()
    expect(page.locator(".document")).to_have_count(100)


# Where the first line of the answer stands below its question, at each drawing of the page.
PLACES = """() => { window.places = []; const look = () => {
  const turns = document.querySelectorAll('#now .turn, #thread .turn');
  const turn = turns[turns.length - 1], line = turn?.querySelector('.reply > p, .reply > ul');
  const top = (element) => element.getBoundingClientRect().top;
  if (line) window.places.push(Math.round(top(line) - top(turn.querySelector('.question'))));
  requestAnimationFrame(look); }; look(); }"""


@pytest.mark.parametrize("width", [1280, 820, 360])
@pytest.mark.parametrize("question", ["steady, please", "steady mixed"])
def test_the_text_does_not_jump_while_it_is_written_nor_when_it_is_whole(
    watched: Watched, question: str
) -> None:
    page = watched.page
    page.evaluate(
        "window.shifts = []; new PerformanceObserver((list) => {"
        " for (const one of list.getEntries())"
        " if (!one.hadRecentInput) window.shifts.push(one.value); })"
        ".observe({type: 'layout-shift', buffered: false})"
    )
    page.evaluate(PLACES)
    page.fill("#question", question)
    page.keyboard.press("Enter")
    page.locator("#thread .turn").wait_for(timeout=60_000)
    page.wait_for_timeout(500)

    assert sum(page.evaluate("window.shifts")) < 0.1
    places = page.evaluate("window.places")
    assert len(places) > 20
    assert max(places) - min(places) <= 1


def test_hostile_words_are_run_in_no_view(watched: Watched) -> None:
    page = watched.page
    page.on("dialog", lambda dialog: watched.complaints.append(f"dialog: {dialog.message}"))
    watched.ask(f"hostile {EVIL} ${{window.hacked=1}}")
    expect(page.locator(".talks .one a").first).to_contain_text("<img src=x")
    page.reload()
    expect(page.locator("#thread .question")).to_contain_text("<img src=x")

    page.locator(".proof-cards a[data-open]").first.click()
    expect(page.locator(".running")).to_contain_text("<script>window.hacked=1</script>")
    page.keyboard.press("Escape")
    watched.upload((f"{EVIL}.txt", b"words"), ("<b>scan.pdf", b"\0"))
    expect(page.locator(".report.failed")).to_contain_text("<b>scan.pdf")
    page.click("[data-tab=runs]")
    page.locator(".run summary").first.click()
    expect(page.locator(".run-report")).to_contain_text("<b>scan.pdf")
    page.click("[data-tab=documents]")
    page.get_by_role("link", name="Minutes <img").first.click()
    page.click("[data-action=compare]")
    expect(page.locator(".fields")).to_contain_text("<img src=x")
    page.get_by_role("button", name="Ask this document").click()
    expect(page.locator(".chips")).to_contain_text("<img src=x")
    page.click("[data-action=narrow]")
    expect(page.locator("#narrow-issuer")).to_contain_text("<img src=x")

    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src=x], #page script, #page b, a[href^='javascript']").count() == 0
    assert [words for words in watched.complaints if "dialog" in words] == []


def test_a_folder_that_is_taken_in_elsewhere_fills_the_bar_file_by_file(
    watched: Watched, library: Library
) -> None:
    files = [(f"{number}.md", b"A text.") for number in range(9)] + [("slow.md", b"A text.")]
    run = take_in(library, files, "folder")
    library.runs[run.run_id] = run.model_copy(update={"sources": ["file:///treaties"]})
    page = watched.page
    page.click("nav >> text=Library")

    report = page.locator("#work .report")
    expect(report.locator("h2")).to_have_text("Taking in: 9 of 10")
    filled = report.locator("progress").evaluate("bar => bar.value / bar.max")
    assert 0.8 <= filled <= 0.9

    report.get_by_role("button", name="Cancel").click()
    expect(report.locator("h2")).to_contain_text("Stopped")


def test_what_is_pasted_to_be_checked_is_shown_as_it_was_written(watched: Watched) -> None:
    page = watched.page
    page.click("nav [data-view=check]")
    page.fill("#claims", f"Donors share {EVIL}.\nDonors never {EVIL}.")
    page.click(".check .primary")

    expect(page.locator(".checked .claim")).to_have_text(
        [f"Donors share {EVIL}.", f"Donors never {EVIL}."]
    )
    expect(page.locator(".checked-sum")).to_contain_text("1 sentence is carried, 1 is not")
    assert page.evaluate("window.hacked") is None
    assert not watched.complaints


def test_a_text_that_could_not_be_checked_is_once_the_server_answers(watched: Watched) -> None:
    page = watched.page
    page.click("nav [data-view=check]")
    page.fill("#claims", "Donors share courses.")
    page.context.set_offline(True)
    page.click(".check .primary")

    expect(page.locator("#checked")).to_contain_text("cannot be reached")
    expect(page.locator("#claims")).to_have_value("Donors share courses.")
    page.context.set_offline(False)
    expect(page.locator(".checked > li")).to_have_count(1)


def test_the_list_of_conversations_is_never_wider_than_its_place(watched: Watched) -> None:
    watched.ask("How can a country leave the treaty, and when does that take effect? " * 3)
    page = watched.page
    page.reload()
    expect(page.locator(".talks .one")).to_have_count(1)
    beyond = "(() => { const list = document.querySelector('.talks');"
    assert page.evaluate(f"{beyond} return list.scrollWidth - list.clientWidth; }})()") == 0
