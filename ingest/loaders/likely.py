"""Lines that read as a marking to whoever sees them, though they are not written as one."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.access.ladders import DEFAULT, Ladders
from assistant.access.spellings import allied_forms, parted, spelled
from ingest.loaders.banners import ELSEWHERE, without_number
from ingest.loaders.lookalikes import letters

LONGEST = 160
"""Characters of a line that may be one."""
_LEAST_MISSPELT = 6
_BRACKETED = re.compile(r"[\[({<«【〔]([^\[({<«【〔\])}>»】〕]{2,60})[\])}>»】〕]")
_REPLY = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|sv|vs|antw|doorst|rif|rv)\s*:\s*)+", re.IGNORECASE)
_UNTIL = re.compile(
    r"^(?P<marking>[^a-z]{5,30}?)\s+(?:WHEN|UNTIL|UNLESS|ONCE|UPON|WITH|WITHOUT|COPY|DRAFT|EXCLUSIVE"
    r"|ONLY|IF|JUSQU|SANS|AVEC)\b"
)
"""A marking in capitals, and how long or with what it is one."""
_SAID = re.compile(
    r"\b(?:document|paper|report|file|annex|message|note|briefing|dossier|rapport|lettre|letter)\b"
    r".{0,40}?\b(?:is|are|est)\s+(?:\w+\s+)?(?:classified|marked|graded|classifiée?)\s+(?:as\s+)?"
    r"(?P<marking>[^.;:,]{5,40})",
    re.IGNORECASE,
)
"""What a document says of itself in a sentence."""
_LEADING = re.compile(r"\s*(?:[:,;|–—(\[]|\s[-/])\s*")
_TRAILING = re.compile(r"\s*(?:[|–—]|\s[-/])\s*")
_ORDINARY = frozenset({"PROTECTED", "SECRET"})
"""Words of other authorities' markings that are plain English in small letters."""
_MOST_WORDS = 4
_NOTES = "0123456789¹²³⁴⁵⁶⁷⁸⁹⁰*†‡ "
"""What a marking is followed by that has a note."""
_GOES_ON = re.compile(r"[A-Z\d][a-z\d]")


class Likely:
    """Knows the markings of `ladders`, and those that are usual, by the letters they show."""

    def __init__(self, ladders: Ladders) -> None:
        usual = {name: name for name in Ladders.read(DEFAULT).names}
        own = {name: ladders.named(name) for name in ladders.spellings}
        names = usual | {form: ladders.named(name) for form, name in allied_forms()} | own
        self._names = {letters(form): name for form, name in names.items() if letters(form)}
        self._single = {letters(form) for form in names if len(form.split()) == 1}

    def of(self, line: str) -> str | None:
        """The marking that the whole line reads as; None where it reads as none."""
        if len(line) > LONGEST:
            return None
        own, released = parted(without_number(line))
        own, slashes, caveat = own.partition("//")
        shown = letters(own)
        found = self._names.get(shown) or self._names.get(shown[::-1])
        found = found or self._names.get(letters(own.rstrip(_NOTES)))
        if found:
            return found + released.upper() + slashes + caveat.strip().upper()
        return self._elsewhere(line) or self._misspelt(line, shown)

    def across(self, lines: Sequence[str]) -> Iterator[str]:
        """The markings of several words that lines read as together, each with the next."""
        for one, other in pairwise(map(letters, lines)):
            if one and other and (name := self._names.get(one + other)):
                yield name

    def titled(self, line: str) -> str | None:
        """The marking that a first or last line reads as, or bears at its beginning or end."""
        if len(line) > LONGEST:
            return None
        return self.of(line) or self._said(line) or next(filter(None, self._borne(line)), None)

    def _said(self, line: str) -> str | None:
        if until := _UNTIL.match(line):
            return self._names.get(letters(until["marking"]))
        found = _SAID.search(line)
        words = found["marking"].split() if found else []
        runs = (letters(" ".join(words[:count])) for count in range(_MOST_WORDS, 0, -1))
        return next((self._names[run] for run in runs if run in self._names), None)

    def named(self, name: str) -> str | None:
        """The marking that a title, or the name of a file, reads as or bears.

        There it may also stand in capitals beside words that are not. A single word is one in
        capitals alone: files are often called `secret`.
        """
        name = _REPLY.sub("", name)
        words = name.split()
        plain = len(words) == 1 and not name.isupper() and letters(name) in self._single
        found = None if plain else self.titled(name)
        for named in () if found else self._mentions(words[:_MOST_WORDS], words[-_MOST_WORDS:]):
            count = len(named.split())
            begins = words[:count] == named.split() and _GOES_ON.match(" ".join(words[count:]))
            ends = words[-count:] == named.split() and not name.isupper()
            found = found or (self._names[letters(named)] if begins or ends else None)
        return found

    def mentioned(self, name: str) -> str | None:
        """The marking of several words that a title names in capitals, whatever else it says."""
        words = name[:LONGEST].split()
        runs = (words[at : at + _MOST_WORDS] for at in range(len(words)))
        return next(self._mentions(*runs), None)

    def _mentions(self, *runs: Sequence[str]) -> Iterator[str]:
        """The markings in capitals that a run of words begins or ends with, longest first."""
        for run in runs:
            for count in range(len(run), 1, -1):
                for named in (" ".join(run[:count]), " ".join(run[-count:])):
                    if named.isupper() and letters(named) in self._names:
                        yield named

    def _borne(self, line: str) -> Iterator[str | None]:
        for found in _BRACKETED.finditer(line):
            yield self._names.get(letters(found.group(1)))
        first, *more = _LEADING.split(line.strip(" *_#\t"))
        last = _TRAILING.split(line.strip(" *_#\t"))[1:]
        for part in [first] * bool(more) + last[-1:]:
            shown = letters(part)
            plain = part.isupper() or shown not in self._single
            yield self._names.get(shown) if plain else None

    def _elsewhere(self, line: str) -> str | None:
        """A marking of another authority in small letters, as written."""
        bare = spelled(line.strip(" *_#[](){}<>-–—.\t"))
        known = bare not in _ORDINARY and ELSEWHERE.fullmatch(bare) is not None
        return bare if known and len(bare.split()) <= _MOST_WORDS else None

    def _misspelt(self, line: str, shown: str) -> str | None:
        """A line that is a letter away from a marking: as it is written, for nobody can place it.

        One that has a letter more at its end is another word, and so are most in small letters.
        """
        if len(shown) < _LEAST_MISSPELT or len(line.split()) > _MOST_WORDS:
            return None
        near = (name for name in self._names if _is_slip(shown, name))
        sure = any(line.isupper() or name not in self._single for name in near)
        return " ".join(line.split()).upper() if sure else None


def _is_slip(shown: str, name: str) -> bool:
    """Whether they differ by a letter left out, put in or exchanged, or by two in turned order."""
    if abs(len(shown) - len(name)) > 1 or len(name) < _LEAST_MISSPELT:
        return False
    start = next((i for i, (a, b) in enumerate(zip(shown, name, strict=False)) if a != b), None)
    if start is None:  # one goes on where the other ends
        return len(shown) < len(name)
    mine, other = shown[start:], name[start:]
    return (
        mine[1:] == other[1:]
        or mine[1:] == other
        or mine == other[1:]
        or (mine[:2] == other[1::-1] and mine[2:] == other[2:])
    )
