from assistant.retrieval.candidates import Candidate
from assistant.retrieval.joining import forms, joined, with_rewrite
from assistant.retrieval.ranking import Ranked
from assistant.retrieval.standalone import resolve
from assistant.types import ChunkId, DocumentId, Role, Turn

HISTORY = (Turn(Role.USER, "What is a SOFA?"), Turn(Role.ASSISTANT, "An agreement."))


def ranked(name: str, score: float) -> Ranked:
    return Ranked(Candidate(ChunkId(name), DocumentId(name), None, None), score)


def pairs(found: list[Ranked]) -> list[tuple[str, float]]:
    return [(one.candidate.document_id, one.score) for one in found]


def test_each_candidate_has_the_mean_of_its_scores() -> None:
    lists = [[ranked("a", 0.9), ranked("b", 0.6)], [ranked("b", 0.8), ranked("c", 0.2)]]
    assert pairs(joined(lists)) == [("b", 0.7), ("a", 0.45), ("c", 0.1)]


def test_equal_scores_stand_in_the_order_of_their_chunks() -> None:
    assert pairs(joined([[ranked("b", 0.4)], [ranked("a", 0.4)]])) == [("a", 0.2), ("b", 0.2)]


def test_one_list_stays_as_it_is() -> None:
    found = [ranked("b", 0.5), ranked("a", 0.5)]
    assert joined([found]) is found


def test_a_rewritten_question_is_asked_in_both_forms() -> None:
    rewrite = "Who signs a SOFA?"
    question = with_rewrite(resolve("Who signs it?", HISTORY), rewrite)
    assert question.text == rewrite
    own, other = forms(question)
    assert own.asked == "Who signs it?"
    assert own.background
    assert other == resolve(rewrite, ())


def test_without_a_rewrite_the_question_is_asked_once() -> None:
    question = resolve("Who signs it?", HISTORY)
    assert with_rewrite(question, "") is question
    assert forms(question) == [question]


def test_a_complete_question_on_another_subject_is_asked_once() -> None:
    question = with_rewrite(resolve("Where is Rukla?", ()), "Where is Rukla?")
    assert forms(question) == [question]
