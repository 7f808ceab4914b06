"""Pieces: sentences with their tokens, by the million if need be, and how they fill chunks."""

from array import array
from collections.abc import Iterable, Iterator, Sequence

AIM = 180
TINY = 48  # tokens; a section with less joins its siblings

Piece = tuple[int, int, int]  # start, end and tokens of a sentence, or of a part of a long one


class Pieces:
    """Pieces in order, as numbers side by side: a tuple each takes ten times the memory."""

    def __init__(self) -> None:
        self._numbers = array("q")
        self.total = 0

    def __len__(self) -> int:
        return len(self._numbers) // 3

    def __getitem__(self, number: int) -> Piece:
        start, end, tokens = self._numbers[3 * number : 3 * number + 3]
        return start, end, tokens

    def extend(self, pieces: Iterable[Piece]) -> None:
        """Adds pieces, and their tokens to the total."""
        for piece in pieces:
            self._numbers.extend(piece)
            self.total += piece[2]


def fill(text: str, pieces: Pieces, room: int) -> Iterator[tuple[int, int]]:
    """First and last piece of each chunk of a section."""
    aim = min(AIM, room)
    remaining = _left_in_paragraph(text, pieces)
    bounds: list[list[int]] = []
    totals: list[int] = []
    for i in range(len(pieces)):
        tokens = pieces[i][2]
        opens = i == 0 or "\n\n" in text[pieces[i - 1][1] : pieces[i][0]]
        total = totals[-1] if totals else 0
        # At a new paragraph, one that would not fit whole begins its own chunk.
        wanted = remaining[i] if opens and total > aim // 2 else tokens
        within = total + wanted <= aim or (total < aim // 2 and total + tokens <= room)
        if bounds and within:
            bounds[-1][1] = i
            totals[-1] += tokens
        else:
            bounds.append([i, i])
            totals.append(tokens)
    if len(bounds) > 1 and totals[-1] < TINY and totals[-2] + totals[-1] <= room:
        bounds[-2:] = [[bounds[-2][0], bounds[-1][1]]]
    return ((first, last) for first, last in bounds)


def _left_in_paragraph(text: str, pieces: Pieces) -> Sequence[int]:
    """For each piece, the tokens from it to the end of its paragraph."""
    left = array("q", (pieces[i][2] for i in range(len(pieces))))
    for i in range(len(pieces) - 2, -1, -1):
        if "\n\n" not in text[pieces[i][1] : pieces[i + 1][0]]:
            left[i] += left[i + 1]
    return left
