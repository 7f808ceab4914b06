"""Names in place of what a follow-up calls "it", "the latter", "his" or "y"."""

import pytest

from assistant.retrieval.conversation import followed
from assistant.types import Role, Turn


def reading(*said: str) -> str:
    """How the last of what was said reads; questions and answers take turns."""
    roles = (Role.USER, Role.ASSISTANT)
    *before, question = said
    history = [Turn(roles[i % 2], text) for i, text in enumerate(before)]
    return followed(history).reading(question)


SACEUR = ("Who was the first SACEUR?", "Dwight D. Eisenhower was the first SACEUR. [1]")
TOGO = ("What is the capital of Togo?", "Togo — Capital — name: Lome [1]")
ACHESON = ("Who was Dean Acheson?", "He served under George Marshall in 1947. [1]")
JOINED = ("Which countries joined the Partnership for Peace?", "Finland and Sweden joined it. [1]")
STOCKHOLM = ("How did the Stockholm Document differ from the Helsinki Final Act?", "In much. [1]")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((*SACEUR, "Where was he born?"), "Where was Dwight D. Eisenhower born?"),
        ((*ACHESON, "When did he resign?"), "When did Dean Acheson resign?"),
        ((*JOINED, "What did they contribute?"), "What did Finland and Sweden contribute?"),
        ((*JOINED, "When was it launched?"), "When was the Partnership for Peace launched?"),
        ((*TOGO, "Where is it?"), "Where is Lome?"),
        ((*TOGO, "How many people live there?"), "How many people live in Togo?"),
        ((*STOCKHOLM, "When was the latter signed?"), "When was the Helsinki Final Act signed?"),
        ((*STOCKHOLM, "Was the former signed?"), "Was the Stockholm Document signed?"),
        (
            ("What does a defence attaché do?", "Much. [1]", "Who appoints them?"),
            "Who appoints defence attachés?",
        ),
        (
            ("Which Ally leads the battlegroup in Estonia?", "It does. [1]", "Where is it based?"),
            "Where is the battlegroup in Estonia based?",
        ),
        (
            ("what is kfor?", "KFOR is a force in Kosovo. [1]", "who commands it?"),
            "Who commands KFOR?",
        ),
        (
            ("Does NATO have nuclear weapons?", "Yes. [1]", "Who controls them?"),
            "Who controls nuclear weapons?",
        ),
        (
            ("What is the INF Treaty?", "A treaty. [1]", "What does the treaty say about time?"),
            "What does the INF Treaty say about time?",
        ),
        (
            ("Quel est le rôle d'un officier de liaison ?", "Il lie. [1]", "Où travaille-t-il ?"),
            "Où travaille l’officier de liaison ?",
        ),
        (
            ("Who pays for NATO exercises?", "All. [1]", "How often are they held?"),
            "How often are NATO exercises held?",
        ),
        (
            ("Qui était le premier SACEUR ?", "Dwight D. Eisenhower. [1]", "Où est-il né ?"),
            "Où Dwight D. Eisenhower est-il né ?",
        ),
        (
            ("Quelle est la capitale du Maroc ?", "nom : Rabat. [1]", "Et sa population ?"),
            "Quelle est la population du Maroc ?",
        ),
        (
            ("Qu'est-ce que la KFOR ?", "Une force. [1]", "Quelle est sa mission ?"),
            "Quelle est la mission de la KFOR ?",
        ),
    ],
)
def test_the_latest_that_fits_is_meant(said: tuple[str, ...], expected: str) -> None:
    assert reading(*said) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Is it possible to leave NATO?",
        "Are there other members?",
        "What is deterrence and why is it important?",
        "What did Ghana do when its president resigned?",
        "How many people are there?",
    ],
)
def test_what_stands_for_nothing_said_before_stays(question: str) -> None:
    assert reading("What is KFOR?", "KFOR is a force. [1]", question) == question


def test_without_anything_said_a_question_stays() -> None:
    assert reading("When was it signed?") == "When was it signed?"
