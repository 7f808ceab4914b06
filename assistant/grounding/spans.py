"""Spans of texts that may carry a sentence, and how each looks beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

import numpy as np

from assistant.evidence import is_no_evidence
from assistant.grounding.alignment import align
from assistant.grounding.clauses import Near
from assistant.grounding.degrees import bounded_alike
from assistant.grounding.features import UNKNOWN, Beside, telling
from assistant.grounding.figures import numbers
from assistant.grounding.french import in_english
from assistant.grounding.labels import crossed, labelled
from assistant.grounding.marks import bare
from assistant.grounding.names import shortened
from assistant.grounding.parties import (
    Parties,
    called_alike,
    has_a_part,
    in_their_names,
)
from assistant.grounding.phrasals import put_alike
from assistant.grounding.restated import restated
from assistant.grounding.rows import Row, rows
from assistant.grounding.sentences import Sentence, sentences
from assistant.grounding.states import named_in
from assistant.grounding.vectors import (
    Floats,
    Signs,
    embedded,
    nearest,
    of_texts,
    token_places,
    with_pairs,
)
from assistant.ports import TextEncoder
from assistant.retrieval.translation import is_french

# Spans that are weighed closely, of those that are nearest by meaning or have the most words.
_CLOSELY = 6
_NEAREST = 24
# A pair is looked at in place of a sentence only where it is so much more like what is said.
_OF_PAIR = 0.15
# Who says the same figures speaks of the same thing, rather than another who uses the same words.
_OF_FIGURES = 0.3


@dataclass(frozen=True, slots=True)
class EvidenceText:
    """A text that may carry sentences. `above` is its title and headings, one a line.

    `parties` are the states by the part that they have in it, where it is of a treaty.
    """

    text: str
    above: str = ""
    language: str | None = None
    parties: Parties = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Span:
    """`[start, end)` of the text of this number; `pair` where it is two sentences."""

    number: int
    start: int
    end: int
    text: str
    pair: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """A span as it is compared, with what it stands in: a row of a table with its heads."""

    words: str
    around: str
    row: Row | None = None


class Evidence:
    """The spans of some texts: each sentence, and each with the next.

    What is French is compared in English words with a sentence that is not, and what a treaty says
    of its parties with the names of these where the sentence has names of states.
    """

    def __init__(
        self,
        texts: Sequence[EvidenceText],
        encoder: TextEncoder,
        *,
        english: bool = False,
        by_name: bool = False,
    ) -> None:
        self._encoder, self._texts = encoder, texts
        # Made when an English sentence is first held against French texts, or states are named.
        self._english: Evidence | None = self if english else None
        self._by_name: Evidence | None = (
            self if by_name or english or not any(one.parties for one in texts) else None
        )
        self._is_french = any(is_french(one.text) for one in texts)
        around = [f"{one.above}\n{one.text}" for one in texts]
        self.everything: frozenset[str] = reduce(frozenset.union, map(telling, around), frozenset())
        singles, wider = _spans(texts)
        self.spans = [*singles, *(span for span, _, _ in wider)]
        self._read = _as_read(texts, around, self.spans)
        if english:
            self._read = [_read_in_english(one) for one in self._read]
            self.everything = self.everything.union(*(telling(one.words) for one in self._read))
        if by_name:
            parties = [texts[span.number].parties for span in self.spans]
            self._read = [_read_by_name(*one) for one in zip(self._read, parties, strict=True)]
        own, self._signs = embedded(encoder, [one.words for one in self._read[: len(singles)]])
        self._parts: list[tuple[int, ...]] = [(i,) for i in range(len(singles))]
        self._parts += [(first, second) for _, first, second in wider]
        self._of = _numbers(singles)
        self._vectors = with_pairs(own, [(first, second) for _, first, second in wider])
        self._whole = of_texts(own, [one.number for one in singles])

    def beside(self, words: str) -> list[tuple[Span, Beside]]:
        """The spans that are most like the sentence, beside it, best first."""
        if not self.spans:
            return []
        if self._is_french and self._english is not self and not is_french(words):
            return self._in_english().beside(words)
        if self._by_name is not self and not has_a_part(words) and named_in(words):
            return self._named().beside(words)
        (vector,), (signs,) = embedded(self._encoder, [words])
        places = token_places(self._encoder, words)
        cosines: Floats = self._vectors @ vector
        best, whole = float(cosines.max()), float((self._whole @ vector).max())
        return [
            (
                self.spans[i],
                Beside(
                    span=self._shown(i, words),
                    around=_put_as(self._read[i].around, words),
                    everything=self.everything,
                    cosine=float(cosines[i]),
                    best=best,
                    text=whole,
                    tokens=tokens,
                    near=near,
                    row=self._read[i].row is not None,
                ),
            )
            for i in self._closest(words, cosines)
            for tokens, near in [self._tokens(signs, places, i)]
        ]

    def others(self, span: Span, words: str) -> list[tuple[Span, str, bool]]:
        """The other sentences of the span's text as they are compared, and whether beside it.

        Rows of tables are none.
        """
        every = self._of[span.number]
        inside = [i for i in every if span.start <= self.spans[i].start < span.end]
        return [
            (self.spans[i], self._shown(i, words), {i - 1, i + 1}.intersection(inside) != set())
            for i in every
            if i not in inside and self._read[i].row is None
        ]

    def passage(self, span: Span) -> str:
        """The whole text of a span, below its title and headings."""
        text = self._texts[span.number]
        return f"{text.above}\n{text.text}"

    def _in_english(self) -> "Evidence":
        if self._english is None:
            self._english = Evidence(self._texts, self._encoder, english=True)
        return self._english

    def _named(self) -> "Evidence":
        if self._by_name is None:
            self._by_name = Evidence(self._texts, self._encoder, by_name=True)
        return self._by_name

    def _tokens(
        self, said: Signs, places: list[tuple[int, int]], i: int
    ) -> tuple[tuple[float, ...], Near]:
        """How near the nearest token of the span, and of its text, is to each of the sentence's."""
        span = nearest(said, [self._signs[part] for part in self._parts[i]])
        if not span.size:
            return UNKNOWN, ()
        around = nearest(said, [self._signs[one] for one in self._of[self.spans[i].number]])
        least = np.sort(span)
        second = float(least[min(1, len(least) - 1)])
        near = [(*place, value) for place, value in zip(places, span.tolist(), strict=True)]
        return (float(span.mean()), float(least[0]), second, float(around.mean())), near

    def _may_carry(self, i: int, words: str) -> bool:
        row = self._read[i].row
        answers = row is None or row.answers(words)
        return (answers and not crossed(self._shown(i, words), words)) and not is_no_evidence(
            bare(self.spans[i].text)[1], words
        )

    def _shown(self, i: int, words: str) -> str:
        return _put_as(self._read[i].words, words)

    def _closest(self, words: str, cosines: Floats) -> list[int]:
        said = telling(words)
        ranked = np.argsort(-cosines, kind="stable")[:_NEAREST].tolist()
        like = {
            i: float(cosines[i]) + len(said & telling(self._shown(i, words))) / (len(said) or 1)
            for i in ranked
            if self._may_carry(i, words)
        }
        nearest = sorted(like, key=lambda i: -like[i])[:_CLOSELY]
        figures = set(numbers(words))
        for i in nearest:
            read = self._shown(i, words)
            like[i] += align(words, read).same - _OF_PAIR * self.spans[i].pair
            if figures:
                same = len(figures & set(numbers(read))) / len(figures)
                like[i] += _OF_FIGURES * same
        return sorted(nearest, key=lambda i: -like[i])


