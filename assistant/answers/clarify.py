"""Asks back where a question is unclear, with readings of it that the library answers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Protocol

from assistant.answers.asked_provisions import of_no_text
from assistant.answers.draft import Draft
from assistant.answers.provisions import asked_of_texts
from assistant.answers.tongues import is_foreign, tongue_of
from assistant.answers.topics import asked_of_topics
from assistant.answers.words import stems
from assistant.phrases import phrase
from assistant.ports import Retriever
from assistant.retrieval.persons import of_gender
from assistant.retrieval.standalone import content_words, resolve
from assistant.retrieval.translation import is_french, with_translation
from assistant.retrieval.unsaid import is_of_something_unsaid
from assistant.retrieval.vague import expansions, generic, named_kinds, says_nothing
from assistant.types import Filters, Passage, StandaloneQuestion

_MOST = 4
_TRIED = 8
_LOOKED_AT = 32  # passages whose documents a question may be about
_LONGEST = 90  # characters of a heading that can stand in a question
# These tell where something stands and not what it is about.
_NUMBERED = re.compile(
    r"^(?:(?:sub)?(?:section|title|chapter|part|article|annex|appendix|table|figure|page|sec\.|§)\W*)"
    r"(?:\d|[IVXLC]+\b|[A-Z]\b)|^[\W\d]+$",
    re.IGNORECASE,
)
# "Jay’s Treaty" is no "the Jay’s Treaty".
_WORD = re.compile(r"[^\W\d_]{3}")
_OWNED = re.compile(r"\w[’']s\s")
_TELLS = re.compile(r"\W*(?:(?:what|how) about|tell me (?:more )?about)\s*", re.IGNORECASE)
# Who took or gave a photograph, behind what it shows: the heading is a caption.
_CREDIT = re.compile(
    r"\([^)]*(?:/|\b(?:photo\w*|press|archives?|library|museum|images?|collection|courtesy|department)\b)"
    r"[^)]*\)\W*$|\b(?:courtesy of|pictured)\b|^(?:left|right|above|below)\b|^(?:\S+\s+){6,}\S+\.$",
    re.IGNORECASE,
)
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
        that it spells out in several ways, or does not say of what it asks, or nothing at all.
        """
        question = asking.question
        if of_gender(question.asked) and says_nothing(question):
            return self._of_what(asking, name)
        if says_nothing(question):
            if not _any_word(question.asked):
                passages = ()
            found = self._answered(asking, _by_headings(asking, passages, frozenset()))
            said = phrase("subject-open")
            return _unclear(said, found if len(found) > 1 else (), name)
        if question.earlier:
            return None
        kind = generic(question.text)
        back = self._of_a_text(asking, name)
        if back or (kind and (back := self._of_a_kind(asking, passages, kind, name))):
            return back
        if not asking.filters.document_ids and is_of_something_unsaid(question.asked):
            return self._of_what(asking, name)
        return None if kind else self._of_a_term(asking, passages, name)

    def _of_a_text(self, asking: Asking, name: str) -> Draft | None:
        """Asks of which text a provision is meant, where several have one."""
        named = "" if asking.filters.document_ids else of_no_text(asking.question.asked)
        if not named:
            return None
        of_any = resolve(f"{named} of the treaty, convention, agreement or protocol", ())
        readings = asked_of_texts(named, self._looked_at(asking, of_any), _tongue(asking))
        answered = self._answered(asking, readings)
        said = phrase("several-provisions", name=named)
        return _unclear(said, answered, name) if len(answered) > 1 else None

    def _looked_at(
        self, asking: Asking, question: StandaloneQuestion | None = None
    ) -> Sequence[Passage]:
        return self.retriever.retrieve(
            question or asking.question,
            as_of=asking.as_of,
            top_k=_LOOKED_AT,
            filters=asking.filters,
            exactly=asking.exactly,
        )

    def _of_a_kind(
        self, asking: Asking, passages: Sequence[Passage], kind: re.Match[str], name: str
    ) -> Draft | None:
        """Asks which thing of a kind is meant, where the library knows several."""
        tongue = _tongue(asking)
        readings = [
            _about(asking.question.text, kind, thing)
            for thing in named_kinds(kind["noun"], _texts(passages))
            if not is_foreign(thing, tongue)
        ]
        said = phrase("several-things", kind=kind["noun"].lower())
        return self._several(asking, readings, said, name)

    def _of_a_term(self, asking: Asking, passages: Sequence[Passage], name: str) -> Draft | None:
        """Asks what of a name is meant that was given alone, where it is not plain."""
        question = asking.question
        meanings = expansions(question.term, _texts(passages))
        if len(meanings) > 1:
            readings = [f"What is the {one} ({question.term})?" for one in meanings]
            said = phrase("several-meanings", term=question.term)
            return self._several(asking, readings, said, name)
        if not question.term or not self.answers.draft(question, passages).abstained:
            return None
        about = self._answered(asking, _by_headings(asking, passages, stems(question.term)))
        return _unclear(phrase("term-alone", term=question.term), about, name) if about else None

    def _of_what(self, asking: Asking, name: str) -> Draft:
        """Asks what a question is asked of, with what the library holds that it may be."""
        tongue = _tongue(asking)
        readings = asked_of_topics(asking.question.asked, self._looked_at(asking), tongue)
        answered = self._answered(asking, readings)
        return _unclear(phrase("subject-open"), answered if len(answered) > 1 else (), name)

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
    if _TELLS.fullmatch(before) and not content_words(after):
        return f"What is {_with_article(name)}?"
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
        headings = [" ".join(each.split()) for each in stored.chunk.headings]
        shown = "" if is_foreign(title, tongue) else title
        for above in (*reversed(headings), title):
            heading = above.rstrip(".:")
            if title in seen or not _names_something(above) or is_foreign(heading, tongue):
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
    if not 0 < len(heading) <= _LONGEST or heading.isupper() or _NUMBERED.match(heading):
        return False
    # A letter, the head of a table and a caption tell nothing that could be asked about.
    return _CREDIT.search(heading) is None and _any_word(heading)


def _any_word(text: str) -> bool:
    return _WORD.search(text) is not None


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
