"""What the product says of an answer itself, after its sentences: plain sentences of its own."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC

from assistant.answers.across import is_one_of_each
from assistant.answers.counting import WITHOUT_FIGURES
from assistant.answers.draft import PartFound
from assistant.answers.in_turn import named_in_turn
from assistant.answers.pool import Pooled
from assistant.answers.question import Expected, QuestionForm
from assistant.answers.reasons import may_give_reason
from assistant.answers.words import stems, written_names
from assistant.phrases import phrase
from assistant.spelling import unaccented
from assistant.types import Question

_ASKED = (
    (
        re.compile(
            r"^\W*(?:when (?:did|was|were|is|will|has|had)|(?:in|on|since) (?:what|which) "
            r"(?:year|date|day|month)|what (?:year|date|day)|since when|quand|en quelle année)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\d{3}|\d(?:st|nd|rd|th|er)?\b|\b(?:centur|siècle|January|decade)", re.IGNORECASE
        ),
        phrase("date-open"),
    ),
)
# A text that has this share of a question's words speaks of what it asks.
_SPOKEN_OF = 0.6
# "The Secretary", "New York": by themselves these name nobody and nothing.
_PART_OF_A_NAME = re.compile(
    r"New|Saint|St|North|South|East|West|Central|Northern|Southern|Eastern|Western|President|"
    r"Prime|Minister|Secretary|State|Department|Prince|Princess|King|Queen|General|Ambassador",
    re.IGNORECASE,
)
_MOST_ABSENT = 3
_TELLING_NUMBER = re.compile(r"\d{3}|[^\W\d_]")


def missing_of(
    form: QuestionForm,
    chosen: Sequence[Pooled],
    question: str,
    called: Callable[[], Sequence[str]] = tuple,
) -> tuple[str, ...]:
    """What of a question the chosen sentences leave open, a sentence for each thing.

    What the texts are `called` that they stand in is asked where a name is not mentioned there.
    """
    never = form.act is not None and any(form.act.denied_by(one.text) for one in chosen)
    said = [
        line
        for asked, given, line in _ASKED
        if asked.search(question) and not never and not any(given.search(o.text) for o in chosen)
    ]
    if not (never or may_tell_how_much(form, [one.text for one in chosen])):
        said.append(phrase("number-open"))
    if form.asks_why and not any(may_give_reason(one.text) for one in chosen):
        said.append(phrase("reason-open"))
    if form.asks_place and not any(form.places(one.text) for one in chosen):
        said.append(phrase("place-open"))
    if is_one_of_each(form, chosen):
        said.append(phrase("more-open"))
    names = names_nowhere(form, chosen, question)
    if names and (names := names_nowhere(form, chosen, question, called())):
        said.append(phrase("names-open", names=_either(names)))
    return tuple(said)


def may_tell_how_much(form: QuestionForm, texts: Sequence[str]) -> bool:
    """Whether any has a number that may be the one asked for, to one who asks for a number."""
    if form.expected is not Expected.QUANTITY or form.asks_frequency:
        return True
    if form.asks_members and any(named_in_turn(text) for text in texts):
        return True
    in_words = form.asks_size and not form.asks_money
    return any(form.met_by(text) or (in_words and WITHOUT_FIGURES.search(text)) for text in texts)


def names_nowhere(
    form: QuestionForm, chosen: Sequence[Pooled], question: str, called: Sequence[str] = ()
) -> list[str]:
    """The names of a question that neither the chosen sentences nor what they stand in mention."""
    around = "\n".join(dict.fromkeys((*(one.around for one in chosen), *called)))
    absent = form.names.missing_from(around)
    run_together = unaccented("".join(around.lower().split()))
    return [
        name
        for name, words in written_names(question).items()
        if words & absent
        and not _PART_OF_A_NAME.fullmatch(name)
        and _TELLING_NUMBER.search(name)
        and not any(word in run_together for word in words)
    ]


def names_too_little(form: QuestionForm, chosen: Sequence[Pooled], question: str) -> bool:
    """Whether so many names of a question are mentioned nowhere that it is of something else.

    "What did Holm say to Rey about Skagen in Velm?" is told by no sentence that Holm alone is in.
    """
    absent = names_nowhere(form, chosen, question)
    named = [one for one in written_names(question) if not _PART_OF_A_NAME.fullmatch(one)]
    return len(absent) >= _MOST_ABSENT and 2 * len(absent) >= len(named)


def unanswered(question: str) -> str:
    """That one of several questions is not answered."""
    return phrase("part-open", question=question.strip())


def searched(question: Question) -> str:
    """Which part of the library was searched in vain, and as of when."""
    filters = question.filters
    named = [
        ("by", filters.issuers),
        ("in", filters.folders),
        ("marked", filters.markings),
        ("in the language", filters.languages),
    ]
    parts = [f"{word} {' or '.join(values)}" for word, values in named if values]
    if filters.published_from:
        parts.append(f"published on or after {filters.published_from}")
    if filters.published_to:
        parts.append(f"published on or before {filters.published_to}")
    count = len(filters.document_ids)
    which = f"{count} chosen documents" if count else "Documents" if parts else "All documents"
    narrowed = f" ({', '.join(parts)})" if parts else ""
    when = f" as of {question.as_of.astimezone(UTC):%d %B %Y, %H:%M} UTC" if question.as_of else ""
    return f"Searched: {which.lower()}{narrowed}{when}."


def still_missing(missing: Sequence[str], parts: Sequence[PartFound], text: str) -> tuple[str, ...]:
    """The questions of a message that are said to be unanswered, and of which no text speaks."""
    spoken = stems(text)
    return tuple(
        line
        for part in parts
        if (line := unanswered(part.question.asked)) in missing
        and len(stems(part.question.text) & spoken) < _SPOKEN_OF * len(stems(part.question.text))
    )


def _either(words: Sequence[str]) -> str:
    *others, last = [f"“{word}”" for word in dict.fromkeys(words)]
    return f"{', '.join(others)} or {last}" if others else last
