"""Conversations as they are found again, on a real SQLite and on a real PostgreSQL."""

import pytest

from assistant.library.ledger import SqlLedger
from tests.unit.library.builders import day


def test_conversations_are_found_by_answers_and_by_what_they_cite(ledger: SqlLedger) -> None:
    book = ledger.conversations
    citing, other = (book.create("anna", "", day(1)).conversation_id for _ in range(2))
    words = 'He wrote "passages": [] and "document_id": "d2" in a letter.'
    answer = {"answer": words, "citations": [{"document_id": "d1"}], "passages": []}
    for _ in range(3):
        book.add_turn(citing, "anna", "Why?", answer, day(2))
    elsewhere = {"answer": "No.", "citations": [], "passages": [{"document_id": "d1"}]}
    book.add_turn(other, "anna", "When?", elsewhere, day(2))

    def found(query: str = "", citing: str = "") -> list[str]:
        listed = book.recent("anna", 10, query=query, citing=citing)
        return [one.conversation_id for one in listed]

    assert found(query="LETTER") == found(citing="d1") == [citing]
    for other_words in ('"passages": []', "IN A", 'wrote   "passages', "Why?"):
        assert found(query=other_words) == [citing]
    assert found(query="wr.te") == found(query="l_tter") == found(query="%") == []
    assert found(citing="d2") == found(citing="d_") == found(query="citations") == []
    book.add_turn(citing, "anna", "How?", elsewhere, day(3), replacing=2)
    assert [turn.question for turn in book.turns(citing, "anna")] == ["Why?", "How?"]


@pytest.mark.parametrize("sought", ["école", "ÉCOLE", "Ecole", "ecole d’état-major", "ДИПЛОМАТ"])
def test_conversations_are_found_whatever_the_case_and_the_accents(
    ledger: SqlLedger, sought: str
) -> None:
    book = ledger.conversations
    talk = book.create("anna", "", day(1)).conversation_id
    answer = {"answer": "À l’« École  d'État-major ». Дипломат."}
    book.add_turn(talk, "anna", "Où ?", answer, day(2))
    book.create("anna", "Nicole", day(1))

    found = book.recent("anna", 10, query=sought)

    assert [one.conversation_id for one in found] == [talk]
