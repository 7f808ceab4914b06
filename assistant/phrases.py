"""What the product says of an answer in its own words: each sentence has a code and a pattern.

The sentences are English. Who shows them in another language is told the code and the values of
each (`told`), so that no reader depends on the words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

PATTERNS: Mapping[str, str] = MappingProxyType(
    {
        # Nothing was answered, or not all.
        "not-answered": "The library does not answer this question.",
        "nothing-held": (
            "The library holds nothing on this question. Add documents that treat of it."
        ),
        "no-date": "No sentence found gives the date that is asked for.",
        "no-number": "No sentence found gives the number that is asked for.",
        "no-name": "No sentence found names who is asked for.",
        "more-open": "Documents that were not found for this question may tell of others.",
        "no-provision": "“{name}” has {kind}s {first} to {last}.",
        "date-open": "No passage quoted gives the date that is asked for.",
        "number-open": "No passage quoted gives the number that is asked for.",
        "reason-open": "No passage quoted gives the reason that is asked for.",
        "place-open": "No passage quoted gives the place that is asked for.",
        "meaning-open": "No passage quoted says outright what this is.",
        "names-open": "No passage quoted mentions {names}.",
        "part-open": "The library does not answer “{question}”.",
        # It is asked back.
        "subject-open": "This does not say what it is about.",
        "several-provisions": "More than one text of the library has {name}.",
        "several-things": "The library knows of more than one {kind}.",
        "several-meanings": "“{term}” stands for more than one thing in the library.",
        "term-alone": "What about “{term}”?",
        "one-of-these": "Is one of these meant?",
        "ask-whole": "Ask a whole question, and name what it is about.",
        # How it was searched, and who answered.
        "words-only": (
            "The server of the vectors was away: what is said here was searched by its words alone."
        ),
        "respelled": "Searched for “{meant}” in place of “{word}”.",
        "model-silent": "{name} did not answer: {why}",
        "model-found-nothing": "{name} found no answer in the passages.",
        "nothing-proved": "Nothing that {name} wrote could be proved.",
        "little-proved": (
            "Of {all} sentences that {name} wrote, only {some} could be proved, so the passages "
            "are quoted in their place."
        ),
        "one-left-out": "1 sentence of {name} left out:",
        "several-left-out": "{n} sentences of {name} left out:",
        # What is wrong with a sentence.
        "nowhere": "No passage says this.",
        "not-quite": "The passage comes near to this, but does not say it.",
        "words-nowhere": "The passage does not say “{said}”.",
        "said-by-somebody": "The passage leaves it to somebody: “{frame}”.",
        "limited": "The passage says it with a limit: “{condition}”.",
        "to-come": "The passage has it as still to come: “{deed}”.",
        "not-done": "The passage does not tell it as done: “{frame}”.",
        "failed": "The passage tells that it failed: “{frame}”.",
        "done-by-theirs": "The passage says it of “{whose}”, not of {said}.",
        "number-nowhere": "The passage does not say {number}.",
        "another-number": "The passage says {given}, the sentence {said}.",
        "another-unit": "The passage says {given} after {number}, the sentence {said}.",
        "percent-nowhere": "The passage does not say per cent.",
        "month-nowhere": "No passage says {month}.",
        "name-nowhere": "Nothing in the passage names {name}.",
        "name-elsewhere": "What the passage says here does not name {name}.",
        "another-name": "The passage says {given} here, the sentence {said}.",
        "names-exchanged": "In the passage {given} and {said} stand the other way round.",
        "turned-round": (
            "The passage has what stands before and behind “{word}” the other way round."
        ),
        "word-added": "The sentence says “{said}”, which the passage does not.",
        "denial-added": "The sentence says “{said}”, the passage does not.",
        "word-dropped": "The passage says “{given}”, the sentence does not.",
        "denied-twice": "The sentence denies twice what the passage denies once, or the reverse.",
        "held-certain": "The passage says “{given}”, the sentence states it as a fact.",
        "another-word": "The passage says “{given}”, the sentence “{said}”.",
    }
)
_GAP = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the product's own as it stands, by its code and what fills its pattern."""

    text: str
    code: str
    values: Mapping[str, str]

    @property
    def pattern(self) -> str:
        """The sentence with `{names}` where the values stand."""
        return PATTERNS[self.code]


def phrase(code: str, **values: object) -> str:
    """The sentence of that code, with the values in their places."""
    return PATTERNS[code].format(**values)


def told(text: str) -> tuple[Told, ...]:
    """The sentences that a text consists of, in order; none where one of them is of no pattern."""
    found: list[Told] = []
    at = 0
    while at < len(text):
        one = min(_matches(text, at), key=_nearness, default=None)
        if one is None:
            return ()
        found.append(one)
        at += len(one.text) + 1
    return tuple(found)


def _matches(text: str, at: int) -> Iterator[Told]:
    for code, pattern in _compiled().items():
        if match := pattern.match(text, at):
            yield Told(match.group(), code, match.groupdict())


def _nearness(one: Told) -> tuple[int, int]:
    """The shortest first, and of these the one whose pattern leaves least to its values."""
    return len(one.text), sum(map(len, one.values.values()))


@cache
def _compiled() -> Mapping[str, re.Pattern[str]]:
    return {code: _compile(pattern) for code, pattern in PATTERNS.items()}


def _compile(pattern: str) -> re.Pattern[str]:
    """What matches a sentence of that pattern; a value at its end takes all that is left."""
    parts = _GAP.split(pattern)
    for i in range(1, len(parts), 2):
        last = i == len(parts) - 2 and not parts[i + 1]
        parts[i] = f"(?P<{parts[i]}>.+{'' if last else '?'})"
    parts[0::2] = map(re.escape, parts[0::2])
    return re.compile("".join(parts) + r"(?=\s|$)", re.DOTALL)
