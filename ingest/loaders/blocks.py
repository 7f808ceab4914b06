"""Blocks: what a loader reads, in order, before it becomes the text of a version."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.normalise import TextBuilder

HEADING_CHARS = 100
LONGER = 1.5  # a heading is followed by a paragraph at least this many times its length
BODY_CHARS = 80

_ENDS_SENTENCE = re.compile(r"[.!?…:;,][\"”’»)\]]*$")
_STARTS_HEADING = re.compile(r"[\"“‘«(]?[A-ZÀ-ÖØ-Þ0-9]")
_LIST_ITEM = re.compile(
    r"[•*+o–-]\s|[\"“‘']{0,2}\((?:\d{1,3}|[A-Za-z]|[ivxIVX]+)\)\s|(?:\d{1,3}|[a-z]|[ivx]+)[.)]\s"
)
_WORD = re.compile(r"[^\W\d_]{4,}")

Kind = Literal["heading", "paragraph", "line"]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with its level, a paragraph, or a line of a list or table.

    `lead` says how much of a paragraph is set in bold at its beginning.
    """

    text: str
    kind: Kind = "paragraph"
    level: int = 0
    lead: Literal["none", "part", "all"] = "none"


def is_list_item(line: str) -> bool:
    """Whether the line begins as an item of a list does."""
    return _LIST_ITEM.match(line) is not None


def is_bare(line: str) -> bool:
    """Whether a line is short, begins as a title does and ends like no sentence."""
    return (
        3 <= len(line) < HEADING_CHARS
        and "\n" not in line
        and _STARTS_HEADING.match(line) is not None
        and _ENDS_SENTENCE.search(line) is None
        and not is_list_item(line)
    )


def could_head(line: str, body: str) -> bool:
    """Whether a bare line may be the heading of the longer paragraph `body` after it."""
    return (
        is_bare(line)
        and not is_list_item(body)
        and len(body) >= max(BODY_CHARS, LONGER * len(line))
    )


def promote(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with bare paragraphs that stand as headings made headings.

    Such a line is in title case or wholly bold, and one level below the last marked heading.
    """
    found: list[Block] = []
    marked = 0
    for i, block in enumerate(blocks):
        body = blocks[i + 1] if i + 1 < len(blocks) else None
        marked = block.level if block.kind == "heading" else marked
        promoted = (
            block.kind == "paragraph" and body is not None and _stands_as_heading(block, body)
        )
        found.append(replace(block, kind="heading", level=marked + 1) if promoted else block)
    return found


def _stands_as_heading(block: Block, body: Block) -> bool:
    if block.kind != "paragraph" or body.kind != "paragraph" or block.lead == "part":
        return False
    titled = block.lead == "all" or _in_title_case(block.text)
    return titled and could_head(block.text, body.text)


def _in_title_case(line: str) -> bool:
    words = _WORD.findall(line)
    return bool(words) and all(word[0].isupper() for word in words)


def write(blocks: Iterable[Block], builder: TextBuilder) -> None:
    """Adds the blocks to the text, in order."""
    for block in blocks:
        match block.kind:
            case "heading":
                builder.heading(block.text, block.level)
            case "line":
                builder.line(block.text)
            case "paragraph":
                builder.paragraph(block.text)


def first_heading(blocks: Iterable[Block]) -> str | None:
    """The text of the highest heading, the first of its level."""
    headings = [block for block in blocks if block.kind == "heading"]
    return min(headings, key=lambda block: block.level).text if headings else None
