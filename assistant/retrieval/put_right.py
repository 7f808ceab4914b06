"""A question that is put right in the message that asks it: "I mean the 1960 report: …?"."""

import re
from dataclasses import replace

from assistant.retrieval.grammar import ASKS, ASKS_IN_FRENCH, AUXILIARIES
from assistant.retrieval.pronouns import named, with_owner
from assistant.retrieval.referents import Subject
from assistant.types import Question, Role, Turn

_PUT_RIGHT = re.compile(
    r"^(?P<first>.*?[?.!])\s+"
    r"(?:(?:no|nope|sorry|oops|pardon|actually|well|or|rather|that is|non|enfin)\W+){0,3}"
    r"(?:i\s+(?:(?:do\s+)?mean|meant|was\s+asking\s+(?:about|for)|am\s+(?:asking|talking)\s+about)|"
    r"i['’]m\s+(?:asking|talking)\s+about|"
    r"je\s+(?:veux|voulais)\s+(?:dire|parler\s+d[eu])|je\s+parl(?:e|ais)\s+d[eu])\s+"
    r"(?P<what>[^?!]{3,140}?)\s*(?:\s[-–—]+|[:;,.])\s+"
    r"(?P<rest>(?:(?:and|but|so|et|mais)\s+)?"
    r"(?:(?:in|to|by|from|for|with|on|at|under|à|de|par|en)\s+)?"
    rf"(?:{ASKS}|{AUXILIARIES}|{ASKS_IN_FRENCH})\b.+)$",
    re.IGNORECASE | re.DOTALL,
)


def put_right(text: str) -> tuple[str, str]:
    """What a message asks first, and what it means instead, by its name; nothing where it asks on.

    A question that says nothing of what is meant has that set before it.
    """
    found = _PUT_RIGHT.match(" ".join(text.split()))
    if found is None:
        return "", ""
    meant, asks = found["what"], found["rest"][:1].upper() + found["rest"][1:]
    subject = Subject(thing=meant, place=meant)
    for way in (named, with_owner):
        if (full := way(asks, subject)) != asks:
            return found["first"], full
    return found["first"], f"{meant[:1].upper()}{meant[1:]}: {found['rest']}"


def as_put_right(question: Question) -> Question:
    """The question as it is meant, after what it asked first."""
    first, meant = put_right(question.text)
    if not meant:
        return question
    return replace(question, text=meant, history=(*question.history, Turn(Role.USER, first)))
