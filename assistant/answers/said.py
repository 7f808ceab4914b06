"""Whether one sentence says all that a question asks, each of its words and what it asks for."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answers import evidence
from assistant.answers.asking import CAPITAL
from assistant.answers.numerals import numbers_of_parts
from assistant.answers.pool import Pooled
from assistant.answers.question import QuestionForm
from assistant.answers.words import exact_words, stems
from assistant.grounding.meanings import akin, opposite
from assistant.grounding.terms import key_of
from assistant.retrieval.standalone import content_words

NOT_TOLD = frozenset({"may", "ever"})
"""Keys of words that are asked ("may it ever …?") and not said again."""

# Of fewer words, a sentence has all by chance.
_FEWEST = 3
_NAMES = re.compile(rf"{CAPITAL}(?:\s+(?:{CAPITAL}|[A-Z]\.))+")


def said_whole(form: QuestionForm, pool: Sequence[Pooled]) -> list[Pooled]:
    """The sentences that say all of a question, and so answer it though little else tells."""
    return [one for one in pool if says_all(form, one)]


def says_all(form: QuestionForm, one: Pooled) -> bool:
    """Whether the sentence has every word of the question, or one akin to it, and its answer.

    The names stand there as they are, or in the title of a document that is about them. What is
    denied is not asked, and what is asked of not denied.
    """
    if len(form.subject) < _FEWEST or not form.plain or not form.condition <= stems(one.text):
        return False
    if not _answers(form, one.text) or form.names.missing_from(_named(form, one)):
        return False
    return all(spoken_of(word, one.text) for word in form.plain)


def spoken_of(key: str, text: str) -> bool:
    """Whether the text has a word with this key, or one akin to it."""
    there = _keys(text)
    return key in there or any(akin(key, each) for each in there)


def says_the_opposite(key: str, text: str) -> bool:
    """Whether it has the opposite of the word with this key in its place: opened, of closed."""
    return any(opposite(key, each) for each in _keys(text)) and not spoken_of(key, text)


def _named(form: QuestionForm, one: Pooled) -> str:
    title = "\n".join([one.source.stored.metadata.title, *one.source.called])
    about = form.names.words and not form.names.missing_from(title)
    about = about or _is_surnamed(form, one.text, title)
    # In a text on Article 4, a sentence that names Article 5 is of that.
    of_another = numbers_of_parts(one.text) - numbers_of_parts(title)
    return f"{title}\n{one.text}" if about and not of_another else one.text


def _is_surnamed(form: QuestionForm, text: str, title: str) -> bool:
    """Whether only the rest of a name is missing, of which the text has the last word."""
    missing = form.names.missing_from(text)
    return bool(missing) and any(
        missing <= exact_words(name) and exact_words(name.split()[-1]) <= exact_words(text)
        for name in _NAMES.findall(title)
    )


@lru_cache(maxsize=1024)
def _keys(text: str) -> frozenset[str]:
    return frozenset(map(key_of, content_words(text)))


def _answers(form: QuestionForm, text: str) -> bool:
    if text.rstrip().endswith("?") or not form.met_by(text):
        return False
    if (evidence.DENIAL.search(text) is not None) != form.asks_denial:
        return False
    if form.asks_place and not form.places(text):
        return False
    return not form.asks_cause or form.explains(text)
