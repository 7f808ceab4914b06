"""Tables of HTML as lines that can be read and quoted one row at a time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lxml import html

from ingest.loaders.blocks import Block

PLACE = "attache-table"  # the class of what stands where a table was
_MARK = re.compile("\uf8fe(\\d+)\uf8ff")  # in what stands there: the number of the table
_DASHES = re.compile(r"-{2,}")


def take_out(tree: html.HtmlElement) -> list[list[str]]:
    """The lines of every table of the tree, which a mark replaces; tables for layout dissolve.

    Laying out a page takes long, and rows need none.
    """
    found: list[list[str]] = []
    for table in list(tree.iter("table")):
        if _is_layout(table):
            _unwrap(table)
        else:
            _replace(table, f"\uf8fe{len(found)}\uf8ff")
            found.append(_lines(table))
    return found


def put_back(blocks: Iterable[Block], rows: Sequence[Sequence[str]]) -> Iterator[Block]:
    """The blocks, with the lines of each table where its mark stands."""
    for block in blocks:
        parts = _MARK.split(block.text)
        for i, part in enumerate(parts):
            if i % 2 == 0:
                if len(parts) == 1 or any(character.isalnum() for character in part):
                    yield replace(block, text=part.strip())
            elif int(part) < len(rows):
                yield from (Block(row, "line") for row in rows[int(part)])


def _is_layout(table: html.HtmlElement) -> bool:
    """Whether the table arranges a page: tables or headings in it, or one cell a row."""
    if next(table.iterdescendants("table", "h1", "h2", "h3"), None) is not None:
        return True
    return all(len(_cells(row)) < 2 for row in table.iter("tr"))


def _unwrap(table: html.HtmlElement) -> None:
    for part in list(table.iter("td", "th", "caption")):
        part.tag = "div"
    for part in list(table.iter("thead", "tbody", "tfoot", "tr", "colgroup", "col")):
        part.drop_tag()
    table.tag = "div"


def _replace(table: html.HtmlElement, mark: str) -> None:
    caption = table.find("caption")
    box = html.Element("div")
    if caption is not None:
        box.append(_line("p", _words(caption), {}))
    box.append(_line("div", mark, {"class": PLACE}))
    box.tail = table.tail
    parent = table.getparent()
    if parent is not None:
        parent.replace(table, box)


def _lines(table: html.HtmlElement) -> list[str]:
    """Each row as `Header: cell; Header: cell`, or as `a | b` where there is no header."""
    rows = [_cells(row) for row in table.iter("tr")]
    rows = [row for row in rows if row]
    headed = len(rows) > 1 and _is_header(rows[0])
    if headed and not any(map(_says_something, rows[0])):
        # What stands for a header names no column; the row below may.
        rows = rows[1:]
        headed = len(rows) > 1 and all(map(_is_emphasised, rows[0]))
    header = [_words(cell).strip("* ") for cell in rows[0]] if headed else []
    return [line for row in rows[1 if header else 0 :] if (line := _row(row, header))]


def _row(cells: list[html.HtmlElement], header: list[str]) -> str:
    words = [_words(cell) for cell in cells]
    if header and len(header) == len(words):
        pairs = zip(header, words, strict=True)
        return "; ".join(f"{name}: {word}" if name else word for name, word in pairs if word)
    if len(cells) == 2 and cells[0].tag == "th" and all(words):
        return f"{words[0].rstrip(':')}: {words[1]}"
    return " | ".join(word for word in words if word)


def _is_header(cells: list[html.HtmlElement]) -> bool:
    return all(cell.tag == "th" for cell in cells)


def _says_something(cell: html.HtmlElement) -> bool:
    return any(character.isalnum() for character in _words(cell))


def _is_emphasised(cell: html.HtmlElement) -> bool:
    """Whether all that the cell says is emphasised, be it by stars that mark nothing up."""
    words = _words(cell)
    inside = " ".join(_words(part) for part in cell.iter("em", "strong", "b", "i"))
    starred = words.startswith("*") and words.endswith("*")
    return _says_something(cell) and (starred or inside == words)


def _cells(row: html.HtmlElement) -> list[html.HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _words(cell: html.HtmlElement) -> str:
    """The cell's text on one line; what stands in separate elements stays apart.

    Dashes stand for nothing.
    """
    words = " ".join(" ".join(str(part) for part in cell.itertext()).split())
    return "" if _DASHES.fullmatch(words) else words


def _line(tag: str, text: str, attributes: dict[str, str]) -> html.HtmlElement:
    element = html.Element(tag, attributes)
    element.text = text
    return element
