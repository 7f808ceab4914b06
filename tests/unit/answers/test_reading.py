"""Passages read beside a question: by the signs of their tokens, sentence by sentence."""

from collections.abc import Mapping, Sequence

import pytest

from assistant.answers.features import SENTENCE_FEATURES, Asked, Shown, sentence_features
from assistant.answers.forms import read_form
from assistant.answers.reading import Reader
from assistant.answers.scoring import Scored
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.standalone import resolve
from assistant.types import ChunkId, Role, StoredChunk, Turn
from tests.unit.shelf import Shelf

TEXT = (
    "The brigade trains in the north of the country every winter. "
    "Its engineers built two bridges over the river in 1994. "
    "- Rations are bought from local farmers."
)


@pytest.fixture(scope="module")
def chunk(encoder: TokenLocalEncoder) -> StoredChunk:
    return Shelf("The brigade", (("Tasks", TEXT),), encoder).stored[0]


class Kept:
    """Signs as the ledger keeps them."""

    def __init__(self, signs: Mapping[ChunkId, bytes]) -> None:
        self._signs = signs

    def get(self, _embedder: str, chunk_ids: Sequence[ChunkId]) -> Mapping[ChunkId, bytes]:
        """Those of the chunks."""
        return {one: self._signs[one] for one in chunk_ids if one in self._signs}


def test_every_sign_has_its_place_in_the_text(encoder: TokenLocalEncoder) -> None:
    texts = [TEXT, "word " * 400, "", "Ça coûte 1,5 million d'euros."]
    _, signs = encoder.embed_passages(texts)
    for text, made, spans in zip(texts, signs, encoder.token_spans(texts), strict=True):
        assert len(made) == 24 * len(spans)
        assert all(text[start:end].strip() for start, end in spans)


def test_the_sentence_that_says_what_is_asked_is_nearest(
    encoder: TokenLocalEncoder, chunk: StoredChunk
) -> None:
    reader = Reader(encoder)
    asked = reader.ask(resolve("How many bridges did the engineers build?", ()))
    (read,) = reader.read(asked, [chunk])
    assert [part.text for part in read.parts][2] == "Rations are bought from local farmers."
    near = (read.near @ asked.weights).tolist()
    assert near.index(max(near)) == 1
    assert read.likeness.argmax() == 1


def test_signs_that_are_kept_tell_the_same_as_those_made(
    encoder: TokenLocalEncoder, chunk: StoredChunk
) -> None:
    _, (signs,) = encoder.embed_passages([chunk.chunk.embedding_text])
    question = resolve("Where does the brigade train?", ())
    kept, made = Reader(encoder, Kept({chunk.chunk.chunk_id: signs})), Reader(encoder)
    asked = made.ask(question)
    (one,), (other,) = kept.read(asked, [chunk]), made.read(asked, [chunk])
    assert (one.near == other.near).all()
    # What is kept is what is read: other signs would tell something else.
    wrong = Reader(encoder, Kept({chunk.chunk.chunk_id: bytes(len(signs))}))
    assert (wrong.read(asked, [chunk])[0].near != one.near).any()


def test_a_follow_up_is_read_with_the_question_before_it(encoder: TokenLocalEncoder) -> None:
    history = [Turn(Role.USER, "Who leads the brigade?"), Turn(Role.ASSISTANT, "A colonel.")]
    asked = Reader(encoder).ask(resolve("And where does it train?", history))
    assert "brigade" in asked.words
    weights = dict(zip(asked.words, asked.weights.tolist(), strict=True))
    assert 0 < weights["brigade"] < weights["train"] == 1


def test_what_is_left_of_a_possessive_tells_nothing(encoder: TokenLocalEncoder) -> None:
    asked = Reader(encoder).ask(resolve("What are the brigade's 3 tasks?", ()))
    weights = dict(zip(asked.words, asked.weights.tolist(), strict=True))
    assert weights["s"] < weights["brigade"] == weights["3"] == 1


