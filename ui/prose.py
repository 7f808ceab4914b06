"""The text of an answer as paragraphs, lists, proved sentences and markers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from api.answer_schemas import SentenceOut
from ui.markup import esc, quiet
from ui.words import Words

_MARKERS = re.compile(r"[ \t]*\[(\d{1,4}(?:\s*,\s*\d{1,4})*)\]")
_BULLET = re.compile(r"[ \t]*[-•*–][ \t]+(?=\S)")
_TRAILING = re.compile(r"(?:[ \t]*\[\d+\])+")
# A longer last word may break, and its marker with it.
_LONGEST_TAIL = 24
# How an answer's text strikes or flags a sentence, for those who get the text alone.
_STROKE = "~~"
_FLAG = " [not supported]"
_PROOFS = {
    "quoted": "Quoted word for word",
    "supported": "Checked against its sources",
    "unsupported": "No source in the library supports this sentence",
}

Span = tuple[int, int]
Titles = Mapping[int, str] | None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a list, with the spans of its lines; a bullet is no part of its line."""

    tag: Literal["p", "ul"]
    spans: tuple[Span, ...]


def blocks(text: str) -> list[Block]:
    """The paragraphs and lists of a plain text, in order; blank lines divide them."""
    found: list[Block] = []
    fresh = True
    for start, end in _lines(text):
        if not text[start:end].strip():
            fresh = True
            continue
        bullet = _BULLET.match(text, start, end)
        tag: Literal["p", "ul"] = "ul" if bullet else "p"
        span = (bullet.end() if bullet else start, end)
        if found and found[-1].tag == tag and (tag == "ul" or not fresh):
            found[-1] = Block(tag, (*found[-1].spans, span))
        else:
            found.append(Block(tag, (span,)))
        fresh = False
    return found


def render_prose(
    say: Words,
    text: str,
    sentences: Sequence[SentenceOut] = (),
    titles: Titles = None,
) -> str:
    """The text as HTML. `titles` names the source of each marker that can be opened.

    Without titles, as while an answer is still streaming, every marker is a number only. With
    them, a bracketed number that is no marker stays as written: `[2023]` in a source's own words.
    """
    parts = []
    for block in blocks(text):
        lines = [_line(say, text, span, sentences, titles) for span in block.spans]
        if block.tag == "p":
            parts.append(f"<p>{'<br>'.join(lines)}</p>")
        else:
            parts.append(f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>")
    return "".join(parts)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _line(
    say: Words, text: str, span: Span, sentences: Sequence[SentenceOut], titles: Titles
) -> str:
    """One line, its sentences marked with their verdicts; text between them stays plain."""
    start, end = span
    parts = []
    at = start
    for sentence in sorted(sentences, key=lambda s: s.start):
        first, last = max(sentence.start, at), min(sentence.end, end)
        if first >= last:
            continue
        # The markers behind a sentence are drawn with it, and so never begin a line.
        if trailing := _TRAILING.match(text, last, end):
            last = trailing.end()
        struck = sentence.verdict == "unsupported" and _struck(text, first, last)
        parts.append(_with_markers(say, text[at : first - len(_STROKE) * struck], titles))
        parts.append(_sentence(say, text[first:last], sentence, titles, struck=struck))
        at = last + len(_STROKE) * struck
        if sentence.verdict == "unsupported" and text.startswith(_FLAG, at):
            at += len(_FLAG)
    parts.append(_with_markers(say, text[at:end], titles))
    return "".join(parts)


def _struck(text: str, start: int, end: int) -> bool:
    return text[:start].endswith(_STROKE) and text.startswith(_STROKE, end)


def _sentence(
    say: Words, words: str, sentence: SentenceOut, titles: Titles, *, struck: bool
) -> str:
    drawn, flag = _with_markers(say, words, titles), ""
    proof = say(_PROOFS[sentence.verdict])
    if sentence.verdict == "unsupported":
        why = esc(sentence.problem or proof)
        flag = f'<span class="flag" title="{why}">{esc(say("not supported"))}</span>'
    return (
        f'<span class="sentence {sentence.verdict}" data-proof="{esc(proof)}">'
        f"{f'<s>{drawn}</s>' if struck else drawn}{flag}</span>"
    )


def _with_markers(say: Words, words: str, titles: Titles) -> str:
    """The words escaped, with `[1]` and `[1, 2]` as superscript links or plain numbers."""
    parts = []
    at = 0
    for match in _MARKERS.finditer(words):
        numbers = [int(number) for number in match[1].split(",")]
        if titles is not None and not all(number in titles for number in numbers):
            continue
        markers = "".join(_marker(say, number, titles) for number in numbers)
        parts.append(_held_together(words[at : match.start()], markers))
        at = match.end()
    parts.append(quiet(words[at:]))
    return "".join(parts)


def _held_together(words: str, markers: str) -> str:
    """The words and their markers, the last word on the same line as the markers."""
    space = words.rfind(" ") + 1
    if not space < len(words) <= space + _LONGEST_TAIL:
        return quiet(words) + markers
    return f'{quiet(words[:space])}<span class="tail">{esc(words[space:])}{markers}</span>'


def _marker(say: Words, number: int, titles: Titles) -> str:
    if titles is None:
        return f'<sup class="marker">{number}</sup>'
    title = titles[number]
    label = say("Source {number}: {title}. Show the quotation", number=number, title=title)
    return (
        f'<sup><button type="button" class="marker" data-marker="{number}" '
        f'aria-label="{esc(label)}">{number}</button></sup>'
    )
