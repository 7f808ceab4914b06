"""What a message asks: one thing, several, or how two differ; each is searched by itself."""

from dataclasses import dataclass

from assistant.ports import TextEncoder
from assistant.retrieval.either import each_of
from assistant.retrieval.parts import leaves_unnamed, questions_in
from assistant.retrieval.sides import sides_of
from assistant.retrieval.topic import understood
from assistant.types import Question, Role, StandaloneQuestion, Turn


@dataclass(frozen=True, slots=True)
class MessagePart:
    """A part of a message. `side` names what it is asked of, in a comparison of two."""

    question: StandaloneQuestion
    side: str = ""


def parts_of(message: Question, encoder: TextEncoder) -> tuple[MessagePart, ...]:
    """The questions of a message, each read as if the first had been asked before it.

    Of a comparison, it and what each side is, or how much each has of the thing. None of a message
    that asks one thing.
    """
    first, *others = questions_in(message.text)
    if others:
        history = (*message.history, Turn(Role.USER, first))
        read = (
            understood(later, history, encoder, leans=leaves_unnamed(later, first))
            for later in others
        )
        return tuple(map(MessagePart, (understood(first, message.history, encoder), *read)))
    sides = sides_of(first)
    if sides is None:
        # How much each of two has is asked like two questions.
        of_each = each_of(understood(first, message.history, encoder).text) or ()
        return tuple(MessagePart(understood(text, (), encoder)) for text in of_each)
    # What a side is has nothing to do with what the conversation was about.
    each = zip(sides.questions(first), sides, strict=True)
    whole = MessagePart(understood(first, message.history, encoder))
    return (whole, *(MessagePart(understood(text, (), encoder), side) for text, side in each))
