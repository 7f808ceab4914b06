"""What the API says, in the words of a reader of another language."""

from api.schemas import DisagreementOut, FailureOut, SentenceOut
from tests.unit.ui.samples import answer, citation
from ui.problems import ApiProblem
from ui.render import render_answered, render_problem
from ui.reports import render_failures
from ui.words import Words

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
