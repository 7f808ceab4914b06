"""Whether one sentence says all that a question asks, each of its words and what it asks for."""

from collections.abc import Sequence
from functools import lru_cache

from assistant.answers import evidence
from assistant.answers.pool import Pooled
from assistant.answers.question import HOW_OFTEN, QuestionForm
from assistant.answers.words import stems
from assistant.grounding.meanings import akin
from assistant.grounding.terms import key_of
from assistant.retrieval.standalone import content_words

# Of fewer words, a sentence has all by chance.
_FEWEST = 3


def said_whole(form: QuestionForm, question: str, pool: Sequence[Pooled]) -> list[Pooled]:
    """The sentences that say all of a question, and so answer it though little else tells."""
    return [one for one in pool if says_all(form, question, one)]


def says_all(form: QuestionForm, question: str, one: Pooled) -> bool:
    """Whether the sentence has every word of the question, or one akin to it, and its answer.

    The names stand there as they are, or in the title of a document that is about them. What is
    denied is not asked, and what is asked of not denied.
    """
    asked = _plain(form, question)
    if len(form.subject) < _FEWEST or not asked:
        return False
    if not _answers(form, one.text) or form.names.missing_from(_named(form, one)):
        return False
    there = _keys(one.text)
    return all(word in there or any(akin(word, each) for each in there) for word in asked)


def _named(form: QuestionForm, one: Pooled) -> str:
    title = one.source.stored.metadata.title
    about = form.names.words and not form.names.missing_from(title)
    return f"{title}\n{one.text}" if about else one.text


def _plain(form: QuestionForm, question: str) -> frozenset[str]:
    """The keys of its words, but of names and of those that only ask how much."""
    spoken = stems(" ".join(form.names.words)) | HOW_OFTEN
    return frozenset(key_of(word) for word in content_words(question) if not stems(word) <= spoken)


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
