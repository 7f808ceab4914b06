"""What was said, read in order: each question by itself, from what the one before it came to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.retrieval.elliptic import filled_in
from assistant.retrieval.names import RUN
from assistant.retrieval.pronouns import named, of_two, with_owner
from assistant.retrieval.referents import Subject, asked_of, subject_of
from assistant.retrieval.replies import answered
from assistant.retrieval.standalone import needs_context, says_of_what_not
from assistant.types import Role, Turn

_TURNS = 16
# "And the Commonwealth, how many members does it have?"
_TURNS_TO = re.compile(
    r"^\W*(?:(?:and|but|et|mais)(?:\s+for)?|what about|how about|as for|quant (?:à|au))\s+"
    rf"(?P<name>(?:the\s|la\s|le\s|les\s|l['’])?{RUN})\s*,\s*(?P<rest>.+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation so far.

    `last` is its last question as it is read, `asked` the last that was read in full, and `subject`
    what was spoken of last.
    """

    turns: tuple[Turn, ...] = ()
    last: str = ""
    asked: str = ""
    subject: Subject = field(default_factory=Subject)

    def heard(self, *, by_itself: bool) -> tuple[Turn, ...]:
        """What counts for the next question.

        For one that stands by itself, what was not answered does not, where anything was.
        """
        if not by_itself or all(turn.role is Role.USER for turn in self.turns):
            return self.turns
        following = [*(turn.role for turn in self.turns[1:]), Role.USER]
        return tuple(
            turn
            for turn, after in zip(self.turns, following, strict=True)
            if turn.role is Role.ASSISTANT or after is Role.ASSISTANT
        )

    def speaks_of(self, question: str) -> bool:
        """Whether the question names what was spoken of last."""
        about = self.subject.any.removeprefix("the ").lower()
        return bool(about) and about in question.lower()

    def reading(self, question: str) -> str:
        """The question with names for what stands for something said before."""
        full = filled_in(question, self.asked, self.subject.any)
        if full != question:
            return full
        if turned := _TURNS_TO.match(question):
            other = Subject(thing=turned["name"], place=turned["name"])
            found = named(turned["rest"], other)
            return found if found != turned["rest"] else question
        found = named(of_two(question, self.asked, self.subject), self.subject)
        return found if found != question else with_owner(question, self.subject)

    def and_then(self, turn: Turn) -> "Talk":
        """The conversation after one more turn."""
        if turn.role is Role.ASSISTANT:
            subject = answered(self.subject, self.last, turn.content)
            return replace(self, turns=(*self.turns, turn), subject=subject)
        asked = " ".join(turn.content.split())
        read = self.reading(asked)
        kept = replace(self, turns=(*self.turns, turn), last=read)
        if self.asked and read == asked and needs_context(read):
            return kept
        if self.asked and says_of_what_not(asked):
            about = asked_of(asked, self.subject)
            return replace(kept, asked=self.asked if read == asked else read, subject=about)
        return replace(kept, asked=read, subject=self._after(asked, read))

    def _after(self, asked: str, read: str) -> Subject:
        """What is spoken of after a question: what it names, or what its pronouns stood for."""
        about = self.subject
        if asked == read:
            found = subject_of(read, about)
            return found if found.any else about
        if filled_in(asked, self.asked, about.any) == asked:
            return about
        if self.speaks_of(read):
            return about
        found = subject_of(read, Subject())
        exchanged = about.person and about.person in self.asked and about.person not in read
        return replace(found, person=found.any) if exchanged else found


def followed(history: Sequence[Turn]) -> Talk:
    """The conversation that was had."""
    talk = Talk()
    for turn in history[-_TURNS:]:
        if turn.content.strip():
            talk = talk.and_then(turn)
    return talk
