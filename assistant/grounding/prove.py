"""The proof of a draft: every sentence tied to its span, or removed, or flagged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answers.draft import Draft, Quotation
from assistant.grounding.marks import bare, before_stops
from assistant.grounding.parties import parties_of
from assistant.grounding.sentences import sentences
from assistant.grounding.spans import Evidence, EvidenceText, Span
from assistant.grounding.verify import Found, find
from assistant.ports import TextEncoder
from assistant.types import (
    AnswerSentence,
    Citation,
    Passage,
    StoredChunk,
    Unsupported,
    VersionId,
)

LEAST_CARRIED = 1 / 3
"""Of what a model wrote, the share that must be carried."""
# Around a sentence that no passage carries, as everybody reads it who gets the text alone.
_SIGNS: Mapping[Unsupported, tuple[str, str]] = {
    "strike": ("~~", "~~"),
    "flag": ("", " [not supported]"),
}


@dataclass(frozen=True, slots=True)
class Proof:
    """The text that may be shown, with a verdict for each of its sentences.

    `removed` says of each sentence that no passage carries, and that is not shown, what is wrong;
    `left_out` are these sentences.
    """

    text: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    removed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def carried(self) -> int:
        """How many sentences a passage carries."""
        return sum(one.verdict != "unsupported" for one in self.sentences)

    @property
    def written(self) -> int:
        """How many sentences there were before any was removed."""
        return len(self.sentences) + len(self.removed)

    @property
    def too_little(self) -> bool:
        """Whether so little is carried that the rest is no answer by itself."""
        return not self.text or self.carried < LEAST_CARRIED * self.written


def prove(
    draft: Draft, passages: Sequence[Passage], encoder: TextEncoder, unsupported: Unsupported
) -> Proof:
    """The draft with citations; with its unsupported sentences as the last argument says."""
    if draft.abstained:
        return Proof(draft.text, (), ())
    if draft.quotations:
        return _quoted(draft)
    return _verified(draft.text, passages, encoder, unsupported)


def evidence_of(stored: Sequence[StoredChunk]) -> list[EvidenceText]:
    """Chunks as texts that may carry sentences, with what those of a treaty say of its parties."""
    texts: dict[VersionId, list[str]] = {}
    for one in stored:
        texts.setdefault(one.version_id, []).append(one.chunk.text)
    parties = {version: parties_of(each) for version, each in texts.items()}
    return [
        EvidenceText(
            one.chunk.text,
            "\n".join((one.metadata.title, *one.chunk.headings)),
            one.metadata.language,
            parties[one.version_id],
        )
        for one in stored
    ]


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
    cited: dict[int, Citation] = {}
    # The cells of a row have one marker, which cites them with what stands between them.
    for marker, group in groupby(draft.quotations, key=lambda q: q.marker):
        cells = list(group)
        start, end = min(q.quote_start for q in cells), max(q.quote_end for q in cells)
        cited[marker] = cite(marker, cells[0].source, start, end)
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


class _Writer:
    """Builds the shown text, numbering citations in the order of their first use."""

    def __init__(self, stored: Sequence[StoredChunk], unsupported: Unsupported) -> None:
        self._stored = stored
        self._signs = _SIGNS.get(unsupported, ("", ""))
        self.text = ""
        self.sentences: list[AnswerSentence] = []
        self.citations: list[Citation] = []

    def write(self, lead: str, words: str, found: Found) -> None:
        """Adds a sentence with the white space and bullet before it."""
        self.text += lead if self.text else lead.lstrip("\n ")
        markers = tuple(dict.fromkeys(map(self._marker, found.spans)))
        told = "".join(f"[{marker}]" for marker in markers)
        before, behind = ("", f" {told}") if markers else self._signs
        # Its own tildes and ends of lines would end the stroke.
        words = words if markers else " ".join(words.replace("~~", "").split())
        start = len(self.text) + len(before)
        self.text += f"{before}{words}{behind}"
        end = start + len(words)
        self.sentences.append(
            AnswerSentence(words, start, end, markers, found.verdict, found.support, found.problem)
        )

    def _marker(self, span: Span) -> int:
        stored = self._stored[span.number]
        start, end = stored.chunk.start + span.start, stored.chunk.start + span.end
        for citation in self.citations:
            same = (citation.document_id, citation.version_id, citation.start, citation.end)
            if same == (stored.document_id, stored.version_id, start, end):
                return citation.marker
        self.citations.append(cite(len(self.citations) + 1, stored, start, end))
        return len(self.citations)


def _verified(
    text: str, passages: Sequence[Passage], encoder: TextEncoder, unsupported: Unsupported
) -> Proof:
    parts = [(passage.rank, part.stored) for passage in passages for part in passage.chunks]
    evidence = Evidence(evidence_of([stored for _, stored in parts]), encoder)
    writer = _Writer([stored for _, stored in parts], unsupported)
    text = before_stops(text)
    end = 0
    removed: list[str] = []
    left_out: list[str] = []
    for sentence in sentences(text):
        lead, end = text[end : sentence.start], sentence.end
        bullet, words, named = bare(sentence.text)
        if not words:
            continue
        first = {i for i, (rank, _) in enumerate(parts) if rank in named}
        found = find(words, evidence, first, text[: sentence.start])
        if unsupported != "remove" or found.span is not None:
            writer.write(lead + bullet, words, found)
        else:
            removed.append(found.problem)
            left_out.append(words)
    shown = writer.text.strip()
    return Proof(
        shown,
        tuple(writer.sentences),
        tuple(writer.citations),
        tuple(removed),
        tuple(left_out),
    )
