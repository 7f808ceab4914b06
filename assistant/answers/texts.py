"""Texts of the library that a question asks of by name: "the North Atlantic Treaty"."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.answers.words import initials, read_names, stems
from assistant.retrieval.short_names import in_full, known_in
from assistant.retrieval.translation import is_french, translated
from assistant.types import DocumentId, StoredChunk, VersionId

Read = Callable[[DocumentId, VersionId, int, int], str | None]
"""Characters `[start, end)` of a version's text; None where it is not kept any more."""

# "The Netherlands-Sweden agreement" is one between the two.
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_JOINS = stems("between regarding concerning must may can should")
_KIND = re.compile(
    r"\b(?:treaty|convention|agreement|pact|charter|protocol|covenant|statute|declaration|"
    r"memorandum|arrangement)\b",
    re.IGNORECASE,
)
_COMPLEMENT = re.compile(r"(?:to|of)\s")
_BEHIND_THE_KIND = re.compile(r"\s(?:of|to|on|for|between|concerning|regarding)\s", re.IGNORECASE)
_LONGEST_HEAD = 120
_LONGEST_NAME = 300
_OPENING = 2
# So many chunks and characters tell who agreed on what, so many chunks what a text calls itself.
_OPENING_CHUNKS, _LONGEST_OPENING, _SPEAKING_CHUNKS = 6, 3000, 40
# A name is always nearer than a description.
_FARTHEST = 100
_PROTOCOL = "protocol"
_ITSELF = re.compile(
    rf"\b(?:this|(?:the\s+)?present)\s+(?P<kind>{_KIND.pattern}|instruction\b|directive\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """How a question names a text: the stems of each way to say it, and the kind it is said to be.

    One way is the whole name, where a short one is known, and one is English, where it is French.
    `said` is the name as the question has it.
    """

    ways: tuple[frozenset[str], ...]
    kind: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the library: its chunks in order, and the lines that may name it or a part of it.

    Of each of the `names`, the number of the chunk before which it stands first.
    """

    chunks: Sequence[StoredChunk]
    names: Mapping[str, int]


class Called(NamedTuple):
    """How a text that is asked of is called, nearest first.

    How many words more than asked for the name has, and before which chunk it stands.
    """

    beyond: int
    at: int
    said: str


def name_of(whole: str, question: str) -> Name | None:
    """The name that a question gives a text; None where no word of it tells anything."""
    said = [whole, in_full(whole)]
    if is_french(question):
        said.append(translated(whole))
    ways = tuple(way for each in said if (way := _told(each) - _JOINS))
    kinds = _KIND.findall(in_full(whole) or whole)
    return Name(ways, kinds[0].lower() if kinds else "", whole) if ways else None


def text_of_chunks(chunks: Sequence[StoredChunk], read: Read | None = None) -> Text:
    """The text of these chunks of a version, which stand in order.

    A heading that stands right above another is in no chunk: it is `read` where it stands.
    """
    names: dict[str, int] = {}
    for at, (one, before) in enumerate(zip(chunks, _before_each(chunks, read), strict=True)):
        opening = _lines(one, _LONGEST_NAME)[:_OPENING] if at == 0 else ()
        for name in (*before, one.metadata.title, *one.chunk.headings, *opening):
            # "Annex A, to the Convention on …": the convention is the whole and not what follows.
            names.setdefault(name, 0 if _COMPLEMENT.match(name) else at)
    return Text(chunks, names)


def bears(name: Name, text: Text) -> Called | None:
    """How the text is called that a question names so; None of another text.

    A text is named by its title, by the heading of a whole part of it, or by its first lines, and
    less nearly by whom and what it is about. An agreement about a treaty is not that treaty.
    """
    found = [
        Called(beyond, at, said)
        for said, at in text.names.items()
        if (beyond := words_beyond(name, said)) is not None
    ]
    return min(found, default=None) or _described(name, text)


def _described(name: Name, text: Text) -> Called | None:
    """How a text is called that the question describes: "the Lund-Ribe treaty on pilots".

    It opens with all names and half of the other words of the description, and calls itself so.
    With a capital, as "Lund Treaty", the kind is part of a name.
    """
    kind = _KIND.search(name.said)
    if kind is None or kind.group()[0].isupper():
        return None
    described = _KIND.sub(" ", _HYPHEN.sub(" ", name.said))
    names = read_names(f"- {described}")  # its first word is no name for opening it
    opening = _opening(text)
    if not names.words or names.missing_from(opening):
        return None
    plain = stems(described) - stems(" ".join(names.words)) - _JOINS
    lacking = plain - stems(opening)
    if len(lacking) > len(plain) / 2 or not _calls_itself(name, text):
        return None
    called = next((one for one, at in text.names.items() if at == 0 and is_of_a_kind(one)), None)
    return Called(_FARTHEST + len(lacking), 0, called or text.chunks[0].metadata.title)


def _opening(text: Text) -> str:
    """What a text says first: its title, its names, who agreed on what."""
    named = [said for said, at in text.names.items() if at == 0 or is_of_a_kind(said)]
    first = "\n".join(one.chunk.text for one in text.chunks[:_OPENING_CHUNKS])
    return "\n".join((*named, first[:_LONGEST_OPENING]))


def speaks_of_itself(text: str) -> bool:
    """Whether a text says "this Agreement" and the like."""
    return _ITSELF.search(text) is not None


def _calls_itself(name: Name, text: Text) -> bool:
    """Whether a text is of the kind that is said.

    Every agreement is a treaty to who speaks of it, but a protocol is one to another treaty.
    """
    kinds = Counter(
        found["kind"].lower()
        for one in text.chunks[:_SPEAKING_CHUNKS]
        for found in _ITSELF.finditer(one.chunk.text)
    )
    own = kinds.most_common(1)[0][0] if kinds else ""
    return own == name.kind or _PROTOCOL not in {own, name.kind}


def words_beyond(name: Name, said: str) -> int | None:
    """How many words more the name that a text gives itself has; None if it is another."""
    words = _told(said)
    if not _is_of_the_kind(name, said):
        return None
    found = [
        len(words - way)
        for way in name.ways
        if way <= words or (way & words and way - words <= initials(said))
    ]
    return min(found, default=None)


def called_so(question: str, texts: Sequence[Text]) -> list[str]:
    """What texts are called: as they stand open, and by the short names of a question.

    Beside the names of an agreement there is what it says first: who agreed.
    """
    opening = [said for text in texts for said, at in text.names.items() if at == 0]
    opening += [first for first in map(_opening, texts) if speaks_of_itself(first)]
    short = [
        short
        for short, whole in known_in(question)
        if (name := name_of(whole, question)) and any(bears(name, text) for text in texts)
    ]
    return [*opening, *short]


def lines(stored: StoredChunk) -> list[str]:
    """The lines of a chunk that may be headings."""
    return _lines(stored, _LONGEST_HEAD)


def is_short(line: str, longest: int = _LONGEST_HEAD) -> bool:
    """Whether a line may be a heading."""
    return len(line) <= longest and not line.rstrip().endswith((".", ";", ","))


def is_of_a_kind(name: str) -> bool:
    """Whether a name says what kind of text it is of: "Treaty of Ghent", no "Document of the …"."""
    head = _BEHIND_THE_KIND.split(name)[0]
    return name[:1].isupper() and _KIND.search(head) is not None


def in_lower_case(name: str) -> str:
    """A name in capitals as it is written elsewhere, without its article."""
    bare = re.sub(r"^the\s+", "", name.strip(" ."), flags=re.IGNORECASE)
    if not bare.isupper():
        return bare
    return re.sub(r"\b(?:Of|The|And|On|In|To|For|With|At)\b", _lower, bare.title())


def _lower(found: re.Match[str]) -> str:
    return found.group().lower()


def _lines(stored: StoredChunk, longest: int) -> list[str]:
    return [line for line in stored.chunk.text.split("\n") if is_short(line, longest)]


def _told(text: str) -> frozenset[str]:
    return stems(_HYPHEN.sub(" ", text))


def _is_of_the_kind(name: Name, said: str) -> bool:
    kind = _KIND.search(said)
    return not name.kind or kind is None or kind.group().lower() == name.kind


def _before_each(chunks: Sequence[StoredChunk], read: Read | None) -> list[list[str]]:
    """The lines that stand right before each of the chunks and in none of them."""
    if read is None or not chunks:
        return [[] for _ in chunks]
    first, last = chunks[0], chunks[-1]
    start = 0 if first.chunk.ordinal == 0 else first.chunk.start
    text = read(first.document_id, first.version_id, start, last.chunk.end) or ""
    found: list[list[str]] = []
    at = 0
    for one in chunks:
        gap = text[at : one.chunk.start - start].split("\n")
        found.append([b for line in gap if (b := line.strip()) and len(b) <= _LONGEST_NAME])
        at = max(at, one.chunk.end - start)
    return found
