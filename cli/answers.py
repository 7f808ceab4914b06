"""Answers for a reader: the text with its markers, then each citation at its place."""

import re
from collections.abc import Sequence

from rich.console import Console, Group
from rich.padding import Padding
from rich.text import Text

from api.answer_schemas import AnswerOut, CitationOut, PassageOut
from api.signs import plain

_MARKER = re.compile(r"\[\d+\]")


def print_answer(answer: AnswerOut, console: Console) -> None:
    """Writes the answer and its citations, or what is said where there is none."""
    console.print(rendered(answer.answer, abstained=answer.abstained))
    if answer.citations:
        console.print()
        for citation in answer.citations:
            console.print(_citation(citation))
    if answer.note:
        console.print(Text(answer.note, style="yellow"))
    if answer.marking:
        console.print(Text(answer.marking, style="bold"))
    console.print(Text(_footing(answer), style="dim"))


def print_passages(
    passages: Sequence[PassageOut], console: Console, *, narrowed: bool = False
) -> None:
    """Writes passages, best first, each with its place and where else it is said."""
    if not passages:
        among = "what it was narrowed to" if narrowed else "the library"
        advice = "Leave out what narrows it, or ask" if narrowed else "Ask"
        console.print(Text(f"Nothing in {among} fits. {advice} in other words.", style="yellow"))
    for passage in passages:
        console.print(_passage(passage))


def rendered(text: str, *, abstained: bool = False) -> Text:
    """The answer's text, its markers set apart."""
    styled = Text(plain(text), style="yellow" if abstained else "")
    styled.highlight_regex(_MARKER, "bold cyan")
    return styled


def _passage(passage: PassageOut) -> Group:
    title = passage.title
    head = _head(f"{passage.rank}. ", title, passage.page, passage.headings)
    head.append(f"  {passage.score:.2f}", style="dim")
    lines = [Text(plain(" ".join(passage.text.split())))]
    if passage.also:
        others = dict.fromkeys(other.title for other in passage.also)
        lines.append(Text(plain(f"also in: {'; '.join(others)}"), style="dim"))
    return Group(head, Padding(Group(*lines), (0, 0, 1, 3)))


def _head(lead: str, title: str, page: int | None, headings: Sequence[str]) -> Text:
    place = title if page is None else f"{title}, page {page}"
    head = Text.assemble((lead, "bold cyan"), (plain(place), "bold"))
    # A document's first heading is often its title again.
    below = [one for one in headings if one != title]
    if below:
        head.append(plain(f" — {' › '.join(below)}"))
    return head


def _citation(citation: CitationOut) -> Group:
    title = citation.title
    head = _head(f"[{citation.marker}] ", title, citation.page, citation.headings)
    quote = Text(plain(f"“{' '.join(citation.quote.split())}”"), style="italic")
    return Group(head, Padding(quote, (0, 0, 0, 4)))


def _footing(answer: AnswerOut) -> str:
    total = answer.timings_ms.get("total", 0.0)
    parts = [f"answered by {answer.answered_by}", f"{total:.0f} ms"]
    if answer.standalone_question != answer.question:
        parts.insert(0, f"searched as “{answer.standalone_question}”")
    return " · ".join(parts)
