from assistant.retrieval.candidates import Candidate
from assistant.retrieval.fusion import fuse
from assistant.types import Chunk, ChunkId, DocumentId, Metadata, StoredChunk, VersionId


def candidate(name: str, cosine: float | None, bm25: float | None) -> Candidate:
    chunk = Chunk(ChunkId(name), 0, 0, 4, "text")
    stored = StoredChunk(chunk, DocumentId("d"), VersionId("v"), "file:///d", Metadata("D"))
    return Candidate(stored, cosine, bm25)


def order(*candidates: Candidate) -> list[str]:
    return [one.candidate.stored.chunk.chunk_id for one in fuse(candidates)]


def test_what_both_indexes_find_comes_before_what_one_finds() -> None:
    assert order(candidate("one", 0.5, None), candidate("both", 0.5, 8.0)) == ["both", "one"]


def test_a_chunk_found_by_its_words_alone_counts_as_the_farthest_by_meaning() -> None:
    fused = fuse([candidate("near", 0.8, None), candidate("words", None, 5.0)])
    assert {str(one.candidate.stored.chunk.chunk_id): one.cosine for one in fused}["words"] == 0.8


def test_scores_stay_between_zero_and_one() -> None:
    fused = fuse([candidate("a", 1.0, 1e9), candidate("b", -1.0, 0.0), candidate("c", None, None)])
    assert all(0.0 <= one.score <= 1.0 for one in fused)


def test_equal_scores_have_one_order() -> None:
    assert order(candidate("b", 0.5, None), candidate("a", 0.5, None)) == ["a", "b"]
