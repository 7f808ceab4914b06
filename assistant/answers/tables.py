"""Which row of a table tells what is asked: its key is named, and a header says the rest.

"Who led Post North?" is told by the row of Post North, in the column "Leading nation".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answers.counting import QUANTITY
from assistant.answers.evidence import CAUSE, TIME
from assistant.answers.grid import Cell, Grid, GridRow, Neighbours, grids
from assistant.answers.kinds import same_kind
from assistant.answers.pool import Pooled, Source
from assistant.answers.question import Expected, QuestionForm
from assistant.answers.reading import Part
from assistant.answers.rows import is_of_place, is_of_time, read_row
from assistant.grounding.terms import key_of
from assistant.retrieval.grammar import MONTHS
from assistant.retrieval.standalone import content_words
from assistant.types import Passage

Keys = frozenset[str]

_MOST = 10
_SENTENCE = re.compile(r"[^.!?\n]+")
_PARENTHESIS = re.compile(r"\s*\([^)]*\)")
# "Federal Republic of Germany" is Germany to whoever asks.
_FORMAL = re.compile(
    r"^(?:[\w’'-]+ )*(?:Republic|Kingdom|State|States|Federation|Union|Commonwealth) of (?:the )?"
)
_BETWEEN = re.compile(r",\s+(?:and\s+)?|\s+and\s+|;\s+")
_DATE = re.compile(
    rf"(?:\d{{1,2}} )?(?:(?P<month>{MONTHS}) )?(?P<year>1\d{{3}}|20\d\d)", re.IGNORECASE
)
_MONTH = re.compile(rf"(?:{MONTHS})", re.IGNORECASE)
_WHICH = re.compile(r"\b(?:which|what|quel(?:le)?s?)\s+(?P<noun>\w+)", re.IGNORECASE)
# For these words of a question a column of the kind is enough.
_MERE_WORDS = "take part place hold happen occur year date base locate situate station"
# A sentence that has two words of a header says what they mean.
_LINKED = 2
# "Lead" and "leader", "request" and "requesting" are one word.
_SHORTEST = 4
_LONGEST_ENDING = 3


@dataclass(frozen=True, slots=True)
class _Told:
    """The column of a row that tells, beside the one that is named; what fits better is less."""

    rank: tuple[int, ...]
    row: GridRow
    columns: tuple[int, int]

    def is_of(self, sought: str) -> bool:
        """Whether the header has what is asked for, "which article", or it is a place or time."""
        header = self.row.cells[self.columns[1]].header
        if not sought or is_of_place(header) or is_of_time(header):
            return True
        return any(_alike(sought, key) for key in _keys(header))


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a table: the keys of title, headings and prose, and the sentences."""

    keys: Keys
    sentences: tuple[str, ...]


def tabled(
    form: QuestionForm, question: str, passages: Sequence[Passage], neighbours: Neighbours
) -> list[Pooled]:
    """The rows that tell what is asked, cut to the columns that do; empty where none does."""
    if form.asks_contrast or form.asks_denial or form.asks_yes_or_no or form.asks_definition:
        return []
    asked = {word: _key_of(word) for word in content_words(question)}
    sought = _sought(question)
    found: list[_Told] = []
    for grid in grids(passages, neighbours):
        named = [(row, k, key) for row in grid.rows for k, key in _named(asked, row)]
        if named:
            around = _around(grid, passages)
            told = [t for row, k, key in named for t in _told(form, asked, row, (k, key), around)]
            found += [one for one in told if one.is_of(sought)]
    best = min((one.rank for one in found), default=())
    rows = {one.row: one for one in found[::-1] if one.rank == best}
    return [_as_sentence(one) for one in rows.values()][::-1][:_MOST]


def _sought(question: str) -> str:
    """The key of the noun that "which" or "what" asks for; empty where it asks for none."""
    found = _WHICH.search(question)
    noun = found["noun"] if found else ""
    keys = _keys(noun) - _keys(_MERE_WORDS)
    return next(iter(keys), "")


def _named(asked: Mapping[str, str], row: GridRow) -> Iterator[tuple[int, tuple[Keys, int]]]:
    """The cells that the question names, with the keys of the words that do.

    Beside these stands how many words more than the question's the name has.
    """
    for number, cell in enumerate(row.cells):
        names = (_name(asked, item) for item in _items(cell.text))
        if best := max((name for name in names if name), key=lambda n: len(n[0]), default=None):
            yield number, best


@lru_cache(maxsize=4096)
def _items(text: str) -> tuple[str, ...]:
    """What a cell names: all of it, and each item of it."""
    bare = _PARENTHESIS.sub("", text)
    return tuple(dict.fromkeys((bare, *_BETWEEN.split(bare))))


def _name(asked: Mapping[str, str], item: str) -> tuple[Keys, int] | None:
    if dated := _DATE.fullmatch(item):
        return _date(asked, dated)
    if not item[:1].isupper():
        return None
    words = _words_of(item)
    short, covered = _initials(asked, words)
    keys = frozenset(_key_of(word) for word in words if word not in covered)
    return (keys | short, 0) if (keys or short) and keys <= {*asked.values()} else None


