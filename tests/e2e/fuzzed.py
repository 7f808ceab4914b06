"""Documents and questions drawn by chance, with everything that a text can have in it."""

import random
from dataclasses import dataclass

# Beside plain letters: accents composed and not, scripts that join, run right to left or have no
# spaces, signs beyond the first plane, families of emoji, signs without width, odd spaces.
ODD = (
    "é", "e\u0301", "ﬁ", "ß", "İ", "ǅ", "Å", "\u212b", "한국", "\u1112\u1161\u11ab", "نص", "עִבְרִית",
    "हिन्दी", "ไทย", "漢字", "🪖", "👩‍👩‍👧", "🏳️‍🌈", "𝔄𝔱𝔱", "𐍈", "a\u0335", "Z͑ͫ̓ͪ̂ͫ̽", "\u200d", "\u200c",
    "\u00ad", "\u2028", "\u00a0", "\u202f", "\u3000", "“”", "«»", "…", "‰", "№", "½", "²", "\ufffd",
    "[1]", "[2023]", "~~", "**", "`", "<b>", "&amp;", "\\", "|", "$1", "%s", "{0}", "\t",
)  # fmt: skip
ENDS = ("\n", "\r\n", "\r", "\n\n", "\r\n\r\n", " ", "  ")
NAMES = ("Lisbon", "Tallinn", "Ghent", "Oulu", "Varna", "Cádiz", "Łódź", "Đà Nẵng", "Reykjavík")
THINGS = ("liaison office", "naval exercise", "training mission", "staff college", "field hospital")
FACTS = (
    "The {thing} at {name} was opened on {day} May {year} {odd}.",
    "{odd} {name} hosts a {thing} with {count} officers from {few} nations.",
    "The {thing} at {name} may be closed in winter; {odd} its costs are {count} euros.",
    "“{odd}”, said the director of the {thing} at {name} in {year}.",
    "Le {thing} de {name} compte {count} personnes {odd} depuis {year}.",
    "Its tasks are: {odd} visits, reports ({count} a year) and {odd}.",
    "- The {thing} at {name} has {few} rooms {odd}",
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A file, and questions that it may answer."""

    name: str
    data: bytes
    questions: tuple[str, ...]


def drawn(draw: random.Random, number: int) -> Drawn:
    """A document of some sentences in one of several formats and encodings."""
    thing, name = draw.choice(THINGS), draw.choice(NAMES)
    lines = [f"# The {thing} at {name} {draw.choice(ODD)}", ""] if draw.random() < 0.7 else []
    for _ in range(draw.randrange(2, 14)):
        lines.append(sentence(draw, thing, name))
        if draw.random() < 0.3:
            lines.append("")
    end = draw.choice(ENDS[:3])
    text = "".join(line + (end if not line else draw.choice([end, end * 2, " "])) for line in lines)
    mark = draw.choice(["", "\ufeff"])
    kind = draw.choice(["md", "txt", "html"])
    if kind == "html":
        text = f"<html><body><h1>{name}</h1><p>{text}</p></body></html>"
    asked = (
        f"When was the {thing} at {name} opened?",
        f"How many officers from {name} {draw.choice(ODD)}?",
        f"What are the tasks of the {thing} at {name}?",
    )
    return Drawn(f"{number}-{draw.randrange(1000)}.{kind}", (mark + text).encode(), asked)


def sentence(draw: random.Random, thing: str, name: str) -> str:
    """A sentence with something odd in it."""
    return draw.choice(FACTS).format(
        thing=thing,
        name=name,
        odd="".join(draw.choice(ODD) for _ in range(draw.randrange(3))),
        day=draw.randrange(1, 28),
        year=draw.randrange(1900, 2026),
        count=f"{draw.randrange(1, 9)},{draw.randrange(100, 999)}",
        few=draw.choice(["two", "three", "11", "½"]),
    )
