"""Spans of texts that may carry a sentence, and how each looks beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import is_no_evidence
from assistant.grounding.alignment import align
from assistant.grounding.features import Beside, telling
from assistant.grounding.marks import bare
from assistant.grounding.sentences import Sentence, sentences
from assistant.ports import TextEncoder

Floats = NDArray[np.float32]

# Spans that are weighed closely, of those that are nearest by meaning or have the most words.
_CLOSELY = 6
_NEAREST = 24
# A pair is looked at in place of a sentence only where it is so much more like what is said.
_OF_PAIR = 0.15


@dataclass(frozen=True, slots=True)
class EvidenceText:
    """A text that may carry sentences. `above` is its title and headings, one a line."""

    text: str
    above: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """`[start, end)` of the text of this number; `pair` where it is two sentences."""

    number: int
    start: int
    end: int
    text: str
    pair: bool = False


class Evidence:
    """The spans of some texts: each sentence, and each with the next."""

    def __init__(self, texts: Sequence[EvidenceText], encoder: TextEncoder) -> None:
        self._encoder = encoder
        self._around = [f"{one.above}\n{one.text}" for one in texts]
        self.everything: frozenset[str] = reduce(
            frozenset.union, map(telling, self._around), frozenset()
        )
        singles, wider = _spans(texts)
        self.spans = [*singles, *(span for span, _, _ in wider)]
        own = np.asarray(encoder.embed_documents([one.text for one in singles]), np.float32)
        self._vectors = _with_pairs(own, [(first, second) for _, first, second in wider])
        self._whole = _of_texts(own, [one.number for one in singles])

    def beside(self, words: str) -> list[tuple[Span, Beside]]:
        """The spans that are most like the sentence, beside it, best first."""
        if not self.spans:
            return []
        vector = np.asarray(self._encoder.embed_documents([words])[0], np.float32)
        cosines: Floats = self._vectors @ vector
        best, whole = float(cosines.max()), float((self._whole @ vector).max())
        return [
            (
                self.spans[i],
                Beside(
                    span=self.spans[i].text,
                    around=self._around[self.spans[i].number],
                    everything=self.everything,
                    cosine=float(cosines[i]),
                    best=best,
                    text=whole,
                ),
            )
            for i in self._closest(words, cosines)
        ]

    def _closest(self, words: str, cosines: Floats) -> list[int]:
        said = telling(words)
        ranked = np.argsort(-cosines, kind="stable")[:_NEAREST].tolist()
        like = {
            i: float(cosines[i]) + len(said & telling(self.spans[i].text)) / (len(said) or 1)
            for i in ranked
            if not is_no_evidence(bare(self.spans[i].text)[1], words)
        }
        nearest = sorted(like, key=lambda i: -like[i])[:_CLOSELY]
        for i in nearest:
            span = self.spans[i]
            like[i] += align(words, span.text).same - _OF_PAIR * span.pair
        return sorted(nearest, key=lambda i: -like[i])


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


def _of_texts(own: Floats, numbers: Sequence[int]) -> Floats:
    """A vector for each text: the direction of the sum of its sentences'."""
    found = [own[[n == number for n in numbers]].sum(0) for number in dict.fromkeys(numbers)]
    return np.array([one / (float(np.linalg.norm(one)) or 1.0) for one in found], np.float32)


def _with_pairs(own: Floats, pairs: Sequence[tuple[int, int]]) -> Floats:
    """The vectors, and below them those of pairs: the direction of the sum of the two."""
    if not pairs:
        return own
    both = own[[one for one, _ in pairs]] + own[[other for _, other in pairs]]
    both /= np.maximum(np.linalg.norm(both, axis=1, keepdims=True), 1e-9)
    return np.concatenate([own, both])
