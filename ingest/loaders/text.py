"""Plain text: paragraphs by blank lines, or one a line; headings are bare lines."""

import re
from dataclasses import replace

from assistant.types import LoadedDocument, Metadata
from ingest.loaders import front_matter
from ingest.loaders.banners import banner
from ingest.loaders.blocks import Block, could_head, is_bare, is_list_item, write
from ingest.loaders.decode import read_text
from ingest.loaders.lines import Line
from ingest.loaders.metadata import groups_said, readable_title, together
from ingest.loaders.origin import settled
from ingest.loaders.paragraphs import Vocabulary
from ingest.normalise import TextBuilder, paragraphs
from ingest.parsed import Reading
from ingest.sources import Source

MEDIA_TYPE = "text/plain"
WRAPPED_AT = 100  # characters; no line longer than this means that lines were broken to fit
FULL = 0.7  # of the longest line: a line this long goes on in the next

_SENTENCE_END = re.compile(r"[.!?][\"”’»)\]]*$")
_HYPHEN = re.compile(r"[^\W\d_]-$")
_UNDERLINE = re.compile(r"[=\-_*~#]{3,}$")


def load(source: Source, data: bytes, _reading: Reading) -> LoadedDocument:
    """The document in the bytes of a text file."""
    text, warnings = read_text(data)
    blocks = blocks_of(text)
    builder = TextBuilder()
    write(blocks, builder)
    front = front_matter.read(text.replace("\r\n", "\n"))
    marking = together([front.marking, banner(block.text for block in blocks[:3])])
    metadata = Metadata(
        source.title or _title(blocks, source.name), marking=marking, groups=groups_said(front.said)
    )
    loaded = replace(
        builder.build(metadata, MEDIA_TYPE), warnings=(*warnings, *filter(None, [front.warning]))
    )
    return settled(loaded, source.name)


def _title(blocks: list[Block], name: str) -> str:
    """The first line, where it is a title; else the file's name made readable."""
    first = next((block for block in blocks if not banner([block.text])), None)
    titled = first is not None and (
        first.kind == "heading" or (first.kind == "paragraph" and is_bare(first.text))
    )
    return first.text if titled and first is not None else readable_title(name)


def blocks_of(text: str) -> list[Block]:
    """Headings, paragraphs and items, in order."""
    parts = [part.split("\n") for part in paragraphs(text)]
    lines = (Line(line, divided=line.endswith("-")) for part in parts for line in part)
    vocabulary = Vocabulary(lines)
    units = [unit for part in parts for unit in _units(part, vocabulary)]
    found: list[Block] = []
    for unit, body in zip(units, [*units[1:], ""], strict=True):
        if is_list_item(unit) and "\n" not in unit:
            found.append(Block(unit, "line"))
        elif could_head(unit, body):
            found.append(Block(unit, "heading", 1))
        else:
            found.append(Block(unit))
    return found


def _units(lines: list[str], vocabulary: Vocabulary) -> list[str]:
    """The paragraphs among lines that have no blank line between them."""
    kept = [line for line in lines if line and not _UNDERLINE.match(line)]
    longest = max((len(line) for line in kept), default=0)
    if not _is_wrapped(kept, longest):
        return kept
    units: list[str] = []
    full = False
    for line in kept:
        if units and _HYPHEN.search(units[-1]):
            units[-1] = vocabulary.join(units[-1], line)
        elif units and not is_list_item(line):
            units[-1] += f" {line}" if full else f"\n{line}"
        else:
            units.append(line)
        full = len(line) >= FULL * longest
    return units


def _is_wrapped(lines: list[str], longest: int) -> bool:
    """Whether lines were broken to fit: none is long, and full ones seldom end a sentence."""
    if longest > WRAPPED_AT:
        return False
    full = [line for line in lines[:-1] if len(line) >= FULL * longest]
    ended = sum(_SENTENCE_END.search(line) is not None for line in full)
    return 2 * ended < max(1, len(full))
