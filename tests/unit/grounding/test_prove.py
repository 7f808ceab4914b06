import pytest

from assistant.answers.draft import Draft
from assistant.grounding.prove import Proof, prove
from assistant.models.encoder import LocalEncoder
from assistant.retrieval.standalone import resolve
from assistant.types import Passage, Unsupported
from tests.unit.shelf import Shelf

SECTIONS = (
    (
        "Opening",
        "The liaison office at Lisbon opened on 4 May 1993. It has never been closed since. "
        "Eleven officers from six countries serve there.",
    ),
    (
        "Tasks",
        "The office arranges visits of staff officers and reports on exercises. "
        "The office may advise host authorities on request.",
    ),
)

TRAMS = "Trams in Lisbon are yellow."
STAFF = "Eleven officers from six countries serve there."


@pytest.fixture(scope="module")
def shelf(encoder: LocalEncoder) -> Shelf:
    return Shelf("Liaison office", SECTIONS, encoder)


@pytest.fixture(scope="module")
def passages(shelf: Shelf) -> list[Passage]:
    return shelf.passages(resolve("What does the liaison office at Lisbon do?", ()))


def proved(
    text: str,
    passages: list[Passage],
    encoder: LocalEncoder,
    unsupported: Unsupported = "remove",
) -> Proof:
    return prove(Draft(text, "a model"), passages, encoder, unsupported)


def test_a_sentence_taken_verbatim_is_quoted(
    passages: list[Passage], encoder: LocalEncoder
) -> None:
    proof = proved("Eleven officers from six countries serve there. [1]", passages, encoder)
    assert [s.verdict for s in proof.sentences] == ["quoted"]


def test_what_only_says_that_something_follows_is_carried_by_nothing(
    passages: list[Passage], encoder: LocalEncoder
) -> None:
    proof = proved("The exercises are:\n\nThe office reports on exercises. [1]", passages, encoder)
    assert "The exercises are:" not in [sentence.text for sentence in proof.sentences]


def test_a_faithful_paraphrase_is_supported_by_the_span_that_says_it(
    passages: list[Passage], encoder: LocalEncoder, shelf: Shelf
) -> None:
    proof = proved("The Lisbon liaison office opened on 4 May 1993 [1].", passages, encoder)
    assert [s.verdict for s in proof.sentences] == ["supported"]
    citation = proof.citations[0]
    assert shelf.text[citation.start : citation.end] == citation.quote
    assert "4 May 1993" in citation.quote


@pytest.mark.parametrize(
    "wrong",
    [
        "The liaison office at Lisbon opened on 4 May 1994. [1]",
        "The liaison office at Lisbon has not opened since 4 May 1993. [1]",
        "The capital of Portugal has a famous yellow tram. [1]",
    ],
)
def test_what_no_passage_says_is_removed(
    wrong: str, passages: list[Passage], encoder: LocalEncoder
) -> None:
    true = "Eleven officers from six countries serve there. [1]"
    proof = proved(f"{wrong} {true}", passages, encoder)
    assert len(proof.removed) == 1
    assert proof.left_out == (wrong.removesuffix(" [1]"),)
    assert proof.text == "Eleven officers from six countries serve there. [1]"


def test_what_no_passage_says_is_flagged_where_it_is_kept(
    passages: list[Passage], encoder: LocalEncoder
) -> None:
    proof = proved(f"{TRAMS} [1] {STAFF} [1]", passages, encoder, "flag")
    assert proof.text == f"{TRAMS} [not supported] {STAFF} [1]"
    assert [(s.text, s.verdict, s.citations) for s in proof.sentences] == [
        (TRAMS, "unsupported", ()),
        (STAFF, "quoted", (1,)),
    ]
    assert proof.sentences[0].problem == "No passage says this."


def test_what_no_passage_says_is_struck_through_where_it_is_to_be(
    passages: list[Passage], encoder: LocalEncoder
) -> None:
    proof = proved(f"- Trams ~~in~~ Lisbon are yellow. [1]\n- {STAFF}", passages, encoder, "strike")
    assert proof.text == f"- ~~{TRAMS}~~\n- {STAFF} [1]"
    assert [proof.text[s.start : s.end] for s in proof.sentences] == [TRAMS, STAFF]


@pytest.mark.parametrize("unsupported", ["remove", "strike", "flag"])
def test_of_what_is_mostly_invented_too_little_is_left(
    unsupported: Unsupported, passages: list[Passage], encoder: LocalEncoder
) -> None:
    invented = "Trams are yellow. The harbour froze in winter. Its director plays the piano."
    assert proved(invented, passages, encoder, unsupported).too_little
    assert proved(f"{invented} {STAFF}", passages, encoder, unsupported).too_little
    assert not proved(f"{TRAMS} {STAFF}", passages, encoder, unsupported).too_little


@pytest.mark.parametrize("marker", ["", " [2]", " [9]", " [1][2]"])
def test_a_forgotten_or_wrong_marker_is_mended(
    marker: str, passages: list[Passage], encoder: LocalEncoder
) -> None:
    proof = proved(f"Eleven officers from six countries serve there{marker}.", passages, encoder)
    assert proof.citations[0].quote == "Eleven officers from six countries serve there."
    assert proof.text.endswith("serve there. [1]")


def test_sentences_are_spans_of_the_text_and_markers_all_have_citations(
    passages: list[Passage], encoder: LocalEncoder
) -> None:
    text = (
        "- The office arranges visits of staff officers and reports on exercises. [2]\n"
        "- Eleven officers from six countries serve there. [1]\n\n"
        "The liaison office at Lisbon opened on 4 May 1993. [1]"
    )
    proof = proved(text, passages, encoder)
    assert [proof.text[s.start : s.end] for s in proof.sentences] == [
        s.text for s in proof.sentences
    ]
    assert {m for s in proof.sentences for m in s.citations} == {c.marker for c in proof.citations}
    assert proof.text.startswith("- The office")
    assert "\n- Eleven" in proof.text


def test_a_stronger_claim_than_the_passage_makes_keeps_its_source_in_sight(
    passages: list[Passage], encoder: LocalEncoder
) -> None:
    proof = proved("The office may advise host authorities on request. [2]", passages, encoder)
    assert proof.sentences[0].verdict == "quoted"


def test_a_part_of_a_sentence_is_not_called_a_quotation(
    passages: list[Passage], encoder: LocalEncoder
) -> None:
    proof = proved("The office may advise host authorities. [2]", passages, encoder)
    assert [s.verdict for s in proof.sentences] == ["supported"]
