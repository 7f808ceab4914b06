"""Eight questions about each country of which the library has a profile, told by the right entry.

    python -m benchmarks.profile_questions ../shared/data HOME

`HOME` is a data directory into which `documents` of the data folder was ingested. The questions do
not use the profiles' own labels, but for two. An answer is right when it quotes the value of the
entry that is meant, from the profile of that country, and nothing of another document.
"""

import argparse
import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from assistant.backends import open_backends
from assistant.settings import read_settings
from assistant.types import Answer, Question

_TITLE = re.compile(r"^# (.*?) — ", re.MULTILINE)
_SERVICE, _STRENGTH = "Military service age and obligation", "personnel strengths"
_FORCES, _ARMS, _HEAD = "Military and security forces", "equipment inventories", "chief of state"
ASKED = (
    ("military service age in {name}", _SERVICE),
    ("How many active military personnel does {name} have?", _STRENGTH),
    ("How large are the armed forces of {name}?", _STRENGTH),
    ("What does the military of {name} consist of?", _FORCES),
    ("Which branches make up the armed forces of {name}?", _FORCES),
    ("Who supplies military equipment to {name}?", _ARMS),
    ("Who is the chief of state of {name}?", _HEAD),
    ("Who is the head of state of {name}?", _HEAD),
)
# So many characters of a value tell it from all others.
_OPENING = 25


def main() -> None:
    """Prints a line for each question: how often it was told, refused, and answered otherwise."""
    parser = argparse.ArgumentParser(description="Asks about countries that have a profile.")
    parser.add_argument("data", type=Path, help="the folder that holds `documents`")
    parser.add_argument("home", type=Path, help="the data directory of the library")
    options = parser.parse_args()
    found: dict[str, Counter[str]] = {asked: Counter() for asked, _ in ASKED}
    settings = read_settings().model_copy(update={"home": options.home})
    with open_backends(settings, "benchmarks.profile_questions") as backends:
        for profile in sorted((options.data / "documents" / "factbook").glob("africa_*.md")):
            for asked, question, value in questions_of(profile):
                answer = asyncio.run(backends.assistant.answer(Question(text=question)))
                found[asked][told(answer, profile, value)] += 1
    for asked, counts in found.items():
        print(asked.format(name="…"), dict(counts))


def questions_of(profile: Path) -> Iterator[tuple[str, str, str]]:
    """What is asked, of this country, and the value that tells it, where the profile has one."""
    text = profile.read_text("utf-8")
    named = _TITLE.search(text)
    for asked, label in ASKED:
        if named and (value := value_of(label, text)):
            yield asked, asked.format(name=named[1]), value


def value_of(label: str, text: str) -> str:
    """The value behind a key that ends on the label, or the first line below such a heading."""
    key = rf"^\*\*[^*\n]*{re.escape(label)}[^*\n]*\*\*:?\s*(.+)$"
    heading = rf"^#+ [^\n]*{re.escape(label)}\s*\n+([^#*\n].+)$"
    found = re.search(key, text, re.MULTILINE) or re.search(heading, text, re.MULTILINE)
    return found[1].strip() if found else ""


def told(answer: Answer, profile: Path, value: str) -> str:
    """How an answer did: `told`, `refused`, or `otherwise`."""
    if answer.outcome in {"not_answered", "unclear"}:
        return "refused"
    quoted = any(value[:_OPENING] in one.quote for one in answer.citations)
    own = all(one.source_uri.endswith(f"/{profile.name}") for one in answer.citations)
    return "told" if quoted and own else "otherwise"


if __name__ == "__main__":
    main()
