from datetime import UTC, datetime

from api.verify_schemas import VerifiedSentence, VerifyResponse
from tests.unit.ui.samples import EVIL, QUOTE, SAY, citation
from ui.checking import render_checked
from ui.words import Words


def checked(*sentences: VerifiedSentence) -> VerifyResponse:
    counts: dict[str, int] = {}
    for one in sentences:
        counts[one.verdict] = counts.get(one.verdict, 0) + 1
    return VerifyResponse(
        supported="unsupported" not in counts,
        counts=counts,
        sentences=list(sentences),
        as_of=datetime(2026, 5, 4, 9, 30, tzinfo=UTC),
        timings_ms={},
    )


def sentence(text: str, verdict: str, **changes: object) -> VerifiedSentence:
    fields: dict[str, object] = {
        "text": text,
        "start": 0,
        "end": len(text),
        "verdict": verdict,
        "support": None if verdict == "unchecked" else 0.5,
        "citations": [],
        "problem": None,
    }
    return VerifiedSentence.model_validate(fields | changes)


def test_what_carries_a_sentence_stands_below_it_and_opens_at_its_place() -> None:
    one = sentence("Attachés report.", "supported", citations=[citation()])

    html = render_checked(SAY, checked(one))

    assert '<li class="supported"><p class="judged">Carried by the library</p>' in html
    assert f"<mark>{QUOTE}</mark>" in html
    assert "d=d1&amp;v=v1&amp;start=" in html


def test_a_sentence_that_is_said_otherwise_shows_how_and_what_is_wrong() -> None:
    wrong = "The passage says “developments”, the sentence “elections”."
    one = sentence("Attachés hold elections.", "unsupported", problem=wrong, against=citation())

    html = render_checked(SAY, checked(one))

    assert '<li class="unsupported"><p class="judged">Not carried by the library</p>' in html
    assert wrong in html
    assert f"<mark>{QUOTE}</mark>" in html


def test_a_sentence_that_nothing_speaks_of_is_not_carried() -> None:
    one = sentence("Attachés fly.", "unsupported", problem="No passage says this.")

    html = render_checked(SAY, checked(one))

    assert '<li class="unsupported"><p class="judged">Not carried by the library</p>' in html
    assert "<blockquote" not in html


def test_it_counts_what_is_carried_and_what_is_not() -> None:
    html = render_checked(
        SAY,
        checked(
            sentence("One.", "quoted", citations=[citation()]),
            sentence("Two.", "supported", citations=[citation()]),
            sentence("Three.", "unsupported", problem="No passage says this."),
            sentence("Four?", "unchecked", problem="A question."),
        ),
    )

    assert (
        "2 sentences are carried, 1 is not, 1 states nothing (as of 4 May 2026, 09:30 UTC)." in html
    )


def test_a_french_reader_is_told_what_it_means_with_the_servers_words_beside_it() -> None:
    one = sentence("Attachés fly.", "unsupported", problem="No passage says this.")

    html = render_checked(Words("fr"), checked(one))

    assert "Non portée par la bibliothèque" in html
    assert '<p lang="en">No passage says this.</p>' in html


def test_what_was_pasted_is_text_and_no_markup() -> None:
    one = sentence(EVIL, "unsupported", problem=EVIL, against=citation(title=EVIL, quote=EVIL))

    assert "<img" not in render_checked(SAY, checked(one))
