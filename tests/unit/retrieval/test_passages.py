"""From ranked candidates to what is shown: joined, told once, spread over documents."""

from collections.abc import Sequence
from time import process_time

import numpy as np
import pytest

from assistant.retrieval.passages import RankedChunk, assemble
from assistant.retrieval.sameness import Wording, says_the_same
from assistant.types import (
    Chunk,
    ChunkId,
    DocumentId,
    Metadata,
    Passage,
    StoredChunk,
    VersionId,
)

GENERATOR = np.random.default_rng(11)
SENTENCES = [
    "The attaché advises the ambassador on all military matters of the host nation",
    "Every visit of a warship is announced thirty days before the ship arrives",
    "Expenses are shared among the parties in the proportions of the annex",
    "Exercises with partners are planned two years ahead by the joint staff",
    "The committee meets twice a year and takes its decisions by consensus",
]


class Text:
    """A document of sentences, two blank lines between two chunks."""

    def __init__(self, name: str, sentences: Sequence[str], heading: str = "") -> None:
        self.name = name
        self.text = ""
        self.chunks: list[StoredChunk] = []
        for i, sentence in enumerate(sentences):
            start = len(self.text)
            self.text += f"{sentence}\n\n\n"
            chunk = Chunk(
                ChunkId(f"{name}-{i}"),
                i,
                start,
                start + len(sentence),
                sentence,
                (heading,) if heading else (),
                page=i + 1,
            )
            self.chunks.append(
                StoredChunk(
                    chunk, DocumentId(name), VersionId("v"), f"file:///{name}", Metadata(name)
                )
            )

    def ranked(self, i: int, score: float, vector: Sequence[float] | None = None) -> RankedChunk:
        """A chunk of it as a candidate; without a vector, one that is like no other."""
        found = GENERATOR.normal(size=64) if vector is None else np.array(vector)
        unit = (found / np.linalg.norm(found)).astype(np.float32)
        return RankedChunk(self.chunks[i], score, score, unit)


def shown(
    texts: Sequence[Text], *ranked: RankedChunk, top_k: int = 8, spread: float = 0.2
) -> list[Passage]:
    by_name = {text.name: text.text for text in texts}
    best = sorted(ranked, key=lambda one: -one.score)
    return assemble(
        best,
        top_k,
        read=lambda document, _, start, end: by_name[document][start:end],
        cosine=lambda one: one.cosine or 0.0,
        spread=spread,
    )


def places(passages: Sequence[Passage]) -> list[tuple[str, int, int]]:
    """The documents shown and their chunks, first and last, best first."""
    return [
        (p.stored.document_id, p.chunks[0].stored.chunk.ordinal, p.chunks[-1].stored.chunk.ordinal)
        for p in passages
    ]


def test_chunks_side_by_side_are_one_passage_in_reading_order() -> None:
    text = Text("a", SENTENCES)
    (passage,) = shown([text], text.ranked(2, 0.9), text.ranked(1, 0.4), text.ranked(3, 0.2))
    assert places([passage]) == [("a", 1, 3)]
    chunk = passage.stored.chunk
    assert text.text[chunk.start : chunk.end] == passage.text
    assert passage.text.startswith(SENTENCES[1])
    assert passage.text.endswith(SENTENCES[3])
    assert (passage.score, passage.cosine, chunk.page) == (0.9, 0.9, 2)
    assert [(part.stored.chunk.page, part.score) for part in passage.chunks] == [
        (2, 0.4),
        (3, 0.9),
        (4, 0.2),
    ]


def test_no_passage_covers_more_than_three_chunks() -> None:
    text = Text("a", SENTENCES)
    found = shown([text], *(text.ranked(i, 0.9 - i / 10) for i in range(5)))
    assert places(found) == [("a", 0, 2), ("a", 3, 4)]


@pytest.mark.parametrize("spread", [0.0, 0.2])
def test_a_chunk_between_two_passages_joins_them(spread: float) -> None:
    text = Text("a", SENTENCES)
    ranked = (text.ranked(0, 0.9), text.ranked(2, 0.8), text.ranked(1, 0.7))
    found = shown([text], *ranked, spread=spread)
    assert places(found) == [("a", 0, 2)]


def test_chunks_of_two_sections_or_apart_stay_apart() -> None:
    text = Text("a", SENTENCES)
    other = Text("a", SENTENCES, heading="Costs")
    found = shown([text], text.ranked(0, 0.9), other.ranked(1, 0.8), text.ranked(3, 0.7))
    assert places(found) == [("a", 0, 0), ("a", 1, 1), ("a", 3, 3)]
    assert all(not passage.parts for passage in found)


def test_joining_makes_room_for_the_next_passage() -> None:
    one, other = Text("a", SENTENCES), Text("b", SENTENCES[::-1])
    found = shown(
        [one, other], one.ranked(0, 0.9), one.ranked(1, 0.8), other.ranked(0, 0.7), top_k=2
    )
    assert places(found) == [("a", 0, 1), ("b", 0, 0)]


def test_what_cannot_be_read_any_more_is_shown_by_its_best_chunk() -> None:
    text = Text("a", SENTENCES)
    ranked = [text.ranked(1, 0.9), text.ranked(0, 0.8)]
    (passage,) = assemble(ranked, 8, read=lambda *_: None, cosine=lambda _: 0.5)
    assert passage.text == SENTENCES[1]
    assert passage.parts == ()


