"""What a file holds and its reader is not shown: characters without a shape, hidden words."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.instructions import spoken

Disguise = Literal["hidden", "invisible", "carrier"]

_MOST_BYTES = 16 * 1024 * 1024
_TEXT_SAMPLE = 4096
_MARKUP = (".xml", ".xhtml", ".html", ".htm", ".rels")
_TAG = re.compile(r"<[^<>]{0,4000}>")

# A flag of a region is a black flag and tags: nothing is hidden in it.
_TAGS = re.compile("(?<!\U0001f3f4)(?<![\U000e0020-\U000e007f])[\U000e0020-\U000e007e]{4,}")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}")
_TURNED = re.compile("[\u202e\u202b\u2067][^\u202c\u2069\n]{0,40}?[A-Za-z]{3}")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ZERO = "\u200b-\u200d\u2060-\u2064\ufeff\u180e"
_WITHIN_WORDS = re.compile(f"(?<=[A-Za-zÀ-ɏ])[{_ZERO}]+(?=[A-Za-zÀ-ɏ])")
_LONG_RUN = re.compile(f"[{_ZERO}]{{8,}}")
_FEWEST_WITHIN = 5
"""Places in one file: below, they are left over from a page or a word processor."""

# An image whose address has a blank to fill in, or a name for what is to be put into it.
_WHAT = r"(?:data|secret|leak|exfil\w*|prompt|conversation|history|answer|question|context|token)"
_BLANK = r"(?:\{|\[|<|\$|%7B|%5B|…|\.\.\.)"
# The same as the whole of a value: "?d=history".
_TO_FILL = rf"https?://[^\s)\"'>]*?[?&]\w+={_WHAT}(?![\w-])[^\s)\"'>]*"
_CARRIER = re.compile(
    rf"!?\[[^\]\n]{{0,200}}\]\(\s*<?(https?://[^\s)]*?[?&/]{_WHAT}=(?:{_BLANK})?[^\s)]*"
    rf"|https?://[^\s)]*?=\s*{_BLANK}[^)\n]*)\)"
    rf"|!\[[^\]\n]{{0,200}}\]\(\s*<?({_TO_FILL})"
    rf"|<img[^>]{{0,300}}?src\s*=\s*[\"']?({_TO_FILL})"
    rf"|<img[^>]{{0,300}}?src\s*=\s*[\"']?(https?://[^\s\"'>]*?[?&]{_WHAT}={_BLANK}[^\s\"'>]*)"
    r"|\]\(\s*<?((?:javascript|data:text/html)[^\s)]{0,200})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Disguised:
    """Something hidden: `where` in the file, and the `words` or characters it is about."""

    kind: Disguise
    where: str
    words: str


def disguised(data: bytes, text: str) -> list[Disguised]:
    """What the bytes of a file hold that its reader is not shown; `text` is what was read."""
    shown = _folded(text)
    found = (one for name, view in _views(data) for one in _in_view(name, view, shown))
    return list(dict.fromkeys(found))


def _in_view(name: str, view: str, shown: str) -> Iterator[Disguised]:
    for words, start in _invisible(view):
        yield Disguised("invisible", _where(name, view, start), words)
    for match in _CARRIER.finditer(view):
        address = next(group for group in match.groups() if group)
        yield Disguised("carrier", _where(name, view, match.start()), address)
    # In Office files tags may cut a word, or be all that stands between two; elsewhere they have
    # attributes, which speak as well.
    views = [_TAG.sub("", view), _TAG.sub(" ", view)] if name else [view]
    for searched in views:
        for one in spoken(searched):
            if one.kind != "encoded" and _folded(one.words) not in shown:
                yield Disguised("hidden", _where(name, searched, one.start), one.words)


def _invisible(view: str) -> Iterator[tuple[str, int]]:
    if view.isascii():
        return
    if match := _TAGS.search(view):
        said = "".join(chr(ord(letter) - 0xE0000) for letter in match[0])
        yield f"U+E0000 tags that spell “{said[:60]}”", match.start()
    if match := _SELECTORS.search(view):
        yield f"{len(match[0])} variation selectors in a row", match.start()
    if (match := _TURNED.search(view)) and not _RIGHT_TO_LEFT.search(view):
        yield f"U+{ord(match[0][0]):04X}, which turns the order of letters", match.start()
    within = [match.start() for match in _WITHIN_WORDS.finditer(view)]
    if len(within) >= _FEWEST_WITHIN:
        yield f"characters without width inside {len(within)} words", within[0]
    elif match := _LONG_RUN.search(view):
        yield f"{len(match[0])} characters without width in a row", match.start()


def _views(data: bytes) -> Iterator[tuple[str, str]]:
    """The file as text, or each part of it that is: the name of the part, and its characters."""
    if data[:4] == b"PK\x03\x04":
        yield from _parts(data)
    elif data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield "", data[:_MOST_BYTES].decode("utf-16", "replace")
    elif b"\0" not in data[:_TEXT_SAMPLE] and data[:5] != b"%PDF-":
        view = data[:_MOST_BYTES].decode("utf-8", "replace")
        # Only pages spell characters by number; the lines stay as they are.
        yield "", html.unescape(view) if "&#" in view else view


def _parts(data: bytes) -> Iterator[tuple[str, str]]:
    room = _MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                if info.filename.lower().endswith(_MARKUP) and room > 0:
                    with archive.open(info) as part:
                        read = part.read(room)
                    room -= len(read)
                    yield info.filename, html.unescape(read.decode("utf-8", "replace"))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return  # what could be read was; the loader has its own say about damage


def _where(name: str, view: str, start: int) -> str:
    if name:
        return f"in its part {name[:80]}"
    return f"line {view.count(chr(10), 0, start) + 1} of the file"


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
