"""How likely an answer must be, to be given."""

from collections.abc import Sequence

from assistant.answers.lasting import begun_and_ended, spans_it
from assistant.answers.listing import names_the_question
from assistant.answers.pool import Pooled
from assistant.answers.question import QuestionForm
from assistant.answers.rating import states
from assistant.answers.scoring import refusal
from assistant.answers.words import stems
from assistant.retrieval.designations import named_in


def needed(form: QuestionForm, question: str, pool: Sequence[Pooled], *, in_words: bool) -> float:
    """From which chance on it is answered: less has to speak for it under a fitting heading.

    What is said in so many words is answered whatever the chance, and what is asked in the words of
    another language by the score that these need.

    A heading promises a list or what a thing is, and hardly ever one fact or a purpose. What has
    the designation that is asked for ("NSDD 111") speaks of that and of nothing alike.
    """
    whole = begun_and_ended(form, pool)
    if any(states(form, one) for one in pool) or len(whole) == 1:
        return 0.0
    if in_words:
        return refusal().translated
    named = any(names_the_question(form, one.source.stored) for one in pool)
    designated = any(named_in(question, text) for text in dict.fromkeys(o.around for o in pool))
    much = not (form.asks_little or form.asks_purpose)
    less = designated or _told_by_name(form, pool) or (named and much)
    less = less or bool(whole) or any(spans_it(form, one) for one in pool)
    return refusal().named if less else refusal().answers


def _told_by_name(form: QuestionForm, pool: Sequence[Pooled]) -> bool:
    """Whether one sentence has all of the question, and what is asked for, or all of a name."""
    if not form.names.words:
        return False
    whole = (one.text for one in pool if form.subject <= stems(one.text))
    if form.asks_place:
        return any(form.places(text) for text in whole)
    if form.asks_something:
        return len(form.subject) > 1 and any(form.met_by(text) for text in whole)
    return form.asks_definition and len(form.stems) > 1 and any(whole)
