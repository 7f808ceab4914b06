"""The proof of a draft: every sentence tied to its span, or removed, or flagged."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answers.draft import Draft, Quotation
from assistant.evidence import is_no_evidence
from assistant.grounding.sentences import Sentence, sentences
from assistant.grounding.verify import SUPPORTED, support
from assistant.ports import TextEncoder
from assistant.types import AnswerSentence, Citation, Passage, StoredChunk, Verdict

_MARKER = re.compile(r"\s*\[(\d+)\]")
# A marker after the full stop belongs to the sentence before it.
_AFTER_STOP = re.compile(r"([.!?…][\"”’)]*)((?:\s*\[\d+\])+)")
_BULLET = re.compile(r"^\s*(?:[-•*]|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class Proof:
    """The text that may be shown, with a verdict for each of its sentences.

    `removed` counts the sentences that no passage carries and that are not shown.
    """

    text: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    removed: int = 0


@dataclass(frozen=True, slots=True)
class _Span:
    """A sentence of a passage, as a span of its version's text."""

    source: StoredChunk
    sentence: Sentence
    rank: int


def prove(draft: Draft, passages: Sequence[Passage], encoder: TextEncoder, *, keep: bool) -> Proof:
    """The draft with citations. Unsupported sentences are removed unless `keep` is true."""
    if draft.abstained:
        return Proof(draft.text, (), ())
    if draft.quotations:
        return _quoted(draft)
    return _verified(draft.text, _Evidence(passages, encoder), keep=keep)


def cite(marker: int, source: StoredChunk, start: int, end: int) -> Citation:
    """A citation of the span. Raises `AssertionError` for a span outside the chunk."""
    chunk = source.chunk
    quote = chunk.text[start - chunk.start : end - chunk.start]
    assert quote, f"[{start}, {end}) is not in chunk [{chunk.start}, {chunk.end})"
    return Citation(
        marker=marker,
        document_id=source.document_id,
        version_id=source.version_id,
        source_uri=source.source_uri,
        metadata=source.metadata,
        page=chunk.page,
        headings=chunk.headings,
        start=start,
        end=end,
        quote=quote,
    )


def _quoted(draft: Draft) -> Proof:
    cited = {
        q.marker: cite(q.marker, q.source, q.quote_start, q.quote_end) for q in draft.quotations
    }
    return Proof(
        draft.text,
        tuple(_quoted_sentence(draft.text, quotation) for quotation in draft.quotations),
        tuple(cited[marker] for marker in sorted(cited)),
    )


def _quoted_sentence(text: str, quotation: Quotation) -> AnswerSentence:
    return AnswerSentence(
        text=text[quotation.start : quotation.end],
        start=quotation.start,
        end=quotation.end,
        citations=(quotation.marker,),
        verdict="quoted",
        support=1.0,
    )


class _Evidence:
    """The sentences of the passages, with their vectors."""

    def __init__(self, passages: Sequence[Passage], encoder: TextEncoder) -> None:
        self._encoder = encoder
        self._spans = [
            _Span(part.stored, sentence, passage.rank)
            for passage in passages
            for part in passage.chunks
            for sentence in sentences(part.stored.chunk.text, part.stored.metadata.language)
        ]
        texts = [span.sentence.text for span in self._spans]
        self._vectors = np.asarray(encoder.embed_documents(texts), dtype=np.float32)

    def best(self, words: str, named: set[int]) -> tuple[_Span, float] | None:
        """The span that carries the words best, those of the `named` passages first."""
        if not self._spans:
            return None
        vector = np.asarray(self._encoder.embed_documents([words])[0], dtype=np.float32)
        scored = [
            (span, support(words, span.sentence.text, float(cosine)))
            for span, cosine in zip(self._spans, self._vectors @ vector, strict=True)
            if not is_no_evidence(span.sentence.text, words)
        ]
        for pool in ([pair for pair in scored if pair[0].rank in named], scored):
            found = max(pool, key=lambda pair: pair[1], default=None)
            if found is not None and found[1] >= SUPPORTED:
                return found
        return None


class _Writer:
    """Builds the shown text, numbering citations in the order of their first use."""

    def __init__(self) -> None:
        self.text = ""
        self.sentences: list[AnswerSentence] = []
        self.citations: list[Citation] = []

    def write(self, lead: str, words: str, found: tuple[_Span, float] | None) -> None:
        """Adds a sentence with the white space and bullet before it."""
        self.text += lead if self.text else lead.lstrip("\n ")
        start = len(self.text)
        self.text += words
        markers: tuple[int, ...] = ()
        verdict, score = _verdict(words, found)
        if found is not None:
            markers = (self._marker(found[0]),)
            self.text += f" [{markers[0]}]"
        end = start + len(words)
        self.sentences.append(AnswerSentence(words, start, end, markers, verdict, score))

    def _marker(self, span: _Span) -> int:
        chunk, sentence = span.source.chunk, span.sentence
        start, end = chunk.start + sentence.start, chunk.start + sentence.end
        for citation in self.citations:
            same = (citation.document_id, citation.version_id, citation.start, citation.end)
            if same == (span.source.document_id, span.source.version_id, start, end):
                return citation.marker
        self.citations.append(cite(len(self.citations) + 1, span.source, start, end))
        return len(self.citations)


def _verdict(words: str, found: tuple[_Span, float] | None) -> tuple[Verdict, float]:
    if found is None:
        return "unsupported", 0.0
    # The whole sentence, not a part: "no evidence that X joined" does not say that X joined.
    if _plain(words) == _plain(found[0].sentence.text):
        return "quoted", 1.0
    return "supported", round(found[1], 3)


def _verified(text: str, evidence: _Evidence, *, keep: bool) -> Proof:
    writer = _Writer()
    text = _AFTER_STOP.sub(r"\2\1", text)
    end = removed = 0
    for sentence in sentences(text):
        lead, end = text[end : sentence.start], sentence.end
        bullet = _BULLET.match(sentence.text)
        body = sentence.text[bullet.end() if bullet else 0 :]
        words = _MARKER.sub("", body).strip()
        if not words:
            continue
        found = evidence.best(words, {int(number) for number in _MARKER.findall(body)})
        if keep or found is not None:
            writer.write(lead + (bullet.group() if bullet else ""), words, found)
        else:
            removed += 1
    shown = writer.text.strip()
    return Proof(shown, tuple(writer.sentences), tuple(writer.citations), removed)


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".!?… ")
