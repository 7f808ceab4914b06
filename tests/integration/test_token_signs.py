"""The embedder's tokens: kept with each text, and looked at by the second stage."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from assistant.backends import Backends, open_backends
from assistant.library.ids import text_key
from assistant.library.library import open_library
from assistant.library.reindexing import reindex
from assistant.models.encoder import LocalEncoder
from assistant.models.token_signs import BYTES
from assistant.ports import TokenEncoder
from assistant.retrieval.standalone import resolve
from assistant.settings import Settings
from assistant.types import Filters, Passage
from tests.unit.library.builders import day, new_version

TEXTS = (
    "Defence attachés are accredited to the host state.\n\nThey report to the ambassador.",
    "STANAG 2067 is about straggler control.\n\nSTANAG 2014 is about orders.",
    "JFC Brunssum commands land operations in the centre of Europe.",
)


@pytest.fixture
def tokens(encoder: LocalEncoder) -> TokenEncoder:
    assert isinstance(encoder, TokenEncoder)
    return encoder


def test_a_passage_has_signs_for_its_telling_tokens(tokens: TokenEncoder) -> None:
    vectors, (signs, alone) = tokens.embed_passages(["The orders of the corps.", "orders"])
    assert vectors == tokens.embed_documents(["The orders of the corps.", "orders"])
    assert (len(signs), len(alone)) == (2 * BYTES, BYTES)


def test_signs_do_not_depend_on_the_texts_beside_them(tokens: TokenEncoder) -> None:
    text = "A liaison officer serves with the staff of another nation."
    _, (alone,) = tokens.embed_passages([text])
    _, together = tokens.embed_passages(["short", text, "word " * 120])
    differing = np.unpackbits(np.frombuffer(alone, np.uint8) ^ np.frombuffer(together[1], np.uint8))
    assert differing.mean() < 0.01


def test_a_question_reads_otherwise_after_what_was_said(tokens: TokenEncoder) -> None:
    plain = tokens.embed_question("What about the costs?", "")
    after = tokens.embed_question("What about the costs?", "Who hosts the exercise in Latvia?")
    np.testing.assert_allclose(plain.own, tokens.embed_query("What about the costs?"), atol=1e-6)
    np.testing.assert_array_equal(plain.own, plain.within)
    latvia = np.array(tokens.embed_query("the costs of the exercise in Latvia"))
    assert after.within @ latvia > plain.within @ latvia
    assert np.linalg.norm(after.within) == pytest.approx(1, abs=1e-5)


def test_tokens_know_the_words_they_are_of(tokens: TokenEncoder) -> None:
    read = tokens.embed_question("STANAG-2067 and attachés", "")
    assert set(read.words) >= {"STANAG", "2067", "and", "attachés"}
    assert len(read.words) == len(read.signs)


def test_a_question_longer_than_the_embedder_reads_is_cut(tokens: TokenEncoder) -> None:
    read = tokens.embed_question("staff " * 600, "corps " * 600)
    assert np.isfinite(read.within).all()


def passages(backends: Backends, question: str) -> list[Passage]:
    return backends.retriever.retrieve(
        resolve(question, ()), as_of=datetime.now(UTC), top_k=3, filters=Filters()
    )


def test_texts_without_signs_are_found_too_and_reindexing_adds_them(
    tmp_path: Path, tokens: TokenEncoder
) -> None:
    with open_library(tmp_path, tokens.name) as library:
        versions = [new_version(f"file:///{i}", text) for i, text in enumerate(TEXTS)]
        chunks = [chunk for version in versions for chunk in version.chunks]
        vectors = tokens.embed_documents([chunk.embedding_text for chunk in chunks])
        keyed = {
            text_key(chunk.embedding_text): np.array(vector, np.float32)
            for chunk, vector in zip(chunks, vectors, strict=True)
        }
        library.ledger.stage(versions, tokens.name, keyed)
        library.vectors.add([chunk.chunk_id for chunk in chunks], vectors)
        library.ledger.publish(versions, day(1))
    with open_backends(Settings(home=tmp_path), "test") as backends:
        ledger = backends.library.ledger
        assert len(ledger.token_signs.missing(tokens.name)) == len(chunks)
        assert "Brunssum" in passages(backends, "What does JFC Brunssum command?")[0].text
        reindex(backends.library, backends.encoder)
        assert ledger.token_signs.missing(tokens.name) == []
        found = passages(backends, "What does JFC Brunssum command?")
        assert "Brunssum" in found[0].text
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
        assert all(0 <= one.score <= 1 for one in found)