def _put_as(text: str, words: str) -> str:
    """The text with names, verbs and figures as the words have them, where they say the same."""
    text = put_alike(called_alike(shortened(text, words), words), words)
    return bounded_alike(restated(text, words), words)


def _spans(texts: Sequence[EvidenceText]) -> tuple[list[Span], list[tuple[Span, int, int]]]:
    """The spans of one sentence, and those of two with the numbers of both."""
    singles: list[Span] = []
    wider: list[tuple[Span, int, int]] = []
    for number, text in enumerate(texts):
        before: Sentence | None = None
        for one in sentences(text.text, text.language):
            # What a line break parts are two paragraphs or items: nobody reads them as one.
            if before is not None and "\n" not in text.text[before.end : one.start]:
                whole = text.text[before.start : one.end]
                span = Span(number, before.start, one.end, whole, pair=True)
                wider.append((span, len(singles) - 1, len(singles)))
            singles.append(Span(number, one.start, one.end, one.text))
            before = one
    return singles, wider


def _as_read(
    texts: Sequence[EvidenceText], around: Sequence[str], spans: Sequence[Span]
) -> list[_Read]:
    tables = [rows(one.text) for one in texts]
    found: list[_Read] = []
    for span in spans:
        row = None if span.pair else tables[span.number].get(span.start)
        above, words = texts[span.number].above, span.text
        if row is None:
            words, row = labelled(texts[span.number].text, span.start, span.end, above)
        found.append(
            _Read(row.words, f"{above}\n{row.around}\n{row.words}", row)
            if row
            else _Read(words, around[span.number])
        )
    return found


def _read_in_english(one: _Read) -> _Read:
    if not is_french(one.around):
        return one
    return replace(one, words=in_english(one.words), around=in_english(one.around))


def _read_by_name(one: _Read, parties: Parties) -> _Read:
    words, around = (in_their_names(text, parties) for text in (one.words, one.around))
    return replace(one, words=words, around=around)


def _numbers(singles: Sequence[Span]) -> dict[int, list[int]]:
    """The single sentences of each text."""
    found: dict[int, list[int]] = {}
    for i, one in enumerate(singles):
        found.setdefault(one.number, []).append(i)
    return found
