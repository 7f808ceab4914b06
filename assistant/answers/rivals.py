"""Sentences that belong beside those chosen: what contradicts them, and mentions of a name."""

from collections.abc import Sequence

from assistant.answers.disagreement import contradiction, told_apart
from assistant.answers.pool import Pooled
from assistant.answers.words import exact_words

_MOST_RIVALS = 2
# What contradicts an answer is about as likely to be one; a chance remark is not.
_SHARE = 0.3
_MOST_MENTIONS = 3
_LEAST = 0.02


def with_rivals(chosen: Sequence[Pooled], pool: Sequence[Pooled]) -> list[Pooled]:
    """The chosen sentences, and what other documents say against them."""
    rivals: list[Pooled] = []
    for one in chosen:
        for other in pool:
            if len(rivals) >= _MOST_RIVALS:
                break
            if other in rivals or other.chance < _SHARE * one.chance or _aside(one, other, chosen):
                continue
            if contradiction(one.text, other.text) is not None:
                rivals.append(other)
    return [*chosen, *rivals]


def mentions(term: str, pool: Sequence[Pooled]) -> list[Pooled]:
    """Sentences that hold a name that was given in place of a question, likeliest first.

    None where nothing was given but a question, or the name is put of common words alone.
    """
    words = exact_words(term)
    if not any(letter.isupper() or letter.isdigit() for letter in term):
        return []
    found = [one for one in pool if words <= exact_words(one.text) and one.chance >= _LEAST]
    return sorted(found, key=lambda one: (-one.chance, one.place))[:_MOST_MENTIONS]


def _aside(one: Pooled, other: Pooled, chosen: Sequence[Pooled]) -> bool:
    """Whether the other is of the same document, of one on another subject, or chosen already."""
    mine, theirs = one.source.stored, other.source.stored
    return (
        mine.document_id == theirs.document_id
        or told_apart(mine.metadata, theirs.metadata)
        or any(other.place == c.place for c in chosen)
    )
