"""Conversations written down with the reading that each of their questions should have."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.answers.courtesy import heard
from assistant.answers.layout import NOT_ANSWERED
from assistant.types import Role, Turn

_FILE = Path(__file__).with_name("conversations.txt")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question after what was said, and what its reading holds; nothing where it stays."""

    number: int
    text: str
    history: tuple[Turn, ...]
    holds: tuple[str, ...]

    def fault(self, reading: str) -> str:
        """What is wrong with a reading of it; empty where nothing is."""
        if not self.holds:
            return "" if reading == self.text else "it stands by itself"
        said = reading.lower()
        wrong = [
            part
            for part in self.holds
            if (part.removeprefix("!").lower() in said) is part.startswith("!")
        ]
        return "; ".join(wrong)


def conversations() -> Iterator[list[Asked]]:
    """Each conversation's questions after the first, and a first one that is to stay."""
    lines = [line for line in _FILE.read_text("utf-8").splitlines() if not line.startswith("#")]
    for number, block in enumerate("\n".join(lines).strip().split("\n\n"), start=1):
        yield list(_asked(number, block.splitlines()))


def _asked(number: int, lines: list[str]) -> Iterator[Asked]:
    said: list[Turn] = []
    for line in lines:
        text = line[1:].strip()
        if line.startswith(">"):
            said.append(Turn(Role.USER, text))
        elif line.startswith("<"):
            said.append(Turn(Role.ASSISTANT, NOT_ANSWERED if line == "<-" else text))
        else:
            holds = tuple(part.strip() for part in text.split(";") if part.strip())
            history = heard(said[:-1], NOT_ANSWERED)
            yield Asked(number, said[-1].content, history, holds)
