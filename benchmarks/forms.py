"""How a question in the middle of a conversation is put to a search that knows no conversation."""

from bisect import bisect_left
from collections.abc import Callable

from assistant.ports import TextEncoder
from cli.evaluation.judged import JudgedSet, Query

_SPECIAL_TOKENS = 2

Form = Callable[[Query, TextEncoder], str]


def last_question(query: Query, encoder: TextEncoder) -> str:  # noqa: ARG001 - one form of several
    """What was asked last, by itself."""
    return query.text


def whole_history(query: Query, encoder: TextEncoder) -> str:
    """Everything that was said, answers too."""
    return end_of([*(turn.content for turn in query.history), query.text], encoder)


FORMS: dict[str, Form] = {
    "the last question": last_question,
    "the whole history": whole_history,
}


def forms_of(judged: JudgedSet) -> dict[str, Form]:
    """Every form that differs for this set: one without conversations has a single one."""
    if any(query.history for query in judged.queries):
        return FORMS
    return dict(list(FORMS.items())[:1])


def end_of(said: list[str], encoder: TextEncoder) -> str:
    """What was said, in order; of more than the embedder takes, the end.

    The embedder itself would cut the end off, and the question stands there.
    """
    words = "\n".join(said).split(" ")
    room = encoder.max_tokens - _SPECIAL_TOKENS

    def fits(start: int) -> bool:
        return encoder.count_tokens([" ".join(words[start:])])[0] <= room

    return " ".join(words[bisect_left(range(len(words)), True, key=fits) :])
