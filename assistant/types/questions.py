"""What is asked, and what was said before."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from assistant.types.passages import Filters


class Role(StrEnum):
    """Who spoke."""

    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation so far."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as asked. `as_of` None means now; `top_k` None means the setting."""

    text: str
    history: tuple[Turn, ...] = ()
    as_of: datetime | None = None
    top_k: int | None = None
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class StandaloneQuestion:
    """A question that can be searched without its history.

    `context` is the earlier question whose meaning is mixed in, `weight` its weight beside the
    question's own, which is 1. `said` is what was answered to it: a follow-up asks for more.
    `earlier` and `answers` are the last questions and answers before it, oldest first, and
    `background` what of them an embedder reads before it; all empty where nothing was said before
    or it opens another subject. `rewritten` is the question as a chat model put it, which is
    searched beside `asked`; empty where none did. `translated` is a French question in English
    words, for texts in English, and `searched` the same with all that each word may mean. `term` is
    what was given in place of a question ("ISAF"), which `text` then asks about.
    """

    text: str
    asked: str
    context: str | None = None
    weight: float = 0.0
    said: str = ""
    earlier: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    background: str = ""
    rewritten: str = ""
    translated: str = ""
    searched: str = ""
    term: str = ""
