"""Words of a question that the library does not have, as it writes what is meant by them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.ports import LexicalSearch, TextEncoder
from assistant.retrieval.candidates import CandidateSearch
from assistant.retrieval.standalone import content_words
from assistant.retrieval.vague import says_nothing
from assistant.types import Filters, StandaloneQuestion

# Of shorter words too many others are one letter away.
_SHORTEST = 5
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Letters alone, so that STANAG-2067 and e-mail are left as they are; not all in capitals.
_WORD = re.compile(r"(?<![\w/.@-])[A-Za-z][a-z]{4,}(?![\w/@-]|[.]\w)")
# No word of any library; its rarity is that of a word that stands nowhere.
_NOWHERE = "zzqzxqzz"
_MOST = 3
# In the unit of rarity: about 150 times as many chunks have it.
_FAR_COMMONER = 5.0
# The same of a word that four chunks have, beside one that none has.
_OFTEN = 2.0


@dataclass(frozen=True, slots=True)
class Speller:
    """Mends words that a library does not have by those it has, one slip of the hand away.

    A word that the embedder knows as a whole is a word, which a library may well not have.
    """

    search: CandidateSearch
    encoder: TextEncoder

    def mended(
        self,
        question: StandaloneQuestion,
        *,
        as_of: datetime,
        filters: Filters,
        exactly: bool = False,
    ) -> tuple[StandaloneQuestion, Mapping[str, str]]:
        """The question, and which of its words were written otherwise.

        Only the words of what the caller may read are drawn upon.

        Raises:
            AsOfPrunedError: it is asked exactly, and what stood then was pruned.
        """
        written = dict.fromkeys(_WORD.findall(question.text))
        doubtful = [w for w in written if content_words(w) and not self._known(w)][:_MOST]
        if question.translated or not doubtful or (not question.context and says_nothing(question)):
            return question, {}
        searched = self.search.at(as_of, filters, exactly=exactly)
        if searched is None:
            return question, {}
        found = {word: self._meant(word, searched.lexical) for word in doubtful}
        changed = {word: meant for word, meant in found.items() if meant}
        return _with(question, changed), changed

    def _meant(self, word: str, lexical: LexicalSearch) -> str:
        """The word of the library that is one slip away; empty where it has the word itself.

        Words that the embedder knows come first, then the commonest.
        """
        named = word[0].isupper()
        stems = {slip: lexical.terms(slip) for slip in _slips(word.lower(), named=named)}
        own = lexical.terms(word)
        terms = list(dict.fromkeys(term for found in (own, *stems.values()) for term in found))
        rarity = dict(zip(terms, lexical.rarity(terms), strict=True))
        (nowhere,) = lexical.rarity([_NOWHERE])
        mine = min((rarity[term] for term in own), default=nowhere)
        # A slip may stand in a document too, beside hundreds of the word that is meant.
        rarest = min(nowhere, mine - (0.0 if mine >= nowhere else _FAR_COMMONER))
        if named and mine < nowhere:
            return ""
        held = {s: rarity[one[0]] for s, one in stems.items() if len(one) == 1}
        if mine < nowhere:
            # "Waver", which a passage has, is no "water", however many have that.
            held = {slip: each for slip, each in held.items() if not _is_exchanged(word, slip)}
        held = {slip: each for slip, each in held.items() if each < rarest}
        # What no embedder knows and few passages have may be the slip of a scanner: "capturs".
        often = nowhere - _OFTEN
        held = {s: each for s, each in held.items() if named or each < often or self._known(s)}
        best = min(held, key=lambda slip: (not self._known(slip), held[slip], slip), default="")
        return best.capitalize() if named else best

    def _known(self, word: str) -> bool:
        """Whether the embedder knows the word, or one that is made of it: "expelled" of "expel"."""
        return min(self.encoder.count_tokens([word, *_made_of(word)])) <= 1


def _made_of(word: str) -> list[str]:
    """The plural of a word, and its forms as a verb."""
    doubled = word + word[-1]
    return [f"{word}s", f"{word}ed", f"{word}ing", f"{doubled}ed", f"{doubled}ing"]


def _slips(word: str, *, named: bool) -> Iterator[str]:
    """Words that become this one by a letter left out, doubled, put in or exchanged.

    The first letter is hardly ever wrong. Of a name no letter is taken for another: there are names
    that differ in one.
    """
    splits = [(word[:i], word[i:]) for i in range(1, len(word) + 1)]
    yield from (a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1 and b[0] != b[1])
    yield from (a + b[1:] for a, b in splits if b and len(word) > _SHORTEST)
    yield from (a + letter + b for a, b in splits for letter in _LETTERS)
    if not named:
        yield from (a + c + b[1:] for a, b in splits if b for c in _LETTERS if c != b[0])


def _is_exchanged(word: str, slip: str) -> bool:
    """Whether one letter of the word is another one in the slip."""
    pairs = zip(word.lower(), slip, strict=False)
    return len(word) == len(slip) and sum(mine != theirs for mine, theirs in pairs) == 1


def _with(question: StandaloneQuestion, changed: Mapping[str, str]) -> StandaloneQuestion:
    if not changed:
        return question
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, changed))})\b")

    def mend(text: str) -> str:
        return pattern.sub(lambda found: changed[found.group()], text)

    return replace(
        question,
        text=mend(question.text),
        asked=mend(question.asked),
        context=None if question.context is None else mend(question.context),
        earlier=tuple(map(mend, question.earlier)),
        background=mend(question.background),
        term=mend(question.term),
    )
