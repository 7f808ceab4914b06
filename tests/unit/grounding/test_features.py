"""What the forest is given, and that it reads what was written for it."""

import numpy as np

from assistant.grounding.alignment import align
from assistant.grounding.features import FEATURES, row
from assistant.grounding.operators import Sense, operators
from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.verify import find, forest
from assistant.models.encoder import LocalEncoder

TEXT = (
    "The liaison office at Lisbon opened on 4 May 1993. It has never been closed since. "
    "Eleven officers from six countries serve there, and some may advise the host."
)


def test_the_forest_in_use_is_made_of_the_features_there_are() -> None:
    assert forest().features == FEATURES
    assert forest(tokens=False).features == FEATURES


def test_a_row_has_a_value_for_every_feature(encoder: LocalEncoder) -> None:
    evidence = Evidence([EvidenceText(TEXT)], encoder)
    _, beside = evidence.beside("The office opened in Lisbon in 1994.")[0]
    values = dict(zip(FEATURES, row("The office opened in Lisbon in 1994.", beside), strict=True))
    assert values["numbers"] == 1
    assert values["denied"] == 0
    assert np.isfinite(list(values.values())).all()


def test_a_span_of_two_sentences_carries_what_both_say(encoder: LocalEncoder) -> None:
    evidence = Evidence([EvidenceText(TEXT)], encoder)
    said = "The liaison office at Lisbon opened on 4 May 1993 and has never been closed since."
    found = find(said, evidence)
    assert found.verdict == "supported"
    assert found.span is not None
    assert found.span.text == TEXT[found.span.start : found.span.end]
    assert "1993" in found.span.text
    assert "never" in found.span.text


def test_texts_that_are_named_come_first(encoder: LocalEncoder) -> None:
    evidence = Evidence([EvidenceText(TEXT), EvidenceText(TEXT)], encoder)
    for number in (0, 1):
        found = find("The Lisbon liaison office opened on 4 May 1993.", evidence, {number})
        assert found.span is not None
        assert found.span.number == number


def test_nothing_carries_a_sentence_where_there_is_no_text(encoder: LocalEncoder) -> None:
    for texts in ([], [EvidenceText("")]):
        found = find("It opened.", Evidence(texts, encoder))
        assert (found.verdict, found.support) == ("unsupported", 0.0)


def test_an_operator_speaks_of_the_words_behind_it_in_its_clause() -> None:
    (may, least) = operators("It may employ people, at least 500.")
    assert (may.sense, may.heads) == (Sense.MAY, ("employ", "person"))
    assert (least.sense, least.heads) == (Sense.LEAST, ("500",))


def test_what_stands_in_the_place_of_what_is_found() -> None:
    found = align("The talks ended in early May.", "The talks ended in late May.")
    ((exchange),) = found.exchanges
    assert (exchange.said[0].text, exchange.given[0].text) == ("early", "late")
    assert found.same > 0.8
