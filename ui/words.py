"""What the window says, in the language of its reader, and how it writes numbers and days."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "fr")
_TABLES = Path(__file__).parent / "static"
_THIN = "\u202f"  # stands between groups of figures, and before French signs
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@cache
def table(language: str) -> Mapping[str, str]:
    """The words of a language by the English ones; empty for English."""
    if language not in LANGUAGES or language == LANGUAGES[0]:
        return {}
    read: dict[str, str] = json.loads((_TABLES / f"{language}.json").read_text("utf-8"))
    return read


@dataclass(frozen=True, slots=True)
class Words:
    """Says in one language what is written in English; an unknown language is English."""

    language: str = "en"

    def __call__(self, english: str, **values: object) -> str:
        """The words, with the values in their places. They are no HTML: escape what comes out."""
        said = table(self.language).get(english, english)
        return said.format(**values) if values else said

    def count(self, count: int, one: str, many: str) -> str:
        """A number of things, as in `count(2310, "{n} document", "{n} documents")`."""
        single = count < 2 if self.language == "fr" else count == 1
        return self(one if single else many, n=self.number(count))

    def number(self, count: int) -> str:
        """The number with its figures in groups of three."""
        written = f"{count:,}"
        return written.replace(",", _THIN) if self.language == "fr" else written

    def day(self, day: date) -> str:
        """The day as in "4 April 2023"."""
        number = "1er" if self.language == "fr" and day.day == 1 else str(day.day)
        return f"{number} {self(MONTHS[day.month - 1])} {day.year}"

    def moment(self, at: datetime, *, exactly: bool = False) -> str:
        """The moment as in "4 April 2023, 17:05 UTC"; every time of the API is UTC."""
        time = f"{at:%H:%M:%S}" if exactly else f"{at:%H:%M}"
        return f"{self.day(at.date())}, {time} UTC"

    def told_apart(self, at: datetime, *others: datetime | None) -> str:
        """The day, or the moment to the second where another of the moments is of the same day."""
        same = any(other != at and other and other.date() == at.date() for other in others)
        return self.moment(at, exactly=True) if same else self.day(at.date())

    def duration(self, milliseconds: float) -> str:
        """The time taken as a reader would say it."""
        if milliseconds < 1000:
            return f"{milliseconds:.0f} ms"
        written = f"{milliseconds / 1000:.1f} s"
        return written.replace(".", ",") if self.language == "fr" else written
