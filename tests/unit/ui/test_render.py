from datetime import UTC, datetime

from tests.unit.ui.samples import EVIL, QUOTE, SAY, answer, citation, passage, sentence
from ui.about import plain_answer
from ui.problems import ApiProblem
from ui.render import (
    render_answered,
    render_problem,
    render_reading,
    render_searching,
    render_stopped,
    render_streaming,
)
from ui.words import Words


def test_an_answer_says_how_it_was_made_when_and_as_of_what() -> None:
    html = render_answered(SAY, answer())

    for fact in ("answered by quotation alone", "in 21 ms", "as of 4 May 2026, 09:30 UTC"):
        assert fact in html
    assert "Every sentence quoted word for word" in html


def test_a_chat_model_is_named() -> None:
    assert "answered by &lt;img" in render_answered(SAY, answer(answered_by=EVIL))


def test_a_question_searched_in_other_words_is_shown() -> None:
    html = render_answered(SAY, answer(standalone_question="What do attachés do in peace?"))

    assert "Searched as “What do attachés do in peace?”" in html

    spaced = answer(question="What  do\nattachés do?", standalone_question="What do attachés do?")
    assert "Searched as" not in render_answered(SAY, spaced)


def test_words_of_another_language_than_the_page_say_so() -> None:
    french = render_answered(Words("fr"), answer())

    assert '<div class="said" lang="en">' in french
    assert '<blockquote lang="en">' in french
    assert 'lang="en"' not in render_answered(SAY, answer())


def test_the_same_words_are_not_repeated() -> None:
    assert "Searched as" not in render_answered(SAY, answer())


def test_an_unsupported_sentence_is_counted_and_flagged() -> None:
    spans = [sentence("One.", 0), sentence("Two.", 5, "unsupported")]

    html = render_answered(SAY, answer(answer="One. Two.", sentences=spans))

    assert "1 of 2 sentences not supported" in html
    assert 'class="flag"' in html


def test_an_abstained_answer_offers_what_is_nearest() -> None:
    html = render_answered(
        SAY, answer(abstained=True, answer="Nothing here.", sentences=[], passages=[passage()])
    )

    assert "Not in the library" in html
    assert "Nearest in the library" in html
    assert 'role="alert"' not in html


def test_a_problem_says_what_to_do_and_offers_to_ask_again() -> None:
    html = render_problem(SAY, "Why?", ApiProblem("Busy", "Wait a minute.", 503, "req-1"))

    assert "Wait a minute." in html
    assert 'data-ask="Why?"' in html
    assert "reference req-1" in html


def test_a_stopped_answer_keeps_its_words_and_says_they_are_unproved() -> None:
    html = render_stopped(SAY, "Why?", "Because")

    assert "Because" in html
    assert "was not checked" in html


def test_progress_tells_how_much_was_found() -> None:
    found = [passage(), passage(rank=2), passage(rank=3, document_id="d2")]

    assert "Reading 3 passages from 2 documents" in render_reading(SAY, "Why?", found)


def test_nothing_a_visitor_or_a_document_says_is_run() -> None:
    hostile = answer(
        question=EVIL,
        standalone_question=f"{EVIL}?",
        answer=f"{EVIL} [1]",
        sentences=[],
        citations=[citation(title=EVIL, quote=EVIL)],
        marking=EVIL,
    )
    drawn = [
        render_answered(SAY, hostile),
        render_answered(SAY, answer(abstained=True, question=EVIL, answer=EVIL)),
        render_searching(SAY, EVIL),
        render_streaming(SAY, EVIL, EVIL),
        render_stopped(SAY, EVIL, EVIL),
        render_problem(SAY, EVIL, ApiProblem(EVIL, EVIL, 500, EVIL)),
    ]

    for html in drawn:
        assert "<img" not in html
        assert 'onerror="' not in html


def test_why_another_answerer_answered_is_said() -> None:
    html = render_answered(SAY, answer(note=f"The model did not reply. {EVIL}"))

    assert '<p class="note">The model did not reply. &lt;img' in html


def test_a_copied_answer_lists_its_sources() -> None:
    assert plain_answer(SAY, answer(), "http://here") == (
        f"{QUOTE} [1]\n\n[1] “{QUOTE}” Attachés, page 3. http://here/?d=d1&v=v1&start=16&end=52"
    )


def test_an_answer_as_of_an_earlier_day_says_which() -> None:
    html = render_answered(SAY, answer(as_of=datetime(2020, 1, 2, 23, 59, 59, tzinfo=UTC)))

    assert "as of 2 January 2020, 23:59 UTC" in html


def test_a_sentence_that_was_left_out_can_be_looked_at_and_is_never_run() -> None:
    removed = [{"text": f"It opened in 1994. {EVIL}", "problem": "The passage says 1993."}]

    html = render_answered(SAY, answer(removed=removed))

    assert "<summary>1 sentence left out</summary>" in html
    assert "<del>It opened in 1994. &lt;img" in html
    assert "<small>The passage says 1993.</small>" in html
    assert "sentence left out" not in render_answered(SAY, answer())


def test_an_abstention_bears_the_marking_that_the_api_gives() -> None:
    html = render_answered(SAY, answer(abstained=True, citations=[], marking="NATO RESTRICTED"))

    assert html.count("NATO RESTRICTED") == 1
    assert 'class="banner"' in html
