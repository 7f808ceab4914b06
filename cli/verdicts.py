"""A checked text for a reader: each sentence with its verdict, its place and what is wrong."""

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from api.answer_schemas import CitationOut
from api.signs import plain
from api.verify_schemas import VerifiedSentence, VerifyResponse

_STYLES = {"quoted": "green", "supported": "green", "unsupported": "red", "unchecked": "dim"}
_WIDTH = max(map(len, _STYLES)) + 2


def print_verdicts(checked: VerifyResponse, console: Console) -> None:
    """Writes every sentence, then how many of each verdict there are."""
    for one in checked.sentences:
        head = Text(f"{one.verdict:<{_WIDTH}}", style=_STYLES[one.verdict])
        console.print(head.append(plain(" ".join(one.text.split())), style="default"))
        for line in _below(one):
            console.print(Padding(line, (0, 0, 0, _WIDTH)))
    counts = ", ".join(f"{count} {verdict}" for verdict, count in checked.counts.items() if count)
    console.print(Text(f"{counts} · {checked.timings_ms['total']:.0f} ms", style="dim"))


def _below(one: VerifiedSentence) -> list[Text]:
    lines = [Text(plain(one.problem), style="yellow")] if one.problem else []
    for place in (*one.citations, *([one.against] if one.against else [])):
        if not isinstance(place, CitationOut):
            continue
        page = "" if place.page is None else f", page {place.page}"
        if one.verdict != "quoted":
            lines.append(Text(plain(f"“{' '.join(place.quote.split())}”"), style="italic"))
        lines.append(Text(plain(f"[{place.marker}] {place.title}{page}"), style="dim"))
    return lines
