"""Two versions of a document side by side: what was left, what came right, by section."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.types import Change, Difference, Heading, Version

CONTEXT = 120
"""Characters of equal text shown on either side of what changed."""
_SIGNS = {(True, True): "~", (True, False): "-", (False, True): "+"}
_SIGN_STYLES = {"~": "yellow", "-": "red", "+": "green"}


@dataclass(slots=True)
class _Hunk:
    """Changes near each other: the earlier text, the later text, and where it is in that."""

    start: int
    left: Text = field(default_factory=Text)
    right: Text = field(default_factory=Text)
    removes: bool = False
    adds: bool = False


def print_difference(difference: Difference, headings: Sequence[Heading], console: Console) -> None:
    """Writes what changed, as wide as the terminal; `headings` are those of the later version."""
    console.print(_names(difference))
    section = ""
    hunks = list(_hunks(difference, headings, plain=not console.is_terminal))
    for hunk in hunks:
        here = _section(difference.later_text, headings, hunk.start)
        if here != section:
            section = here
            console.print(Text(f"\n§ {section}", style="bold"))
        console.print(_row(hunk))
    if not hunks:
        console.print("The texts are the same.")


def _names(difference: Difference) -> Table:
    table = _columns()
    table.add_row("", _name(difference.earlier), _name(difference.later))
    return table


def _name(version: Version) -> Text:
    until = f"{version.valid_to:%Y-%m-%d %H:%M}" if version.valid_to else "now"
    name = Text(version.metadata.title, style="bold")
    when = f"\n{version.version_id[:12]}  {version.valid_from:%Y-%m-%d %H:%M} UTC to {until}"
    return name.append(when, style="dim")


def _columns() -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=1)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    return table


def _row(hunk: _Hunk) -> Table:
    sign = _SIGNS[hunk.removes, hunk.adds]
    table = _columns()
    table.add_row(Text(sign, style=_SIGN_STYLES[sign]), hunk.left, hunk.right)
    table.add_row()
    return table


def _hunks(difference: Difference, headings: Sequence[Heading], *, plain: bool) -> Iterator[_Hunk]:
    """The changes with a little of what stands around them; far equal parts are left out."""
    old, new = difference.earlier_text, difference.later_text
    hunk: _Hunk | None = None
    for number, change in enumerate(difference.changes):
        if change.kind != "equal":
            hunk = hunk or _Hunk(change.to_start)
            _tell(hunk, change, old, new, plain=plain)
            continue
        text = new[change.to_start : change.to_end]
        is_last = number == len(difference.changes) - 1
        crosses = any(change.to_start <= one.start < change.to_end for one in headings)
        if hunk is not None and not is_last and len(text) <= 2 * CONTEXT and not crosses:
            _both(hunk, text)
            continue
        if hunk is not None:
            _both(hunk, _head(text))
            yield hunk
            hunk = None
        if not is_last:
            hunk = _Hunk(change.to_end)
            _both(hunk, _tail(text))
    if hunk is not None:
        yield hunk


def _tell(hunk: _Hunk, change: Change, old: str, new: str, *, plain: bool) -> None:
    gone = old[change.from_start : change.from_end]
    come = new[change.to_start : change.to_end]
    if gone:
        hunk.removes = True
        hunk.left.append(f"[-{gone}-]" if plain else gone, style="red")
    if come:
        hunk.adds = True
        hunk.right.append(f"{{+{come}+}}" if plain else come, style="green")


def _both(hunk: _Hunk, text: str) -> None:
    hunk.left.append(text)
    hunk.right.append(text)


def _head(text: str) -> str:
    """The first words, up to the end of the paragraph."""
    if len(text) <= CONTEXT:
        return text.split("\n\n")[0]
    cut = text[:CONTEXT].split("\n\n")[0]
    return cut if len(cut) < CONTEXT else cut.rpartition(" ")[0] + " …"


def _tail(text: str) -> str:
    """The last words, from the beginning of the paragraph on."""
    cut = text[-CONTEXT:].split("\n\n")[-1]
    if len(cut) < min(CONTEXT, len(text)) or len(text) <= CONTEXT:
        return cut
    return "… " + cut.partition(" ")[2]


def _section(text: str, headings: Sequence[Heading], at: int) -> str:
    """The headings above a place, highest first."""
    path: list[Heading] = []
    for heading in headings:
        if heading.start > at:
            break
        path = [*(above for above in path if above.level < heading.level), heading]
    return " › ".join(" ".join(text[one.start : one.end].split()) for one in path)
