"""What kind of answer a question asks for, and which texts are of that kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answers import evidence
from assistant.answers.acts import Act
from assistant.answers.counting import (
    QUANTITY,
    SOME_NUMBER,
    counts_all,
    counts_others,
    counts_them,
    undated,
    unnumbered,
)
from assistant.answers.in_turn import named_in_turn
from assistant.answers.kinds import same_kind
from assistant.answers.premises import Premise
from assistant.answers.succession import Succession
from assistant.answers.words import Names, stems, together


class Expected(StrEnum):
    """What a sentence must hold to answer: a point in time, a quantity, a name, or anything."""

    TIME = "time"
    QUANTITY = "quantity"
    NAME = "name"
    ANYTHING = "anything"


HOW_OFTEN = stems("often many much long large big old tall high deep")
"""Stems of words that ask and are no part of an answer."""
_WHOLE_SPAN = re.compile(rf"[\d.,]*{evidence.TIME_SPAN.pattern}", re.IGNORECASE)
_EVIDENCE = {
    Expected.TIME: evidence.TIME,
    Expected.QUANTITY: QUANTITY,
    Expected.NAME: evidence.NAME,
}


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """A question's words, stemmed, and the form of the answer it asks for.

    `focus` is the noun that a list question is after, `counted` the one it asks the number of,
    `alike` are the stems of nouns that name the same kind of thing as the focus; `acronym` is the
    one whose meaning is asked for, without the "s" of several.
    `tongue` is the language that it is asked in, where its small words tell.
    `namesakes` are what things are named after, as Paris in "the Treaty of Paris": it may be where
    they were. `numbered` are names with a Roman number, as "SALT I".
    `plain` are the keys (`grounding.terms.key_of`) of its words but of names and of those that only
    ask how much, `deed` the last of them that is of no time. `towards` are the names that it leads
    to, as in "the envoy to Norway".
    `kind` are the stems of what one thing is asked for of, and of other words for it.
    `premise` is what a question why takes for true, `deed_asked` what somebody is asked to have
    done to what.
    `denied` are the names of what is asked to be not so: "which members are not in the League".
    `fact` are the stems of what it is asked that another thing has: "the call sign of the club".
    `held` is what somebody is asked to have somewhere, `capacity` the office that somebody is asked
    how long he was in, `office` the key of that which it is asked who has, or of what he heads;
    `title` are the stems of an office of several words that it is asked who had then;
    `condition` is when something is to be done ("when questioned").
    `manner` is the key of the verb that it is asked how it was done; `asks_now` says that it asks
    who has an office now.
    `own` are the stems that a follow-up adds to the question it follows.
    """

    stems: frozenset[str]
    plain: frozenset[str]
    deed: str
    names: Names
    expected: Expected
    asks_list: bool
    focus: frozenset[str]
    alike: frozenset[str]
    asks_contrast: bool
    asks_definition: bool
    asks_person: bool
    asks_fact: bool
    fact: frozenset[str]
    asks_place: bool
    kind: frozenset[str]
    asks_yes_or_no: bool
    asks_duration: bool
    asks_frequency: bool
    asks_length: bool
    asks_distance: bool
    asks_deadline: bool
    asks_money: bool
    asks_size: bool
    asks_cause: bool
    asks_why: bool
    asks_purpose: bool
    asks_result: bool
    asks_denial: bool
    asks_advice: bool
    counted: str | None
    asks_holding: bool
    acronym: str | None
    own: frozenset[str]
    namesakes: frozenset[str]
    numbered: frozenset[tuple[str, str]]
    towards: tuple[str, ...]
    asks_members: bool
    asks_elsewhere: bool
    held: frozenset[str]
    capacity: frozenset[str]
    office: str
    title: frozenset[str]
    asks_now: bool
    manner: str
    condition: frozenset[str]
    succession: Succession | None
    act: Act | None
    deed_asked: Act | None
    premise: Premise | None
    denied: Names
    tongue: str | None

    @property
    def asks_something(self) -> bool:
        """Whether a certain kind of thing is asked for."""
        return self.expected is not Expected.ANYTHING

    @property
    def asks_one(self) -> bool:
        """Whether one thing of a `kind` is asked for: "which post"."""
        return bool(self.kind)

    @property
    def subject(self) -> frozenset[str]:
        """The stems, but those that only ask how much."""
        return self.stems - HOW_OFTEN

    @property
    def asks_little(self) -> bool:
        """Whether one thing is asked for, which one sentence can tell."""
        return not self.asks_list and (
            self.asks_something or self.asks_fact or self.asks_place or self.asks_one
        )

    def heard_in(self, found: frozenset[str]) -> frozenset[str]:
        """The stems, and the focus where they name it in another word ("obstacles")."""
        return found | self.focus if self.alike & found else found

    def places(self, text: str) -> bool:
        """Whether the text says where, beyond the question's own words, to one who asks it."""
        return self.asks_place and any(
            not stems(found.group()) <= self.stems or found.group().split()[-1] in self.namesakes
            for found in evidence.PLACE.finditer(text)
        )

    def explains(self, text: str) -> bool:
        """Whether the text gives a reason, to one who asks why or what for."""
        return self.asks_cause and evidence.CAUSE.search(text) is not None

    def concludes(self, text: str) -> bool:
        """Whether the text tells what came of something, to one who asks for that."""
        return self.asks_result and evidence.RESULT.search(text) is not None

    def denies(self, text: str) -> bool:
        """Whether the text denies something, to one who asks what is not so."""
        return self.asks_denial and evidence.DENIAL.search(text) is not None

    def names_whole(self, text: str) -> list[tuple[int, int]]:
        """Where the text has what is to be defined, a person's middle name within."""
        return together(self.stems, text, int(self.asks_person)) if self.stems else []

    def spells_out(self, text: str) -> bool:
        """Whether the text has the acronym in question behind its name: "Agreement (STANAG)"."""
        if self.acronym is None:
            return False
        return re.search(rf"\w\s*\(\s*{re.escape(self.acronym)}s?\s*[),;]", text) is not None

    def counts(self, text: str) -> bool:
        """Whether the text gives a number of what is counted, as in "eight of the units"."""
        if self.counted is None:
            return False
        return re.search(self._number_of_them(), text, re.IGNORECASE) is not None

    def counts_all(self, text: str) -> bool:
        """Whether it counts them, and not only the first, further or other ones."""
        return self.counted is not None and counts_all(self.counted, text)

    def counts_none(self, text: str) -> bool:
        """Whether it has no number of what somebody is asked to have so many of."""
        asked = self.asks_holding and self.counted is not None
        return asked and not counts_them(self.counted or "", text)

    def _counts_for_others(self, text: str) -> bool:
        """Whether all numbers it gives are of others: "members of the Army", asked of NATO's."""
        if self.counted is None or not self.names.words:
            return False
        given = rf"{self._number_of_them()}(?P<owner>{evidence.OF_NAMED})?"
        owners = [found["owner"] for found in re.finditer(given, text, re.IGNORECASE)]
        return bool(owners) and all(
            owner and self.names.missing_from(owner) == self.names.words for owner in owners
        )

    def counts_another(self, text: str) -> bool:
        """Whether it gives no number that may be of them: "three objectives" are no members.

        What speaks of the rest of the question counts, whatever it calls them.
        """
        if self.counted is None:
            return False
        if self._counts_for_others(text):
            return True
        rest = self.stems - stems(self.counted) - stems(" ".join(self.names.words))
        if rest and len(rest & stems(text)) >= len(rest) / 2:
            return False
        return counts_others(self.counted, text)

    def may_measure(self, texts: Sequence[str]) -> bool:
        """Whether any has a number, to one who asks how many, how often or how long."""
        if self.asks_frequency:
            return any(evidence.FREQUENCY.search(text) for text in texts)
        if self.asks_length:
            return any(_has_extent(text) for text in texts)
        if self.asks_distance:
            return any(evidence.DISTANCE.search(text) for text in texts)
        if self.asks_members and any(named_in_turn(text) for text in texts):
            return True
        return self.counted is None or any(SOME_NUMBER.search(text) for text in texts)

    def _number_of_them(self) -> str:
        assert self.counted is not None
        alike = (rf"{re.escape(one)}\w*" for one in same_kind(stems(self.counted)))
        noun = "|".join((re.escape(self.counted), *alike))
        return rf"(?:{QUANTITY.pattern})\W+(?:\w+\W+){{0,2}}?(?:{noun})\b"

    def met_by(self, text: str) -> bool:
        """Whether the text holds the kind of thing that is asked for, beyond the question's own."""
        wanted = _EVIDENCE.get(self.expected)
        if self.asks_duration or self.asks_money:
            wanted = evidence.DURATION if self.asks_duration else evidence.MONEY
        if self.asks_length:
            return _has_extent(text)
        if self.asks_distance:
            return evidence.DISTANCE.search(text) is not None
        if self.asks_duration and not self.asks_deadline:
            text = evidence.DEADLINE.sub("", text)
        if wanted is None:
            return True
        if self._counts_for_others(text):
            return False
        if wanted is QUANTITY:
            text = self._without_times(unnumbered(text))
        found = [*wanted.finditer(text), *self._obliged(text)]
        return any(not stems(one.group()) <= self.stems for one in found)

    def _obliged(self, text: str) -> list[re.Match[str]]:
        """Who has to do something, by what it is, to one who asks who: "the authorities shall"."""
        asked = self.expected is Expected.NAME and "shall" in text
        return [*evidence.OBLIGED.finditer(text)] if asked else []

    def _without_times(self, text: str) -> str:
        """The text without dates and spans of time, to one who asks how many of other things."""
        if self.counted is None and not self.asks_size:
            return text
        timed = self.counted is not None and evidence.TIME_SPAN.search(f"1 {self.counted}")
        return undated(text) if timed else undated(_WHOLE_SPAN.sub("", text))


def _has_extent(text: str) -> bool:
    """Whether it has a length, or a time: a term of office is long as well."""
    return any(one.search(text) for one in (evidence.LENGTH, evidence.TIME_SPAN))