def test_what_is_said_twice_is_shown_once_with_the_other_place() -> None:
    one, copy = Text("a", SENTENCES), Text("b", [SENTENCES[4], SENTENCES[0]])
    (passage,) = shown([one, copy], one.ranked(0, 0.9), copy.ranked(1, 0.6))
    assert places([passage]) == [("a", 0, 0)]
    (other,) = passage.also
    assert (other.document_id, other.title, other.score) == ("b", "b", 0.6)
    assert copy.text[other.start : other.end] == SENTENCES[0]


def test_of_two_copies_one_is_shown_throughout_and_the_other_listed_once() -> None:
    one, copy = Text("a", SENTENCES), Text("b", SENTENCES)
    found = shown(
        [one, copy],
        *(one.ranked(0, 0.9), copy.ranked(0, 0.89)),
        *(copy.ranked(1, 0.8), one.ranked(1, 0.79)),
    )
    assert places(found) == [("a", 0, 1)]
    (other,) = found[0].also
    assert (other.document_id, copy.text[other.start : other.end]) == ("b", found[0].text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("It enters into force on signature.", "It  enters into\nforce on signature", True),
        (" ".join(SENTENCES), " ".join(SENTENCES).replace("twice a", "two times a"), True),
        (" ".join(SENTENCES), " ".join(SENTENCES).replace("thirty", "30"), False),
        (
            " ".join(SENTENCES),
            " ".join(SENTENCES).replace("is announced", "is not announced"),
            False,
        ),
        (
            "The protocol on the accession of Hungary enters into force " * 5,
            "The protocol on the accession of Latvia enters into force " * 5,
            False,
        ),
        (" ".join(SENTENCES), " ".join(SENTENCES[1:] + SENTENCES[:1] * 9), False),
        (SENTENCES[0], SENTENCES[1], False),
    ],
)
def test_texts_say_the_same_unless_a_name_a_figure_or_a_negation_differs(
    one: str, other: str, *, same: bool
) -> None:
    assert says_the_same(Wording(one), Wording(other), 0.95) is same
    assert says_the_same(Wording(other), Wording(one), 0.95) is same


def test_texts_that_are_almost_the_same_are_found_by_their_vectors() -> None:
    said = " ".join(SENTENCES)
    one, other = Text("a", [said]), Text("b", [said.replace("twice a", "two times a")])
    near = [1.0, 0.1], [1.0, 0.12]
    (passage,) = shown([one, other], one.ranked(0, 0.9, near[0]), other.ranked(0, 0.8, near[1]))
    assert [other.document_id for other in passage.also] == ["b"]


def broad(scores: Sequence[float], others: Sequence[float]) -> list[tuple[str, int, int]]:
    """What four places show where one document has these scores, and others one each."""
    one = Text("a", [f"{SENTENCES[i % 5]} number {i}" for i in range(20)])
    alone = [Text(f"o{i}", [f"{SENTENCES[i]} elsewhere {i}"]) for i in range(len(others))]
    found = [one.ranked(2 * i, score) for i, score in enumerate(scores)]
    found += [text.ranked(0, score) for text, score in zip(alone, others, strict=True)]
    return places(shown([one, *alone], *found, top_k=4))


def test_where_several_documents_are_about_as_good_they_share_the_room() -> None:
    found = broad([0.40, 0.39, 0.38, 0.37, 0.36], [0.35, 0.34])
    assert [document for document, *_ in found] == ["a", "a", "o0", "o1"]


def test_a_document_that_alone_answers_keeps_its_places() -> None:
    found = broad([0.9, 0.85, 0.8, 0.75, 0.7], [0.44, 0.4])
    assert [document for document, *_ in found] == ["a"] * 4


def test_without_spread_the_best_are_shown_whatever_they_are_of() -> None:
    one = Text("a", [f"{SENTENCES[i % 5]} number {i}" for i in range(9)])
    other = Text("b", SENTENCES)
    found = [one.ranked(2 * i, 0.4 - i / 100) for i in range(5)]
    ranked = [*found, other.ranked(0, 0.35)]
    assert [d for d, *_ in places(shown([one, other], *ranked, top_k=5, spread=0))] == ["a"] * 5
    assert "b" in [d for d, *_ in places(shown([one, other], *ranked, top_k=5))]


def test_passages_are_ranked_by_their_scores() -> None:
    one = Text("a", [f"{SENTENCES[i % 5]} number {i}" for i in range(9)])
    other = Text("b", SENTENCES)
    ranked = [one.ranked(2 * i, 0.4 - i / 100) for i in range(3)]
    found = shown([one, other], *ranked, other.ranked(0, 0.35), top_k=4)
    assert [passage.score for passage in found] == [0.4, 0.39, 0.38, 0.35]
    assert [passage.rank for passage in found] == [1, 2, 3, 4]


def test_nothing_found_is_nothing_shown() -> None:
    assert shown([]) == []


def test_a_hundred_candidates_take_a_moment() -> None:
    texts = [Text(f"d{i}", [f"{SENTENCES[j % 5]} {i} {j}" for j in range(10)]) for i in range(10)]
    ranked = [
        text.ranked(j, 1 / (1 + i + 3 * j)) for i, text in enumerate(texts) for j in range(10)
    ]
    took = []
    for _ in range(20):
        began = process_time()
        shown(texts, *ranked)
        took.append(process_time() - began)
    # Far more than it takes, and of the processor, so that a busy machine does not matter.
    assert min(took) < 0.01
