"""Asks back where a question is unclear, with readings of it that the library answers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Protocol

from assistant.answers.draft import Draft
from assistant.answers.tongues import is_foreign, tongue_of
from assistant.answers.words import stems
from assistant.phrases import phrase
from assistant.ports import Retriever
from assistant.retrieval.standalone import content_words, resolve
from assistant.retrieval.translation import is_french, with_translation
from assistant.retrieval.vague import expansions, generic, named_kinds, says_nothing
from assistant.types import Filters, Passage, StandaloneQuestion

_MOST = 4
_TRIED = 8
_LONGEST = 90  # characters of a heading that can stand in a question
# These tell where something stands and not what it is about.
_NUMBERED = re.compile(
    r"^(?:(?:sub)?(?:section|title|chapter|part|article|annex|appendix|table|figure|page|sec\.|§)\W*)"
    r"(?:\d|[IVXLC]+\b|[A-Z]\b)|^[\W\d]+$",
    re.IGNORECASE,
)
# "Jay’s Treaty" is no "the Jay’s Treaty".
_OWNED = re.compile(r"\w[’']s\s")
_ASKS = re.compile(r"\b(?:who|what|when|where|why|how|which)\b", re.IGNORECASE)


class Answers(Protocol):
    """Answers a question from passages, at once."""

    def draft(self, question: StandaloneQuestion, passages: Sequence[Passage]) -> Draft:
        """The answer, or an abstention."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of the library, and of which part and time of it."""

    question: StandaloneQuestion
    as_of: datetime
    filters: Filters
    top_k: int
    exactly: bool


@dataclass(frozen=True, slots=True)
class Clarifier:
    """Draws readings from the passages and keeps those that the library answers."""

    retriever: Retriever
    answers: Answers

    def ask_back(self, asking: Asking, passages: Sequence[Passage], name: str) -> Draft | None:
        """What to ask back before anything is answered; None for a question that is clear.

        A question that names a kind of thing of which the library knows several, or an acronym
        that it spells out in several ways, or nothing at all.
        """
        question = asking.question
        if says_nothing(question):
            found = self._answered(asking, _by_headings(asking, passages, frozenset()))
            said = phrase("subject-open")
            return _unclear(said, found if len(found) > 1 else (), name)
        if question.earlier:
            return None
        if kind := generic(question.text):
            tongue = _tongue(asking)
            names = [
                name
                for name in named_kinds(kind["noun"], _texts(passages))
                if not is_foreign(name, tongue)
            ]
            readings = [_about(question.text, kind, name) for name in names]
            said = phrase("several-things", kind=kind["noun"].lower())
            return self._several(asking, readings, said, name)
        meanings = expansions(question.term, _texts(passages))
        if len(meanings) > 1:
            readings = [f"What is the {one} ({question.term})?" for one in meanings]
            said = phrase("several-meanings", term=question.term)
            return self._several(asking, readings, said, name)
        if not question.term or not self.answers.draft(question, passages).abstained:
            return None
        about = self._answered(asking, _by_headings(asking, passages, stems(question.term)))
        return _unclear(phrase("term-alone", term=question.term), about, name) if about else None

    def _several(
        self, asking: Asking, readings: Sequence[str], said: str, name: str
    ) -> Draft | None:
        found = self._answered(asking, readings) if len(readings) > 1 else []
        return _unclear(said, found, name) if len(found) > 1 else None

    def _answered(self, asking: Asking, readings: Sequence[str] | Iterator[str]) -> list[str]:
        """The readings that the library answers, in their order."""
        tried = islice(dict.fromkeys(readings), _TRIED)
        return list(islice((one for one in tried if self._answers(asking, one)), _MOST))

    def _answers(self, asking: Asking, reading: str) -> bool:
        question = with_translation(resolve(reading, ()))
        passages = self.retriever.retrieve(
            question,
            as_of=asking.as_of,
            top_k=asking.top_k,
            filters=asking.filters,
            exactly=asking.exactly,
        )
        return not self.answers.draft(question, passages).abstained


def _unclear(said: str, readings: Sequence[str], name: str) -> Draft:
    """Asks back; the readings stand below, a line each."""
    if not readings:
        text = f"{said} {phrase('ask-whole')}"
        return Draft(text, name, abstained=True, outcome="unclear")
    lines = "\n".join(f"- {reading}" for reading in readings)
    text = f"{said} {phrase('one-of-these')}\n\n{lines}"
    draft = Draft(text, name, abstained=True, outcome="unclear")
    return replace(draft, readings=tuple(readings))


def _about(question: str, kind: re.Match[str], name: str) -> str:
    """The question about the thing of that name; what the thing is where nothing else is asked."""
    before, after = question[: kind.start()], question[kind.end() :]
    if not content_words(before + after) and not _ASKS.search(before + after):
        return f"What is {_with_article(name)}?"
    return f"{before}{_with_article(name)}{after}"


def _with_article(name: str) -> str:
    return name if _OWNED.search(name) else f"the {name}"


def _by_headings(
    asking: Asking, passages: Sequence[Passage], wanted: frozenset[str]
) -> Iterator[str]:
    """Questions after what is named above passages, best passages first, of each document one."""
    seen: set[str] = set()
    tongue = _tongue(asking)
    ask = _ask_in_french if tongue == "fr" else _ask_in_english
    for passage in passages:
        stored = passage.stored
        title = " ".join(stored.metadata.title.split())
        headings = [" ".join(each.split()).rstrip(".:") for each in stored.chunk.headings]
        shown = "" if is_foreign(title, tongue) else title
        for heading in (*reversed(headings), title):
            if title in seen or not _names_something(heading) or is_foreign(heading, tongue):
                continue
            if wanted and not wanted & stems(heading):
                continue
            seen.add(title)
            yield heading if heading.endswith("?") else ask(shown, heading)


def _tongue(asking: Asking) -> str:
    """The language that readings are offered in."""
    asked = asking.question.asked
    return "fr" if is_french(asked) else tongue_of(asked) or "en"


def _ask_in_english(title: str, heading: str) -> str:
    about = "" if heading == title else f" of {_in_a_sentence(heading)}"
    return f"What does {f'“{title}”' if title else 'the library'} say{about}?"


def _ask_in_french(title: str, heading: str) -> str:
    about = "" if heading == title else f" au sujet de « {heading} »"
    return f"Que dit {f'« {title} »' if title else 'la bibliothèque'}{about} ?"


def _names_something(heading: str) -> bool:
    return 0 < len(heading) <= _LONGEST and not heading.isupper() and not _NUMBERED.match(heading)


def _in_a_sentence(heading: str) -> str:
    """A heading as a part of a sentence: a capital that only opens it goes."""
    first, _, rest = heading.partition(" ")
    plain = first[1:].islower() and rest == rest.lower()
    return f"{first.lower()} {rest}".strip() if plain else heading


def _texts(passages: Sequence[Passage]) -> list[str]:
    """What names things, a line each: titles, headings, and paragraphs however they are wrapped."""
    return [
        "\n".join(" ".join(part.split()) for part in (*_above(p), *p.text.split("\n\n")))
        for p in passages
    ]


def _above(passage: Passage) -> tuple[str, ...]:
    return passage.stored.metadata.title, *passage.stored.chunk.headings
