"""How likely an answer must be, to be given."""

import re
from collections.abc import Sequence

from assistant.answers.asking import CAPITAL
from assistant.answers.lasting import begun_and_ended, lasted, spans_it, told_of
from assistant.answers.listing import names_the_question
from assistant.answers.openings import tells_its_purpose
from assistant.answers.pool import Pooled
from assistant.answers.question import QuestionForm
from assistant.answers.rating import states
from assistant.answers.said import says_all
from assistant.answers.scoring import refusal
from assistant.answers.termed import told_below_the_term
from assistant.answers.words import exact_words, stems
from assistant.grounding.terms import key_of
from assistant.retrieval.designations import named_in
from assistant.retrieval.standalone import content_words

_FEWEST = 2
_WORD = re.compile(r"\w[\w’'-]*")
_DEED_ASKED = re.compile(
    rf"^\W*[Ww]hat\s+(?:did|does)\s+(?:the\s+)?(?P<name>{CAPITAL}(?:\s+{CAPITAL})*)\s+"
    r"(?P<deed>[a-z][\w-]+)\b",
)


def needed(form: QuestionForm, question: str, pool: Sequence[Pooled], *, in_words: bool) -> float:
    """From which chance on it is answered: less has to speak for it under a fitting heading.

    What is said in so many words is answered whatever the chance, and what is asked in the words of
    another language by the score that these need.

    What the library speaks of by name needs less; found by a score that decides for other
    languages, it needs no more.
    """
    if any(states(form, one) for one in pool) or len(begun_and_ended(form, pool)) == 1:
        return 0.0
    if _is_told_what_he_did(form, question, pool):
        return 0.0
    limits, score = refusal(), max((one.source.score for one in pool), default=0.0)
    spoken = _is_spoken_of(form, question, pool)
    if in_words:
        return limits.answers if spoken else limits.translated
    if spoken:
        return 0.0 if score >= limits.translated else limits.named
    # Yes or no is seldom said: it is told by what is said of the thing.
    told = _is_named(form, pool) or _is_all_there(form, pool, limits.translated)
    if form.asks_yes_or_no and score >= limits.translated and told:
        return limits.named
    return limits.answers


def _is_told_what_he_did(form: QuestionForm, question: str, pool: Sequence[Pooled]) -> bool:
    """Whether the likeliest sentence has all of "what did Brandt demand of Velm", in that order."""
    asked = _DEED_ASKED.match(question)
    if asked is None or not pool:
        return False
    best = max(pool, key=lambda one: one.chance)
    doer, deed = exact_words(asked["name"]), key_of(asked["deed"])
    if not says_all(form, best):
        return False
    words = [one.group() for one in _WORD.finditer(best.text)]
    named = [i for i, one in enumerate(words) if exact_words(one) & form.names.words]
    # A year is named first as often as not.
    named = [i for i in named if not words[i].isdigit()]
    if not named or not exact_words(words[named[0]]) & doer:
        return False
    return any(key_of(one) == deed for one in words[named[0] :])


def _is_spoken_of(form: QuestionForm, question: str, pool: Sequence[Pooled]) -> bool:
    """Whether a heading or a sentence has what is asked for by its name.

    A heading promises a list or what a thing is, and hardly ever one fact or a purpose. What has
    the designation that is asked for ("NSDD 111") speaks of that and of nothing alike.
    """
    much = not (form.asks_little or form.asks_purpose)
    return (
        any(named_in(question, text) for text in dict.fromkeys(o.around for o in pool))
        or _told_by_name(form, pool)
        or bool(told_below_the_term(form, pool))
        or any(tells_its_purpose(form, one) for one in pool)
        or (much and any(names_the_question(form, one.source.stored) for one in pool))
        or bool(begun_and_ended(form, pool))
        or any(spans_it(form, one) for one in pool)
    )


def _is_named(form: QuestionForm, pool: Sequence[Pooled]) -> bool:
    return bool(form.names.words) and any(not form.names.missing_from(o.text) for o in pool)


def _is_all_there(form: QuestionForm, pool: Sequence[Pooled], least: float) -> bool:
    """Whether a passage that was found with this score at the least has all of the question."""
    if len(form.stems) < _FEWEST:
        return False
    return any(o.source.score >= least and form.stems <= stems(o.around) for o in pool)


def _told_by_name(form: QuestionForm, pool: Sequence[Pooled]) -> bool:
    """Whether one sentence has all of the question, and what is asked for, or all of a name."""
    if not form.names.words:
        return False
    if form.asks_money:
        return any(_is_priced(form, one) for one in pool)
    whole = [one.text for one in pool if _has_whole(form, one.text)]
    if form.asks_duration and not form.capacity:
        whole += [one.text for one in pool if told_of(form, one)]
    if form.capacity:
        whole += [one.text for one in pool if lasted(form, one) and _has_all(form, one)]
    if form.asks_place:
        return any(form.places(text) for text in whole)
    if form.asks_something:
        return len(form.subject) > 1 and any(form.met_by(text) for text in whole)
    return form.asks_definition and len(form.stems) > 1 and any(whole)


def _has_whole(form: QuestionForm, text: str) -> bool:
    """Whether it has all words of the question, "the Russians lost" for "did Russia lose"."""
    if form.subject <= stems(text):
        return True
    if not form.plain or form.names.missing_from(text):
        return False
    counted = form.counted is None or form.counts(text)
    return counted and form.plain <= {key_of(word) for word in content_words(text)}


def _has_all(form: QuestionForm, one: Pooled) -> bool:
    """Whether it has all of the question, who that is being named in the title."""
    named = stems(one.source.stored.metadata.title) & stems(" ".join(form.names.words))
    return form.subject <= stems(one.text) | named


def _is_priced(form: QuestionForm, one: Pooled) -> bool:
    """Whether a sum is said of what is named there, in the midst of the other names."""
    named = form.names.missing_from(one.text) < form.names.words
    return form.met_by(one.text) and named and not form.names.missing_from(one.around)
