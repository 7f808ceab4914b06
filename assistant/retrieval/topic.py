"""Whether a question of a conversation opens another subject, so that what was said is left out."""

from collections.abc import Sequence
from math import exp

import numpy as np

from assistant.ports import TextEncoder
from assistant.retrieval.announced import announced, begins_anew
from assistant.retrieval.conversation import followed
from assistant.retrieval.standalone import content_words, needs_context, resolve
from assistant.retrieval.translation import with_translation
from assistant.retrieval.vague import with_term
from assistant.types import StandaloneQuestion, Turn

# A logistic regression on questions of the three mtrag sets that can stand by themselves, each with
# its own conversation and with others' (docs/benchmarks.md): the cosines with the last question
# and with the answer to it, and the shares of the question's words said in either.
_QUESTION_COSINE, _ANSWER_COSINE, _ASKED_SHARE, _ANSWERED_SHARE = 3.697, 5.221, 2.579, 2.607
_CONSTANT = -2.889
_UNRELATED = 0.08
_OF_ANSWER = 400


def understood(
    text: str, history: Sequence[Turn], encoder: TextEncoder, *, leans: bool = False
) -> StandaloneQuestion:
    """The question with what it needs of the history; with none of it on another subject.

    One that `leans` needs the question before it, whatever its words say.
    """
    said = " ".join(text.split())
    if other := announced(said):
        history = () if begins_anew(said) else history
        said = other
    talk = followed(history)
    text = talk.reading(said)
    leans = leans or (text == said and talk.leans(text))
    goes_on = leans or text != said
    question = resolve(
        text,
        talk.heard(by_itself=not goes_on and not needs_context(text)),
        leans=leans,
        stands=text != said,
        about=talk.about,
        before=talk.before(text),
    )
    known = goes_on or talk.speaks_of(text)
    if question.background and not known and opens_another_subject(question, encoder):
        question = resolve(text, ())
    return with_term(with_translation(question))


def opens_another_subject(question: StandaloneQuestion, encoder: TextEncoder) -> bool:
    """Whether a question that can stand by itself has nothing to do with what was said before."""
    if needs_context(question.asked) or not question.earlier:
        return False
    return relatedness(question, encoder) < _UNRELATED


def relatedness(question: StandaloneQuestion, encoder: TextEncoder) -> float:
    """How likely the question goes on with the conversation, in [0, 1]."""
    answer = question.answers[-1] if question.answers else ""
    texts = [question.asked, question.earlier[-1], answer[:_OF_ANSWER] or question.earlier[-1]]
    own, before, answered = (np.asarray(encoder.embed_query(text), np.float32) for text in texts)
    words = set(content_words(question.asked))
    total = (
        _QUESTION_COSINE * float(own @ before)
        + _ANSWER_COSINE * float(own @ answered)
        + _ASKED_SHARE * _share(words, " ".join(question.earlier))
        + _ANSWERED_SHARE * _share(words, answer)
        + _CONSTANT
    )
    return 1 / (1 + exp(-total))


def _share(words: set[str], text: str) -> float:
    return len(words & set(content_words(text))) / len(words) if words else 0.0
