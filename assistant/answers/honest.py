"""Sentences that speak to a model answer nobody where others do."""

from collections.abc import Callable, Sequence

from assistant.answers.pool import Pooled
from assistant.instructions import spoken

Choice = tuple[list[Pooled], bool]
"""What is chosen, and whether it is a list."""


def honestly(
    choose: Callable[[Sequence[Pooled]], Choice], pool: list[Pooled]
) -> tuple[Choice, list[Pooled]]:
    """What is chosen of the pool, and the pool that it is of.

    Where that speaks to a model, it is chosen anew of what does not: a sentence that tells what to
    answer holds the question's words as no other does.
    """
    choice = choose(pool)
    if not any(spoken(one.text) for one in choice[0]):
        return choice, pool
    others = [one for one in pool if not spoken(one.text)]
    anew = choose(others) if others else ([], False)
    return (anew, others) if anew[0] else (choice, pool)
