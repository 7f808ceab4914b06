"""Answers for a reader: the text with its markers, then each citation at its place."""

import re

from rich.console import Console, Group
from rich.padding import Padding
from rich.text import Text

from assistant.types import Answer, Citation

_MARKER = re.compile(r"\[\d+\]")


def print_answer(answer: Answer, console: Console) -> None:
    """Writes the answer and its citations, or what is said where there is none."""
    console.print(rendered(answer.text, abstained=answer.abstained))
    if answer.citations:
        console.print()
        for citation in answer.citations:
            console.print(_citation(citation))
    if answer.note:
        console.print(Text(answer.note, style="yellow"))
    if answer.marking:
        console.print(Text(answer.marking, style="bold"))
    console.print(Text(_footing(answer), style="dim"))


def rendered(text: str, *, abstained: bool = False) -> Text:
    """The answer's text, its markers set apart."""
    styled = Text(text, style="yellow" if abstained else "")
    styled.highlight_regex(_MARKER, "bold cyan")
    return styled


def _citation(citation: Citation) -> Group:
    place = [citation.metadata.title]
    if citation.page is not None:
        place.append(f"page {citation.page}")
    # A document's first heading is often its title again.
    headings = [one for one in citation.headings if one != citation.metadata.title]
    head = Text.assemble((f"[{citation.marker}] ", "bold cyan"), (", ".join(place), "bold"))
    if headings:
        head.append(f" — {' › '.join(headings)}")
    quote = Text(f"“{' '.join(citation.quote.split())}”", style="italic")
    return Group(head, Padding(quote, (0, 0, 0, 4)))


def _footing(answer: Answer) -> str:
    total = answer.timings_ms.get("total", 0.0)
    parts = [f"answered by {answer.answered_by}", f"{total:.0f} ms"]
    if answer.standalone_question != answer.question:
        parts.insert(0, f"searched as “{answer.standalone_question}”")
    return " · ".join(parts)