def test_a_chunk_without_a_sentence_has_no_features(encoder: TokenLocalEncoder) -> None:
    empty = Shelf("Nothing", (("", " "),), encoder).stored
    reader, question = Reader(encoder), resolve("Why?", ())
    tokens = reader.ask(question)
    asked = Asked(question.text, read_form(question.text), tokens)
    shown = [Shown(one, 0.0, 0.0) for one in reader.read(tokens, empty)]
    assert sentence_features(asked, shown).shape == (0, len(SENTENCE_FEATURES))


def test_of_the_same_sentences_those_of_the_likelier_passage_are_likelier(
    encoder: TokenLocalEncoder, chunk: StoredChunk
) -> None:
    reader, question = Reader(encoder), resolve("How many bridges did the engineers build?", ())
    asked = Asked(question.text, read_form(question.text), reader.ask(question))
    read = reader.read(asked.tokens, [chunk, chunk])
    shown = [Shown(one, 0.4, score) for one, score in zip(read, (0.8, 0.2), strict=True)]
    chances = Scored(asked, shown).chances
    assert all(one > other for one, other in zip(chances[:3], chances[3:], strict=True))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            "Term: SACEUR; French: commandant; Definition: SACEUR leads the command of operations.",
            "SACEUR leads the command of operations.",
        ),
        (
            "Term: SACEUR; French: commandant; Definition: He leads the command of operations.",
            "Term: SACEUR; French: commandant; Definition: He leads the command of operations.",
        ),
    ],
)
def test_the_sentence_in_a_row_of_a_table_stands_alone_where_it_names_its_subject(
    encoder: TokenLocalEncoder, row: str, told: str
) -> None:
    stored = Shelf("Glossary", (("Terms", row),), encoder).stored[0]
    reader = Reader(encoder)
    (read,) = reader.read(reader.ask(resolve("Who is SACEUR?", ())), [stored])
    assert [part.text for part in read.parts] == [told]
    assert stored.chunk.text[read.parts[0].start : read.parts[0].end] == told


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("It has to:\n\n(a)watch the coast;\n\n(b)light the quay.", 2),
        ("It has to:\n\n(a)Watch the coast;\n\n(b) light the quay.", 2),
        ("It has to:\n\ni)watch the coast;\n\nii)à terme, éclairer le quai.", 2),
        ("It has to:\n\n1)watch the coast;\n\n2)light the quay.", 2),
        ("It has to:\n\n–watch the coast;\n\n–light the quay.", 2),
        # A word in brackets, references, sums and signs of less than nothing.
        ("(s)he lights the quay.\n\n(s)he watches the coast.", 0),
        ("(d)(1) The post lights the quay.\n\n(e)(2) It watches the coast.", 0),
        ("1)2 and 3 are five.\n\n2)4 and 3 are seven.", 0),
        ("–5 degrees are cold.\n\n–9 degrees are colder.", 0),
        ("It has, under (a)watching and (b)lighting, two tasks.", 0),
    ],
)
def test_an_item_needs_no_space_after_its_mark(
    encoder: TokenLocalEncoder, text: str, items: int
) -> None:
    stored = Shelf("The post", (("Tasks", text),), encoder).stored[0]
    reader = Reader(encoder)
    (read,) = reader.read(reader.ask(resolve("What are the tasks?", ())), [stored])
    listed = [part for part in read.parts if part.bullet]
    assert len(listed) == items
    assert all(stored.chunk.text[one.start : one.end] == one.text for one in listed)
    assert all(one.text[0].isalpha() for one in listed)


def test_items_with_no_space_after_their_marks_are_given_as_a_list(
    encoder: TokenLocalEncoder,
) -> None:
    text = (
        "The functions of a coastal post consist in:\n\n(a)watching the strait by day;\n\n"
        "(b)lighting the quay by night;\n\n(c)sending pilots to ships that ask for them.\n\n"
        "2. A coastal post may close in winter."
    )
    shelf = Shelf("Agreement on the coast", (("Article 3", text),), encoder)
    assert shelf.draft("What are the functions of a coastal post?", encoder).text == (
        "The functions of a coastal post consist in: [1]\n\n"
        "- watching the strait by day; [2]\n"
        "- lighting the quay by night; [3]\n"
        "- sending pilots to ships that ask for them. [4]"
    )
