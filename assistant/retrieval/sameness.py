"""Whether two texts say the same, so that one of them can be shown for both."""

import re
from dataclasses import dataclass
from functools import cached_property

_WORD = re.compile(r"\w+")
# Figures, words in capitals, and words with a capital that does not open a sentence.
_TELLING = re.compile(r"\w*\d\w*|\b[^\W\d_a-z]{2,}\b|(?<=[^\s.!?:;…] )[A-ZÀ-ÖØ-Þ]\w*")
_NEGATING = frozenset(
    {"not", "no", "never", "none", "without", "cannot", "except", "unless"}
    | {"ne", "pas", "jamais", "sans", "aucun", "aucune", "sauf"}
)
_RUN = 5
# Of the runs of five words, a changed word touches five: this lets two of a hundred words differ.
_SHARED_RUNS = 0.8
_SHARED_WORDS = 0.9
_NEAR = 0.97
# Texts of more unlike lengths cannot share as much; that is seen without looking at their words.
_LENGTHS = 0.75


@dataclass(eq=False)
class Wording:
    """A text as it is compared: its words, without case and punctuation."""

    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words in their order."""
        return tuple(_WORD.findall(self.text.casefold()))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Its words, each once."""
        return frozenset(self.words)

    @cached_property
    def telling(self) -> frozenset[str]:
        """The words on which a statement turns: names, figures and negations."""
        named = {word.casefold() for word in _TELLING.findall(self.text)}
        return frozenset(named | (self.vocabulary & _NEGATING))

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Every run of five words; of a shorter text, all of it."""
        if len(self.words) <= _RUN:
            return frozenset([self.words])
        return frozenset(zip(*(self.words[i:] for i in range(_RUN)), strict=False))


def says_the_same(one: Wording, other: Wording, cosine: float) -> bool:
    """Whether the texts are the same or almost, and differ in no name, figure or negation.

    Treaties and tables repeat whole paragraphs for another country or year: texts that differ in
    what is told of look all but alike and say different things. `cosine` is that of the two.
    """
    short, long = sorted((len(one.text), len(other.text)))
    if short < _LENGTHS * long:
        return False
    if one.words == other.words:
        return True
    if (one.vocabulary ^ other.vocabulary) & (one.telling | other.telling):
        return False
    if cosine >= _NEAR and _share(one.vocabulary, other.vocabulary) >= _SHARED_WORDS:
        return True
    return _share(one.runs, other.runs) >= _SHARED_RUNS


def _share(
    one: frozenset[str] | frozenset[tuple[str, ...]],
    other: frozenset[str] | frozenset[tuple[str, ...]],
) -> float:
    """How much two sets have in common: what is in both, of what is in either (Jaccard)."""
    return len(one & other) / (len(one | other) or 1)