@lru_cache(maxsize=4096)
def _words_of(item: str) -> tuple[str, ...]:
    return tuple(content_words(_FORMAL.sub("", item)))


def _date(asked: Mapping[str, str], dated: re.Match[str]) -> tuple[Keys, int] | None:
    """A date is named by its year, and by its month where the question has one."""
    own = {word.lower() for word in dated.group().split()}
    months = {word for word in asked if _MONTH.fullmatch(word)}
    if dated["year"] not in asked or not months <= own:
        return None
    shared = frozenset(asked[word] for word in asked if word in own)
    return shared, len(own) - len(shared)


def _initials(asked: Mapping[str, str], words: Sequence[str]) -> tuple[Keys, Keys]:
    """The keys of the initials that the question has of a name, and the words they stand for."""
    for start in range(len(words)):
        for end in range(len(words), start + 1, -1):
            letters = "".join(word[0] for word in words[start:end])
            if letters in asked:
                return frozenset({asked[letters]}), frozenset(words[start:end])
    return frozenset(), frozenset()


def _told(
    form: QuestionForm,
    asked: Mapping[str, str],
    row: GridRow,
    named: tuple[int, tuple[Keys, int]],
    around: _Around,
) -> Iterator[_Told]:
    """The other columns that say the rest of what is asked."""
    k, (keys, beyond) = named
    rest = frozenset(asked.values()) - keys
    headers = [_keys(one.header) for one in row.cells]
    spoken = around.keys.union(*headers)
    for number, cell in enumerate(row.cells):
        if number == k or not _is_of_kind(form, cell):
            continue
        said = frozenset(w for w in rest if any(_alike(w, other) for other in headers[number]))
        kind = _is_named_by_kind(form, cell.header)
        left = rest - said - (_keys(_MERE_WORDS) if kind or said else frozenset())
        unsaid = left - spoken if kind or said else left
        linked = frozenset(w for w in unsaid if _links(w, number, headers, around))
        others = (one.text for one in row.cells if one is not cell)
        left = (left - linked - spoken).difference(*map(_keys, others))
        if not left and (kind or said or linked):
            rank = (-len(keys), beyond, -len(said), -kind, -len(linked))
            yield _Told(rank, row, (k, number))


def _is_of_kind(form: QuestionForm, cell: Cell) -> bool:
    """Whether a cell may be what is asked for."""
    if form.expected is Expected.TIME:
        return TIME.search(cell.text) is not None
    if form.expected is Expected.QUANTITY:
        return QUANTITY.search(cell.text) is not None
    if form.expected is Expected.NAME:
        return _is_a_name(cell.text) and not is_of_place(cell.header)
    return True


def _is_a_name(text: str) -> bool:
    """Whether the first item is one: "Czechia, followed by Spain", but not "Repair of ships"."""
    words = [word for word in _BETWEEN.split(text)[0].split() if content_words(word)]
    return bool(words) and all(word[0].isupper() for word in words)


def _is_named_by_kind(form: QuestionForm, header: str) -> bool:
    if form.expected is Expected.TIME:
        return is_of_time(header)
    if form.asks_cause:
        return CAUSE.search(header) is not None
    return form.asks_place and is_of_place(header)


def _links(word: str, number: int, headers: Sequence[Keys], around: _Around) -> bool:
    """Whether a sentence says the word of what one header names, and of no other."""
    for keys in map(_keys, around.sentences):
        if word in keys:
            shared = [len(keys & header) for header in headers]
            others = max(shared[:number] + shared[number + 1 :])
            if shared[number] >= _LINKED and shared[number] > others:
                return True
    return False


def _alike(one: str, other: str) -> bool:
    if one == other or other in same_kind(frozenset({one})):
        return True
    short, long = sorted((one, other), key=len)
    ending = len(long) - len(short)
    return len(short) >= _SHORTEST and ending <= _LONGEST_ENDING and long.startswith(short)


def _around(grid: Grid, passages: Sequence[Passage]) -> _Around:
    stored = grid.rows[0].stored
    texts = [
        c.stored.chunk.text for p in passages for c in p.chunks if _is_of(p, stored.version_id)
    ]
    # What a row says of one thing does not say what the headers of others mean.
    lines = [line for text in (*texts, grid.prose) for line in text.split("\n")]
    prose = [said for line in lines if not read_row(line) for said in _SENTENCE.findall(line)]
    above = "\n".join((stored.metadata.title, *stored.chunk.headings, grid.prose))
    return _Around(_keys(above), tuple(dict.fromkeys(prose)))


def _is_of(passage: Passage, version_id: str) -> bool:
    return passage.stored.version_id == version_id


@lru_cache(maxsize=2048)
def _keys(text: str) -> Keys:
    return frozenset(map(_key_of, content_words(text)))


_key_of = lru_cache(maxsize=8192)(key_of)


def _as_sentence(told: _Told) -> Pooled:
    row = told.row
    text = row.stored.chunk.text[row.start : row.end]
    part = Part(text, row.start, row.end, bullet=False, leads=True)
    columns = () if row.label else tuple(sorted(told.columns))
    return Pooled(Source(row.stored, 0.0, 0.0), part, 1.0, row.label, columns)
