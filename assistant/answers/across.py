"""Which of many did something, where each has a document: told by a sentence of each.

"Which Secretaries of State won the Prize?" is answered by the biographies of those who did.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.akin import is_akin
from assistant.answers.lines import stands
from assistant.answers.pool import Pooled
from assistant.answers.question import QuestionForm
from assistant.answers.subjects import parts_of_title
from assistant.answers.telling import tells
from assistant.answers.words import Names, exact_words, stems
from assistant.retrieval.standalone import content_words

_FEWEST, _MOST = 2, 8
# A name of so many words is of one thing, whatever is said to have been done to it.
_WHOLE_NAME = 3
_LEAST = 0.05


def one_of_each(form: QuestionForm, pool: Sequence[Pooled]) -> list[Pooled]:
    """The likeliest sentence of each document about one of those asked for, if several have one.

    Their titles say what they all are, and each whom it is about. What is asked of them stands in
    the sentence.
    """
    if not form.asks_list or not form.focus or form.asks_denial:
        return []
    found: dict[str, dict[str, Pooled]] = {}
    for one in sorted(pool, key=lambda each: -each.chance):
        series = _series(form, one)
        if series and one.chance >= _LEAST and _says_it(form, series, one):
            told = _with_name(series, one)
            found.setdefault(series, {}).setdefault(one.source.stored.document_id, told)
    best = max(found.values(), key=len, default={})
    return [*best.values()][:_MOST] if len(best) >= _FEWEST else []


def is_one_of_each(form: QuestionForm, chosen: Sequence[Pooled]) -> bool:
    """Whether they are of so many documents, each about one of those that are asked for."""
    series = {_series(form, one) for one in chosen}
    documents = {one.source.stored.document_id for one in chosen}
    return form.asks_list and len(documents) == len(chosen) > 1 and len(series) == 1 and all(series)


def _series(form: QuestionForm, one: Pooled) -> str:
    """The part of the title that says what those asked for are; empty where none does."""
    parts = parts_of_title(one.source.stored.metadata.title)
    return next((part for part in parts if len(parts) > 1 and form.focus <= stems(part)), "")


def _with_name(series: str, one: Pooled) -> Pooled:
    """The sentence, with whom its document is about where it does not say that."""
    parts = parts_of_title(one.source.stored.metadata.title)
    whom = next((part for part in parts if part != series), "")
    return one if stems(whom) & stems(one.text) else replace(one, label=whom)


def _says_it(form: QuestionForm, series: str, one: Pooled) -> bool:
    rest = Names(form.names.words - exact_words(series), frozenset(), frozenset())
    shared = stems(series) | form.focus
    plain = [key for key in form.plain if key not in shared]
    if len(rest.words) + len(plain) < _FEWEST or rest.missing_from(one.text):
        return False
    if not stands(form, one) or not tells(form, one):
        return False
    if len(rest.words) >= _WHOLE_NAME:
        return True
    words = content_words(one.text)
    return all(any(is_akin(word, frozenset({key})) for word in words) for key in plain)
