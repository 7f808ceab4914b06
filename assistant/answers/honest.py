"""Sentences that speak to a model answer nobody."""

import re
from collections.abc import Callable, Sequence

from assistant.answers.pool import Pooled
from assistant.answers.words import stems
from assistant.instructions import spoken

Choice = tuple[list[Pooled], bool]
"""What is chosen, and whether it is a list."""
_QUOTED = re.compile(r"[“\"«][^”\"»]*$")


def honestly(
    choose: Callable[[Sequence[Pooled]], Choice], pool: list[Pooled], asked: frozenset[str]
) -> tuple[Choice, list[Pooled]]:
    """What is chosen of the pool, and the pool that it is of; `asked` are the question's stems.

    Where that speaks to a model, it is chosen anew of what does not: a sentence that tells what to
    answer holds the question's words as no other does. What only quotes such words, or has them
    asked after, is chosen where nothing else is.
    """
    choice = choose(pool)
    if not any(spoken(one.text) for one in choice[0]):
        return choice, pool
    others = [one for one in pool if not spoken(one.text)]
    anew = choose(others) if others else ([], False)
    if not anew[0] and all(_tells_of_it(one.text, asked) for one in choice[0]):
        return choice, pool
    return anew, others


def _tells_of_it(text: str, asked: frozenset[str]) -> bool:
    """Whether all that speaks to a model there is quoted, or is what is asked about."""
    return all(
        _QUOTED.search(text[: found.start]) or stems(found.words) & asked for found in spoken(text)
    )
