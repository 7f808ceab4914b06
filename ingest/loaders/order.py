"""The lines of a PDF page in the order they are read, where its content has them in another."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.loaders.lines import Line, read_lines
from ingest.loaders.pdfium import OpenPage

APART = 3.0  # sizes of print: white space that parts one piece of a page from the next
RISING = 3.0  # sizes of print: the most from one line up to the next of a list written upwards
COLUMN_LINES = 4  # lines of a piece that may be a column


def page_lines(page: OpenPage) -> list[Line]:
    """The lines of the page in reading order."""
    lines = read_lines(page)
    if not any(_rises(above, below) for above, below in pairwise(lines)):
        return lines
    return in_reading_order(lines)


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines with what was written out of turn in its place.

    A list written from its end is turned round, and pieces that stand one above the other are put
    so. Pieces side by side, as columns and the cells of a table, stay as the content has them.
    """
    if any(line.size <= 0 for line in lines):
        return list(lines)
    pieces = [_upright(piece) for piece in _pieces(lines)]
    if _has_columns(pieces):
        return [line for piece in pieces for line in piece]
    return [line for group in _stacked(pieces) for line in group]


def _rises(above: Line, below: Line) -> bool:
    return below.bottom > above.bottom + above.size / 2


def _pieces(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines that follow each other closely, downwards or upwards."""
    piece: list[Line] = []
    for line in lines:
        if piece and not _follows(piece, line):
            yield piece
            piece = []
        piece.append(line)
    if piece:
        yield piece


def _follows(piece: Sequence[Line], line: Line) -> bool:
    """Whether the line goes on with the piece in the piece's own direction."""
    last = piece[-1]
    step = last.bottom - line.bottom
    if step < -last.size / 2:
        upwards = len(piece) == 1 or _rises(piece[-2], last)
        return upwards and -step < RISING * last.size and line.left < last.right
    downwards = len(piece) == 1 or not _rises(piece[-2], last)
    return downwards and step < APART * max(last.size, line.size)


def _upright(piece: list[Line]) -> list[Line]:
    """The piece from its top; two lines alone are cells side by side as likely as a list."""
    upwards = len(piece) > 2 and _rises(piece[0], piece[1])
    return piece[::-1] if upwards else piece


def _extent(piece: Sequence[Line]) -> tuple[float, float]:
    """The lowest and the highest place of the piece."""
    return min(line.bottom for line in piece), max(line.bottom + line.size for line in piece)


def _has_columns(pieces: Sequence[Sequence[Line]]) -> bool:
    """Whether two longer pieces stand side by side."""
    long = [piece for piece in pieces if len(piece) >= COLUMN_LINES]
    placed = [
        (*_extent(piece), min(line.left for line in piece), max(line.right for line in piece))
        for piece in long
    ]
    return any(
        one[0] < other[1] and other[0] < one[1] and (one[3] <= other[2] or other[3] <= one[2])
        for i, one in enumerate(placed)
        for other in placed[i + 1 :]
    )


def _stacked(pieces: Sequence[list[Line]]) -> list[list[Line]]:
    """The pieces from top to bottom; those that overlap in height as one, in their order."""
    groups: list[tuple[float, float, list[int]]] = []
    for number in sorted(range(len(pieces)), key=lambda i: -_extent(pieces[i])[1]):
        low, high = _extent(pieces[number])
        if groups and high - groups[-1][0] > min(line.size for line in pieces[number]) / 2:
            lowest, highest, members = groups.pop()
            groups.append((min(lowest, low), highest, [*members, number]))
        else:
            groups.append((low, high, [number]))
    return [
        [line for number in sorted(members) for line in pieces[number]] for _, _, members in groups
    ]
