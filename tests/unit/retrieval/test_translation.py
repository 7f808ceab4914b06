"""French questions in English words."""

import pytest

from assistant.retrieval.standalone import resolve
from assistant.retrieval.translation import is_french, translated, with_translation
from assistant.types import Role, Turn


@pytest.mark.parametrize(
    "question",
    [
        "Quel est le rôle d'un attaché de défense ?",
        "Combien de casques bleus le Maroc fournit-il ?",
        "Que doit dire un soldat capturé lors de son interrogatoire ?",
        "Pourquoi l'ambassade a-t-elle fermé ?",
        "Que contient la directive NSDD 111 ?",
        "Quels pays ?",
        "Rôle de l'attaché de défense",
        "QUEL EST LE RÔLE DE L'OTAN ?",
    ],
)
def test_french_is_known_by_its_small_words(question: str) -> None:
    assert is_french(question)


@pytest.mark.parametrize(
    "question",
    [
        "What did Charles de Gaulle say about the UN and the EU?",
        "Which UN observers served in Abyei?",
        "What is a chargé d'affaires?",
        "Who wrote Les Misérables?",
        "Wer unterzeichnete den Vertrag von Moskau?",
        "des Moines airport code",
        "In what year was Reguier de la Plancha born?",
        "What did the Comité des Forces and the Banque de France et des Pays-Bas do?",
        "Wie lautet der Text des Vertrags und des Protokolls des Rates?",
        "¿Cuántos soldados envió Corea del Sur a la misión de la ONU?",
        "Qual è il ruolo dell'addetto alla difesa presso l'ambasciata d'Italia?",
    ],
)
def test_other_languages_are_left_alone(question: str) -> None:
    assert not is_french(question)
    assert with_translation(resolve(question, ())) == resolve(question, ())


def test_phrases_come_before_words_and_names_stay() -> None:
    english = translated("Combien de casques bleus le Maroc fournit-il à la MINUSCA en 2021 ?")
    assert english == "how many peacekeepers Morocco provide MINUSCA 2021"


def test_inflected_words_are_known_by_their_stems() -> None:
    assert translated("les traités signés") == "treaty signed"
    assert "border" in translated("Quelles frontières ?")


def test_what_was_done_is_asked_in_the_past() -> None:
    asked = "Quand les relations avec le Ghana ont-elles été établies, puis négociées ?"
    assert translated(asked) == "when relation Ghana was established negotiated"


def test_a_word_as_it_is_written_comes_before_one_of_the_same_stem() -> None:
    assert translated("l'armée marocaine et ses armes") == "army Moroccan weapon"
    assert translated("une université fondée en 1636") == "university founded 1636"


def test_forms_that_the_stemmer_leaves_apart_are_known() -> None:
    assert translated("les navires commencent, les lois trouvées") == "ship begin law find"


def test_for_searching_every_meaning_is_taken() -> None:
    question = with_translation(resolve("Quels sont les effectifs de la brigade ?", ()))
    assert question.translated == "what are strength brigade"
    assert question.searched == "what are strength personnel brigade"
    assert question.text == "Quels sont les effectifs de la brigade ?"


def test_a_follow_up_is_translated_with_what_it_follows() -> None:
    question = resolve("Et combien cela a-t-il coûté à la France ?", ())
    assert with_translation(question).translated == "how many cost France"


def test_a_follow_up_that_is_whole_is_translated_by_itself() -> None:
    before = [Turn(Role.USER, "Quelle est la population du Tchad ?")]
    question = resolve("Quelle est la population au Niger ?", before, stands=True)

    assert with_translation(question).translated == "what is population Niger"
    leaning = resolve("Pourquoi ?", before)
    assert "Chad" in with_translation(leaning).translated


def test_a_name_is_no_form_of_a_word_that_is_like_it() -> None:
    assert translated("l'affaire du Trent") == "affair Trent"
    assert translated("trente navires") == "thirty ship"
