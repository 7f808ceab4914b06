"""What the library's documents are about, by their titles, and a question as one asks it of that.

A question that does not say of what it asks ("Is it still in force?") may be asked of each. It
then reads as it would had that been spoken of before.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.answers.tongues import is_foreign
from assistant.retrieval.conversation import followed
from assistant.retrieval.grammar import MONTHS
from assistant.retrieval.names import RUN, TEXT, kind_of
from assistant.retrieval.persons import of_gender
from assistant.types import Passage, Role, Turn

_LONGEST = 60
_TIME = re.compile(
    rf",?\s+(?:(?:{MONTHS})\.?\s+)?(?:\d{{1,2}},?\s+)?\d{{3,4}}s?\b.*$", re.IGNORECASE
)
# What is in force, is signed or has parties is a text.
_OF_A_TEXT = re.compile(
    r"\b(?:in force|valid|binding|signed?|ratif\w+|concluded|amended|denounced|en vigueur)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*\([^)]*\)")
_SERIES = re.compile(r"^.*:\s+(?=\S)")
_OF_A_SERIES = re.compile(r"\s+[—–|]\s+.*$")
_NAME = re.compile(rf"(?:(?P<the>[Tt]he)\s+)?(?P<name>{RUN})")
# "Building the Panama Canal", "The End of Apartheid": what was done, and not what it was done to.
_TELLS_OF_MORE = re.compile(
    r"^[A-Z][a-z]+ing\b| and the |^(?:End|Fall|Rise|Formation|Recognition|Collapse|Opening|"
    r"Origins?|Creation|Evolution|Consequences?|Presidenc(?:y|ies)) of\b"
)
_OWNED = re.compile(r"[’']s?\s")
_SOMEBODY = re.compile(r"\b(?:he|she|his|hers?|him)\b", re.IGNORECASE)
_FEWEST_OF_A_PERSON = 2
_OFTEN = 2


def asked_of_topics(question: str, passages: Sequence[Passage], tongue: str) -> Iterator[str]:
    """The question asked of each thing that a passage's document is about, best passages first."""
    of_somebody = bool(of_gender(question))
    of_a_text = _OF_A_TEXT.search(question) is not None
    seen: set[str] = set()
    for passage in passages:
        title = " ".join(passage.stored.metadata.title.split())
        topic = topic_of(title)
        if not topic or topic in seen or is_foreign(title, tongue):
            continue
        seen.add(topic)
        if _is_somebody(topic, passage.text) is not of_somebody:
            continue
        if of_a_text and not TEXT.fullmatch(kind_of(topic)):
            continue
        asks = "Who was" if of_somebody else "What is"
        read = followed((Turn(Role.USER, f"{asks} {topic}?"),)).reading(question)
        if topic.lower() in read.lower():
            yield read


def topic_of(title: str) -> str:
    """The name of what a document is about, as its title has it; empty where that is no name.

    The series that a document is one of is left out, and so are years.
    """
    bare = _OF_A_SERIES.sub("", _SERIES.sub("", _ASIDE.sub("", title)))
    found = _NAME.fullmatch(_TIME.sub("", bare).strip(" .,"))
    if found is None or len(found["name"]) > _LONGEST or found["name"].isupper():
        return ""
    if any(map(str.isdigit, found["name"])) or _TELLS_OF_MORE.search(found["name"]):
        return ""
    kind = "" if _OWNED.search(found["name"]) else kind_of(found["name"])
    named = found["the"] or kind not in {"", "acronym"}
    return f"the {found['name']}" if named else found["name"]


def _is_somebody(topic: str, text: str) -> bool:
    """Whether a text about it speaks of a person."""
    words = topic.split()
    named = not topic.startswith("the ") and len(words) >= _FEWEST_OF_A_PERSON
    return named and len(_SOMEBODY.findall(text)) >= _OFTEN
