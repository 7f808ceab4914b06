"""Chunks: whole sentences of one section, as many as the embedder reads well."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.grounding.sentences import Sentence, each_sentence
from assistant.library.ids import chunk_id
from assistant.ports import TextEncoder
from assistant.types import Chunk, DocumentId, LoadedDocument, Page, VersionId
from ingest.pieces import AIM, TINY, Piece, Pieces, fill
from ingest.sections import Section, common, levels_of_titles, sections

MAX_TOKENS = 256
CONTEXT_TOKENS = 48
SPECIAL_TOKENS = 2  # the embedder's own, at both ends
LONGEST_WORD = 400  # characters
_COUNTED_AT_ONCE = 20_000  # sentences; more would fill the memory and be no faster


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    headings: tuple[str, ...]
    context: str


def split(
    document: LoadedDocument,
    document_id: DocumentId,
    version_id: VersionId,
    encoder: TextEncoder,
) -> tuple[Chunk, ...]:
    """The chunks of a document in order: spans that never overlap and leave no sentence out."""
    splitter = _Splitter(document, encoder)
    return tuple(
        Chunk(
            chunk_id=chunk_id(document_id, version_id, span.start, span.end),
            ordinal=ordinal,
            start=span.start,
            end=span.end,
            text=document.text[span.start : span.end],
            headings=span.headings,
            page=_page_at(document.pages, span.start),
            context=span.context,
        )
        for ordinal, span in enumerate(splitter.spans())
    )


class _Splitter:
    """Cuts one document; every text whose tokens are asked for is counted once, in batches."""

    def __init__(self, document: LoadedDocument, encoder: TextEncoder) -> None:
        self._text = document.text
        self._encoder = encoder
        self._limit = min(encoder.max_tokens, MAX_TOKENS) - SPECIAL_TOKENS
        self._sections = sections(document)
        over = levels_of_titles(document)
        self._names = frozenset(self._text[one.start : one.end] for one in over)
        self._contexts = self._shortened_contexts(document.metadata.title)
        self._pieces = self._measured_pieces(document.metadata.language)
        self._leads = self._heading_tokens()

    def spans(self) -> Iterator[_Span]:
        """The spans of the chunks, in order."""
        for group in self._groups():
            if len(group) > 1:
                yield self._merged([self._sections[i] for i in group])
            else:
                yield from self._filled(group[0])

    def _shortened_contexts(self, title: str) -> dict[tuple[str, ...], tuple[str, int]]:
        """Title and headings of every path met, cut to the tokens a context may have."""
        paths = {section.headings for section in self._sections}
        paths |= {path[:depth] for path in paths for depth in range(len(path))}
        ordered = sorted(paths)
        variants = [_variants(title, path, self._names) for path in ordered]
        counts = iter(self._count([text for texts in variants for text in texts]))
        found: dict[tuple[str, ...], tuple[str, int]] = {}
        room = min(CONTEXT_TOKENS, self._limit // 4)
        for path, texts in zip(ordered, variants, strict=True):
            measured = [(text, next(counts)) for text in texts]
            found[path] = next((pair for pair in measured if pair[1] <= room), ("", 0))
        return found

    def _measured_pieces(self, language: str | None) -> list[Pieces]:
        """The sentences of every section with their tokens, those too long cut."""
        found = (
            (number, sentence)
            for number, section in enumerate(self._sections)
            for sentence in each_sentence(self._text, language, section.start, section.end)
        )
        rooms = [self._room(section.headings) for section in self._sections]
        pieces = [Pieces() for _ in self._sections]
        for number, piece in self._measured(found):
            pieces[number].extend(self._cut(piece, rooms[number]))
        return pieces

    def _measured(self, found: Iterator[tuple[int, Sentence]]) -> Iterator[tuple[int, Piece]]:
        """The sentences with their tokens, counted many at once but never all."""
        while some := list(islice(found, _COUNTED_AT_ONCE)):
            counts = self._count([sentence.text for _, sentence in some])
            for (number, one), tokens in zip(some, counts, strict=True):
                yield number, (one.start, one.end, tokens)

    def _heading_tokens(self) -> list[int]:
        """For each section, the tokens of the headings between it and the one before."""
        ends = [0, *(section.end for section in self._sections)]
        return self._count(
            [
                self._text[end : section.start]
                for end, section in zip(ends, self._sections, strict=False)
            ]
        )

    def _room(self, headings: tuple[str, ...]) -> int:
        return max(1, self._limit - self._contexts[headings][1])

    def _cut(self, piece: Piece, room: int) -> Iterator[Piece]:
        """The piece, or where it is too long its parts, cut at white space if it has any."""
        start, end, tokens = piece
        if tokens <= room and end - start <= LONGEST_WORD * room:
            yield piece
            return
        words = self._fitting(list(_words(self._text, start, end)), room)
        first, total = words[0][0], 0
        last = first
        for begin, stop, count in words:
            if total and total + count > min(AIM, room):
                yield first, last, total
                first, total = begin, 0
            last = stop
            total += count
        yield first, last, total

    def _fitting(self, words: list[tuple[int, int]], room: int) -> list[Piece]:
        """The words with their tokens; one that alone is too long is halved until it fits."""
        counts = self._count([self._text[start:end] for start, end in words])
        fitting: list[Piece] = []
        for (start, end), count in zip(words, counts, strict=True):
            if count <= room or end - start < 2:
                fitting.append((start, end, count))
            else:
                middle = (start + end) // 2
                fitting.extend(self._fitting([(start, middle), (middle, end)], room))
        return fitting

    def _groups(self) -> Iterator[list[int]]:
        """Sections by number; several together where they are tiny and belong together."""
        group: list[int] = []
        total = 0
        for i, section in enumerate(self._sections):
            tokens = self._leads[i] + self._pieces[i].total
            small = min(total, tokens) < TINY
            if group and small and total + tokens <= AIM and self._belongs(group, section):
                group.append(i)
                total += tokens
                continue
            if group:
                yield group
            group, total = [i], tokens
        if group:
            yield group

    def _belongs(self, group: list[int], section: Section) -> bool:
        """Whether the section is under the same parent as the group, or under the group's first."""
        first = self._sections[group[0]].headings
        shared = len(common(first, section.headings))
        return shared >= len(first) - 1 and shared >= min(len(first), len(section.headings)) - 1

    def _merged(self, group: Sequence[Section]) -> _Span:
        """One span over several sections, under the headings they share."""
        shared = group[0].headings
        for section in group[1:]:
            shared = common(shared, section.headings)
        # A heading that is not theirs all is part of the text, so that each says what it is of.
        whole = len(shared) == len(group[0].headings)
        start = group[0].start if whole else group[0].heading_start
        return self._span(start, group[-1].end, shared)

    def _filled(self, number: int) -> Iterator[_Span]:
        """The spans of one section: filled to the aim, closed at paragraphs where it may be."""
        section, pieces = self._sections[number], self._pieces[number]
        room = self._room(section.headings)
        for first, last in fill(self._text, pieces, room):
            yield self._span(pieces[first][0], pieces[last][1], section.headings)

    def _span(self, start: int, end: int, headings: tuple[str, ...]) -> _Span:
        return _Span(start, end, headings, self._contexts[headings][0])

    def _count(self, texts: list[str]) -> list[int]:
        return self._encoder.count_tokens(texts) if texts else []


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words between, those beyond all measure cut."""
    at = start
    for word in text[start:end].split():
        begin = text.index(word, at, end)
        at = begin + len(word)
        for cut in range(begin, at, LONGEST_WORD):
            yield cut, min(cut + LONGEST_WORD, at)


def _variants(title: str, headings: tuple[str, ...], names: frozenset[str]) -> list[str]:
    """Title and headings, fullest first; what is cut last is the nearest heading.

    Of those above it the one that names a text in its own language is cut last.
    """
    full = [title, *(part for part in headings if part != title)]
    nearest = full[-1]
    named = [[part, nearest] for part in headings[:-1] if part in names]
    shorter = ([title, nearest] if len(full) > 1 else [title], [nearest], [_clipped(nearest)])
    return [" > ".join(parts) for parts in (full, *named, *shorter)]


def _clipped(line: str) -> str:
    return " ".join(line[:100].split()[:16])


def _page_at(pages: Sequence[Page], place: int) -> int | None:
    """The number of the page the place is on; None for a document without pages."""
    if not pages:
        return None
    return pages[max(0, bisect_right(pages, place, key=lambda page: page.start) - 1)].number
