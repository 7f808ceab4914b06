"""Sentences of a text, as spans. The boundaries are sentencex's, mended where it is known to err.

A newline always ends a sentence: normalised texts break lines only between paragraphs and items.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sentencex  # type: ignore[import-untyped]  # it ships no types

DEFAULT_LANGUAGE = "en"
LONG = 600  # characters; an unclosed quotation makes sentencex swallow everything after it
WINDOW = 8_000  # characters; sentencex takes quadratic time on some longer lines

_LINE = re.compile(r"[^\n]+")
_TERMINATOR = re.compile(r"[.!?…][\"”’»)\]]*\s+(?=[\"“‘«(\[]?[A-Z0-9ÀÁÂÄÇÈÉÊËÎÏÔÖÙÛÜ])")
_OPENING_BRACKET = re.compile(r"\([^()\n]*[.!?…]\)\s+(?=[\"“«(\[]?[A-Z])|\[[^\[\]\n]*[.!?…]\]\s+")
_CLOSERS = re.compile(r"[”’»)\]\"']+(?=\s|$)")
_STRAY_OPENER = re.compile(r"(?<=\s)[\"'“‘«(\[]+$")
_LIST_NUMBER = re.compile(r"[\"“(\[•\-–*\s]*(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlIVXL]{1,6})[.)]")
_LAST_WORD = re.compile(r"(?:^|[\s(\[\"“«'’/–—-])((?:[^\W\d_]\.){2,}|[^\W\d_]+\.)$")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){2,}")
_DOUBLE_INITIAL = re.compile(r"(?:De|Di|Du|La|Le|Mac|Mc|Van)[A-Z]\.")  # as in "DeB. Holm"
_FIRST_WORD = re.compile(r"[\"“‘«(\[]*([^\W_]+)")
_NUMBER = re.compile(r"[(\[§]?\s?(?:\d|[IVXLC]+\b)")

_TITLES_LIST = (
    "mr mrs ms dr prof gen col lt maj capt cmdr cdr adm sgt cpl pvt brig sen rep gov pres hon amb "
    "st ste mt ft messrs mm m mme mmes mlle me hr fr v vs cf viz approx incl resp gem vgl bzw ggf "
    "ca sog eg ie e.g i.e z.b d.h u.a p.ex c.-à-d"
)
_TITLES = frozenset(_TITLES_LIST.split())
_BEFORE_NUMBERS_LIST = (
    "para paras par art arts no nos sec secs sect ch chap chaps vol vols p pp fig figs reg regs cl "
    "app s ss n nr nrs num al abs ziff anl bl eq tab ex op res doc rev ed c ca circ approx about "
    "jan feb mar apr jun jul aug sep sept oct nov dec janv févr fevr avr juil déc dez mrz okt "
    "lit let pt pts ser cap ord sch §"
)
_BEFORE_NUMBERS = frozenset(_BEFORE_NUMBERS_LIST.split())
_STARTERS_LIST = (
    "The This That These Those It Its He She They We You I In On At As If For But And Or So An A "
    "However When While After Before During There Here His Her Their Our What Who Where Why How "
    "Each Every Both All Many Some Most Since Although Because With By From To No Not Under"
)
_STARTERS = frozenset(_STARTERS_LIST.split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its span: `whole[start:end] == text`, without outer white space."""

    text: str
    start: int
    end: int


def sentences(
    text: str, language: str | None = None, start: int = 0, end: int | None = None
) -> list[Sentence]:
    """The sentences of `text[start:end]` in order, never overlapping, with spans of `text`.

    Args:
        text: normalised text; a newline is always a boundary.
        language: an ISO 639-1 code; English rules where none is given or known.
        start: where to begin, in code points.
        end: where to stop; the end of the text by default.
    """
    return list(each_sentence(text, language, start, end))


def each_sentence(
    text: str, language: str | None = None, start: int = 0, end: int | None = None
) -> Iterator[Sentence]:
    """What `sentences` gives, one at a time: a text of millions need not have all at once."""
    for begin, stop in _windows(text, start, len(text) if end is None else end):
        for first, last in _spans(text[begin:stop], language or DEFAULT_LANGUAGE):
            yield Sentence(text[begin + first : begin + last], begin + first, begin + last)


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of the text; one that is very long is cut, after a full stop where it has one."""
    for line in _LINE.finditer(text, start, end):
        begin, stop = line.span()
        while stop - begin > WINDOW:
            cut = _last_cut(text, begin, begin + WINDOW)
            yield begin, cut
            begin = cut
        yield begin, stop


def _last_cut(text: str, begin: int, limit: int) -> int:
    for mark in (". ", " "):
        found = text.rfind(mark, begin + WINDOW // 2, limit)
        if found > 0:
            return found + len(mark)
    return limit


def _spans(line: str, language: str) -> Iterator[tuple[int, int]]:
    """The trimmed spans of one line's sentences."""
    opened = 0
    for cut in _boundaries(line, language):
        if cut <= opened or _joins(line, opened, cut):
            continue
        yield from _trimmed(line, opened, cut)
        opened = cut
    yield from _trimmed(line, opened, len(line))


def _trimmed(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    body = line[start:end]
    stripped = body.strip()
    if stripped:
        first = start + len(body) - len(body.lstrip())
        yield first, first + len(stripped)


def _boundaries(line: str, language: str) -> Iterator[int]:
    """Places inside the line where a sentence may end, ascending."""
    for piece in sentencex.get_sentence_boundaries(language, line):
        first, last = piece["start_index"], piece["end_index"]
        bracketed = _OPENING_BRACKET.match(line, first, last)
        if bracketed:
            yield bracketed.end()
        if last - first > LONG:
            yield from (cut.end() for cut in _TERMINATOR.finditer(line, first, last))
        if last < len(line):
            yield _settle_quotes(line, first, last)


def _settle_quotes(line: str, start: int, cut: int) -> int:
    """Moves a boundary so that closing quotes stay before it and opening ones after it."""
    closers = _CLOSERS.match(line, cut)
    if closers and not line[cut - 1].isspace():
        return closers.end()
    stray = _STRAY_OPENER.search(line, max(start, cut - 4), cut)
    return stray.start() if stray else cut


def _joins(line: str, start: int, cut: int) -> bool:
    """Whether the boundary at `cut` is none: an abbreviation, an initial or a list number."""
    before = line[start:cut].rstrip() if cut - start < 40 else line[cut - 40 : cut].rstrip()
    if cut - start < 40 and _LIST_NUMBER.fullmatch(before):
        return True
    word = _LAST_WORD.search(before)
    return word is not None and _abbreviates(word.group(1), line[cut : cut + 40].lstrip())


def _abbreviates(word: str, after: str) -> bool:
    """Whether `word`, which ends in a full stop, goes on in what comes `after` it."""
    stem = word[:-1].lower()
    if stem in _TITLES:
        return True
    if stem in _BEFORE_NUMBERS and _NUMBER.match(after):
        return True
    first = _FIRST_WORD.match(after)
    initials = _ACRONYM.fullmatch(word) or len(stem) == 1 or _DOUBLE_INITIAL.fullmatch(word)
    if first is None or not initials:
        return False
    follower = first.group(1)
    return not follower[0].isdigit() and follower not in _STARTERS
