"""Somebody else's text, checked sentence by sentence against the library or given passages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

from assistant.grounding.claims import states_nothing
from assistant.grounding.marks import bare, before_stops
from assistant.grounding.parties import has_a_part, parties_of
from assistant.grounding.prove import cite, evidence_of
from assistant.grounding.sentences import Sentence, sentences
from assistant.grounding.spans import Evidence, EvidenceText, Span
from assistant.grounding.states import named_in
from assistant.grounding.verify import find
from assistant.ports import Retriever, TextEncoder
from assistant.types import ChunkId, Citation, Filters, StandaloneQuestion, StoredChunk, Verdict

_TOP_K = 6
# Which state is which party is looked for in so many treaties at most.
_TREATIES = 3
_WHO_IS_WHO = "the sending State, receiving State or host State means the Kingdom or Republic of"
# The embedder reads no more of a sentence than about this many characters.
_SEARCHED = 1_000


@dataclass(frozen=True, slots=True)
class GivenPassage:
    """A passage that comes with the text to check."""

    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class TextToCheck:
    """A text, and what it is held against.

    These are the `passages` where some are given, else the library: as it stood at `as_of`, by
    default now, and narrowed by the filters.
    """

    text: str
    passages: tuple[GivenPassage, ...] | None = None
    as_of: datetime | None = None
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class GivenQuote:
    """`[start, end)` of the given passage of this number, counted from 0."""

    passage: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence as `[start, end)` of the text, with the places that carry it.

    `support` is the probability that what it is held against carries it, in [0, 1]. A sentence
    that states nothing is `unchecked`, without support. `problem` says what is wrong with one that
    is unsupported, or why one is unchecked; `against` is where it is said otherwise,
    or nearly.
    """

    text: str
    start: int
    end: int
    verdict: Verdict | Literal["unchecked"]
    support: float | None
    citations: tuple[Citation, ...] = ()
    quotes: tuple[GivenQuote, ...] = ()
    problem: str = ""
    against: Citation | GivenQuote | None = None


@dataclass(frozen=True, slots=True)
class CheckedText:
    """The sentences in their order, and the moment for which the library was asked."""

    sentences: tuple[CheckedSentence, ...]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class _Statement:
    sentence: Sentence
    words: str
    nothing: str


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks texts against one library; `moment` is the present as the library sees it."""

    retriever: Retriever
    encoder: TextEncoder
    moment: Callable[[], datetime] = lambda: datetime.now(UTC)

    def check(self, text: TextToCheck) -> CheckedText:
        """Every sentence with its verdict. Blocks as long as it takes.

        Raises:
            AsOfPrunedError: what stood at `as_of` was pruned.
        """
        now = self.moment()
        as_of = now if text.as_of is None else min(text.as_of.astimezone(UTC), now)
        stated = list(_statements(text.text))
        if text.passages is not None:
            given = [EvidenceText(one.text, one.title) for one in text.passages]
            evidence = Evidence(given, self.encoder)
            checked = [_checked(one, text.text, evidence, _quoted) for one in stated]
        else:
            stored = self._found(stated, text, as_of)
            evidence = Evidence(evidence_of(stored), self.encoder)
            citing = _Citing(stored)
            checked = [_checked(one, text.text, evidence, citing) for one in stated]
        return CheckedText(tuple(checked), as_of)

    def _found(
        self, stated: Sequence[_Statement], text: TextToCheck, as_of: datetime
    ) -> list[StoredChunk]:
        """What is found for all sentences: one that says "it" is often carried by another's."""
        found: dict[ChunkId, StoredChunk] = {}
        for one in stated:
            if one.nothing:
                continue
            asked = one.words[:_SEARCHED]
            parts = self._searched(asked, text, as_of)
            if named_in(one.words) and not has_a_part(one.words):
                parts = [*parts, *self._parties(parts, text, as_of)]
            found |= {part.chunk.chunk_id: part for part in parts}
        return list(found.values())

    def _searched(
        self, asked: str, text: TextToCheck, as_of: datetime, within: Filters | None = None
    ) -> list[StoredChunk]:
        passages = self.retriever.retrieve(
            StandaloneQuestion(text=asked, asked=asked),
            as_of=as_of,
            top_k=_TOP_K,
            filters=within or text.filters,
            exactly=text.as_of is not None,
        )
        return [part.stored for passage in passages for part in passage.chunks]

    def _parties(
        self, found: Sequence[StoredChunk], text: TextToCheck, as_of: datetime
    ) -> Iterator[StoredChunk]:
        """What says in the treaties found which states their parties are."""
        speaking = (one.document_id for one in found if has_a_part(one.chunk.text))
        for document in list(dict.fromkeys(speaking))[:_TREATIES]:
            within = replace(text.filters, document_ids=(document,))
            parts = self._searched(_WHO_IS_WHO, text, as_of, within)
            yield from (one for one in parts if parties_of([one.chunk.text]))


Places = tuple[tuple[Citation, ...], tuple[GivenQuote, ...]]


def _quoted(span: Span) -> Places:
    return (), (GivenQuote(span.number, span.start, span.end, span.text),)


class _Citing:
    """Citations of spans, numbered in the order of their first use."""

    def __init__(self, stored: Sequence[StoredChunk]) -> None:
        self._stored = stored
        self._cited: dict[Span, Citation] = {}

    def __call__(self, span: Span) -> Places:
        if span not in self._cited:
            stored = self._stored[span.number]
            offset = stored.chunk.start
            marker = len(self._cited) + 1
            self._cited[span] = cite(marker, stored, offset + span.start, offset + span.end)
        return (self._cited[span],), ()


def _statements(text: str) -> Iterator[_Statement]:
    # A marker is moved only within its sentence, so the spans are those of the text as given.
    for sentence in sentences(before_stops(text)):
        _, words, _ = bare(sentence.text)
        first = text.rfind("\n", 0, sentence.start) + 1
        last = text.find("\n", sentence.end)
        line = text[first : last if last >= 0 else None].strip()
        written = text[sentence.start : sentence.end]
        nothing = states_nothing(words, alone=line == written)
        yield _Statement(Sentence(written, sentence.start, sentence.end), words, nothing)


def _checked(
    one: _Statement, text: str, evidence: Evidence, place: Callable[[Span], Places]
) -> CheckedSentence:
    sentence = one.sentence
    if one.nothing:
        return CheckedSentence(
            sentence.text, sentence.start, sentence.end, "unchecked", None, problem=one.nothing
        )
    found = find(one.words, evidence, before=text[: sentence.start])
    places = [place(span) for span in found.spans]
    otherwise = place(found.nearest) if found.nearest is not None else ((), ())
    return CheckedSentence(
        sentence.text,
        sentence.start,
        sentence.end,
        found.verdict,
        found.support,
        tuple(one for citations, _ in places for one in citations),
        tuple(one for _, quotes in places for one in quotes),
        found.problem,
        next((place for places in otherwise for place in places), None),
    )
