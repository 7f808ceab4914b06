"""The proof of a draft: every sentence tied to its span, or removed, or flagged."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answers.draft import Draft, Quotation
from assistant.evidence import is_no_evidence
from assistant.grounding.sentences import Sentence, sentences
from assistant.grounding.verify import NOWHERE, SUPPORTED, likeness, support
from assistant.ports import TextEncoder
from assistant.types import AnswerSentence, Citation, Passage, StoredChunk, Verdict

_MARKER = re.compile(r"\s*\[(\d+)\]")
# A marker after the full stop belongs to the sentence before it.
_AFTER_STOP = re.compile(r"([.!?…][\"”’)]*)((?:\s*\[\d+\])+)")
_BULLET = re.compile(r"^\s*(?:[-•*]|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class Proof:
    """The text that may be shown, with a verdict for each of its sentences.

    `removed` says of each sentence that no passage carries, and that is not shown, what is wrong.
    """

    text: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    removed: tuple[str, ...] = ()


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

    def best(self, words: str, named: set[int]) -> "_Found":
        """The span that carries the words best, those of the `named` passages first."""
        if not self._spans:
            return _Found(None, 0.0, NOWHERE)
        vector = np.asarray(self._encoder.embed_documents([words])[0], dtype=np.float32)
        near = [
            (likeness(words, span.sentence.text, float(cosine)), float(cosine), span)
            for span, cosine in zip(self._spans, self._vectors @ vector, strict=True)
            if not is_no_evidence(span.sentence.text, words)
        ]
        near.sort(key=lambda one: (one[2].rank not in named, -one[0]))
        for like, cosine, span in near:
            if like >= SUPPORTED:
                score, wrong = support(words, span.sentence.text, cosine, _around(span))
                if not wrong:
                    return _Found(span, score, "")
        if not near:
            return _Found(None, 0.0, NOWHERE)
        _, cosine, nearest = max(near, key=lambda one: one[0])
        _, wrong = support(words, nearest.sentence.text, cosine, _around(nearest))
        return _Found(None, 0.0, wrong)


@dataclass(frozen=True, slots=True)
class _Found:
    """The span that carries a sentence, and how well; or none, and what is wrong."""

    span: _Span | None
    score: float
    problem: str


def _around(span: _Span) -> str:
    stored = span.source
    return "\n".join((stored.metadata.title, *stored.chunk.headings, stored.chunk.text))


class _Writer:
    """Builds the shown text, numbering citations in the order of their first use."""

    def __init__(self) -> None:
        self.text = ""
        self.sentences: list[AnswerSentence] = []
        self.citations: list[Citation] = []

    def write(self, lead: str, words: str, found: _Found) -> None:
        """Adds a sentence with the white space and bullet before it."""
        self.text += lead if self.text else lead.lstrip("\n ")
        start = len(self.text)
        self.text += words
        markers: tuple[int, ...] = ()
        verdict, score = _verdict(words, found)
        if found.span is not None:
            markers = (self._marker(found.span),)
            self.text += f" [{markers[0]}]"
        end = start + len(words)
        sentence = AnswerSentence(words, start, end, markers, verdict, score, found.problem)
        self.sentences.append(sentence)

    def _marker(self, span: _Span) -> int:
        chunk, sentence = span.source.chunk, span.sentence
        start, end = chunk.start + sentence.start, chunk.start + sentence.end
        for citation in self.citations:
            same = (citation.document_id, citation.version_id, citation.start, citation.end)
            if same == (span.source.document_id, span.source.version_id, start, end):
                return citation.marker
        self.citations.append(cite(len(self.citations) + 1, span.source, start, end))
        return len(self.citations)


def _verdict(words: str, found: _Found) -> tuple[Verdict, float]:
    if found.span is None:
        return "unsupported", 0.0
    # The whole sentence, not a part: "no evidence that X joined" does not say that X joined.
    if _plain(words) == _plain(found.span.sentence.text):
        return "quoted", 1.0
    return "supported", round(found.score, 3)


def _verified(text: str, evidence: _Evidence, *, keep: bool) -> Proof:
    writer = _Writer()
    text = _AFTER_STOP.sub(r"\2\1", text)
    end = 0
    removed: list[str] = []
    for sentence in sentences(text):
        lead, end = text[end : sentence.start], sentence.end
        bullet = _BULLET.match(sentence.text)
        body = sentence.text[bullet.end() if bullet else 0 :]
        words = _MARKER.sub("", body).strip()
        if not words:
            continue
        found = evidence.best(words, {int(number) for number in _MARKER.findall(body)})
        if keep or found.span is not None:
            writer.write(lead + (bullet.group() if bullet else ""), words, found)
        else:
            removed.append(found.problem)
    shown = writer.text.strip()
    return Proof(shown, tuple(writer.sentences), tuple(writer.citations), tuple(removed))


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".!?… ")
