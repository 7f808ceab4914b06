"""What the API says, in the words of a reader of another language."""

from datetime import date

import pytest

from api.answer_schemas import DisagreementOut, PhraseOut, RemovedOut, SentenceOut
from api.question_schemas import FiltersBody
from api.run_schemas import FailureOut
from assistant.phrases import PATTERNS, phrase, told
from tests.unit.ui.samples import answer, citation
from ui.problems import ApiProblem
from ui.reasons import render_reason
from ui.render import render_answered, render_problem, render_streaming
from ui.reports import render_failures
from ui.tongues import is_french
from ui.words import Words, table

FRENCH = Words("fr")


def test_an_abstention_is_told_in_french_by_its_outcome() -> None:
    said = "The library does not answer this question.\n\nNearest to it: “A”.\n\nSearched: all."
    asked = answer(abstained=True, outcome="not_answered", answer=said, citations=[], sentences=[])

    html = render_answered(FRENCH, asked)

    assert "La bibliothèque ne contient rien sur cette question." in html
    assert "Searched" not in html
    assert "does not answer" not in html


def test_what_is_missing_and_what_differs_is_told_in_french() -> None:
    text = "Paris. [1] London. [2]"
    spans = [
        SentenceOut(text="Paris.", start=0, end=6, citations=[1], verdict="quoted", support=1),
        SentenceOut(text="London.", start=11, end=18, citations=[2], verdict="quoted", support=1),
    ]
    told = answer(
        answer=f"{text}\n\nNo passage quoted gives the date that is asked for.",
        sentences=spans,
        citations=[citation(1), citation(2)],
        missing=["No passage quoted gives the date that is asked for."],
        disagreements=[DisagreementOut(citations=[1, 2], about="the figure", later=2)],
    )

    html = render_answered(FRENCH, told)

    assert "Une partie de la question reste sans réponse." in html
    assert "Les sources diffèrent sur le chiffre" in html
    assert "No passage quoted" not in html


def test_a_problem_is_told_by_its_code_with_the_servers_words_beside_it() -> None:
    problem = ApiProblem("Too many requests", "Slow down.", 429, "", "too-often")

    html = render_problem(FRENCH, "Quoi ?", problem)

    assert "Vous avez posé beaucoup de questions" in html
    assert '<p lang="en">Slow down.</p>' in html
    assert "Too many requests" not in html


def test_a_failed_file_is_told_by_its_code() -> None:
    failed = [FailureOut(source="upload:a.pdf", error="NoTextError", detail="It has no text.")]

    assert "Le fichier ne contient pas de texte" in render_failures(FRENCH, failed)


def test_what_is_counted_agrees() -> None:
    assert FRENCH.count(2, "{n} added", "{n} were added") == "2 ajoutés"
    assert FRENCH.count(1, "{n} added", "{n} were added") == "1 ajouté"


def phrases(*texts: str) -> list[PhraseOut]:
    """As the API tells them."""
    return [
        PhraseOut(text=one.text, code=one.code, pattern=one.pattern, values=dict(one.values))
        for text in texts
        for one in told(text)
    ]


def test_every_sentence_the_product_says_of_an_answer_has_its_french() -> None:
    assert sorted(set(PATTERNS.values()) - set(table("fr"))) == []


def test_an_abstention_says_in_french_what_was_asked_for_and_where_it_was_searched() -> None:
    said = f"{phrase('not-answered')} {phrase('no-date')}"
    asked = answer(
        abstained=True,
        outcome="not_answered",
        answer=f"{said}\n\nNearest to it: “A”.\n\nSearched: documents (by NATO or EU).",
        citations=[],
        sentences=[],
        passages=[],
        filters=FiltersBody(issuers=["NATO", "EU"], published_from=date(2020, 3, 1)),
        phrases=phrases(said),
    )

    html = render_answered(FRENCH, asked)

    assert (
        "La bibliothèque ne répond pas à cette question. Aucune phrase trouvée ne donne la date"
        in html
    )
    assert "les documents (de NATO ou EU, publié à partir du 1er mars 2020)" in html
    assert "Searched" not in html


def test_a_note_and_what_is_wrong_with_each_sentence_are_told_in_french() -> None:
    wrong = phrase("another-number", given="April", said="March")
    note = f"{phrase('respelled', meant='NATO', word='NTAO')} "
    note += phrase("model-found-nothing", name="m")
    text = "It began in March. [not supported]"
    given = SentenceOut(
        text=text[:18], start=0, end=18, citations=[], verdict="unsupported", support=0
    )
    asked = answer(
        answer=text,
        note=note,
        sentences=[given.model_copy(update={"problem": wrong})],
        removed=[RemovedOut(text="It ended.", problem=phrase("nowhere"))],
        citations=[],
        phrases=phrases(note, wrong, phrase("nowhere")),
    )

    html = render_answered(FRENCH, asked)

    assert "Recherché : « NATO » au lieu de « NTAO »." in html
    assert "m n’a trouvé aucune réponse dans les passages." in html
    assert 'title="Le passage dit avril, la phrase mars."' in html
    assert "<small>Aucun passage ne le dit.</small>" in html


def test_several_missing_parts_are_told_one_by_one_in_french() -> None:
    missing = [phrase("date-open"), phrase("names-open", names="“Oslo” or “Bergen”")]
    asked = answer(missing=missing, phrases=phrases(*missing))

    html = render_answered(FRENCH, asked)

    assert "Aucun passage cité ne donne la date demandée." in html
    assert "Aucun passage cité ne mentionne “Oslo” ou “Bergen”." in html


def test_an_answer_kept_before_there_were_codes_is_told_by_what_it_means() -> None:
    asked = answer(note="Somebody else answered.", missing=["Something is missing."])

    html = render_answered(FRENCH, asked)

    assert "Cette réponse porte une remarque." in html
    assert '<p lang="en">Somebody else answered.</p>' in html
    assert "Une partie de la question reste sans réponse." in html


def test_what_the_api_says_of_calls_is_for_those_who_call_it() -> None:
    html = render_reason(Words("en"), "GET /v1/conversations lists yours.", "It is gone.")

    assert html.startswith("<p>It is gone.</p>")
    assert render_reason(Words("en"), "Ask less.", "Too much.") == "<p>Ask less.</p>"


def test_an_abstention_that_arrives_is_not_shown_as_an_answer_first() -> None:
    for say in (FRENCH, Words("en")):
        assert "does not answer" not in render_streaming(say, "Quoi ?", phrase("not-answered"))


@pytest.mark.parametrize(
    ("text", "french"),
    [
        ("Que font les attachés de défense ?", True),
        ("Quand la Finlande a-t-elle rejoint l'OTAN ?", True),
        ("Décrivez la mission", True),
        ("What do defence attachés do?", False),
        ("Role of the attaché", False),
        ("Rôle de l’attaché", True),
        ("NATO", False),
    ],
)
def test_the_language_of_what_is_asked_next_is_told(text: str, french: bool) -> None:
    assert is_french(text) is french
