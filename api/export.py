"""A conversation as a document that can be passed on."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from api.answer_schemas import AnswerOut, CitationOut
from api.conversation_schemas import ConversationOut
from api.filenames import name_of

# What Markdown reads as markup: text of documents and questions is text here too.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_MARKER = re.compile(r"\[(\d+)\]")


def as_markdown(conversation: ConversationOut, marking: str | None = None) -> str:
    """The conversation in Markdown: each question a heading, each citation a footnote.

    `marking` is that of the whole, which stands at its head and at its end.
    """
    banner = f"**{_plain(marking)}**" if marking else ""
    parts = [banner, f"# {_plain(conversation.title)}", _dated(conversation)]
    for turn in conversation.items:
        parts += [
            f"## {_plain(turn.question)}",
            _marked(turn.answer),
            _answer(turn.number, turn.answer),
        ]
    notes = [_note(t.number, c) for t in conversation.items for c in t.answer.citations]
    return "\n\n".join(filter(None, [*parts, *notes, banner])) + "\n"


def _dated(conversation: ConversationOut) -> str:
    count = len(conversation.items)
    asked = "1 question" if count == 1 else f"{count} questions"
    return (
        f"{asked}, begun {_day(conversation.created_at)}, "
        f"last asked {_day(conversation.updated_at)}."
    )


def _marked(answer: AnswerOut) -> str:
    known = [f"As of {_day(answer.as_of)}."]
    if answer.marking:
        known.insert(0, f"**{_plain(answer.marking)}**")
    return " ".join(known)


def _answer(number: int, answer: AnswerOut) -> str:
    """The text with its markers as footnotes, which are numbered by turn."""
    markers = {citation.marker for citation in answer.citations}

    def footnote(match: re.Match[str]) -> str:
        marker = int(match.group(1))
        return f"[^{number}-{marker}]" if marker in markers else _plain(match.group())

    pieces = _between(answer.answer, _MARKER.finditer(answer.answer))
    text = "".join(
        footnote(piece) if isinstance(piece, re.Match) else _plain(piece) for piece in pieces
    )
    for struck in struck_in(answer):
        text = text.replace(_plain(f"~~{struck}~~"), f"~~{_plain(struck)}~~")
    # An item of a list stays one.
    return re.sub(r"^- ", "- ", text, flags=re.MULTILINE)


def struck_in(answer: AnswerOut) -> list[str]:
    """The sentences that are struck through: no passage carries them."""
    return [
        one.text
        for one in answer.sentences
        if one.verdict == "unsupported" and f"~~{one.text}~~" in answer.answer
    ]


def _between(text: str, found: Iterator[re.Match[str]]) -> list[str | re.Match[str]]:
    pieces: list[str | re.Match[str]] = []
    at = 0
    for match in found:
        pieces += [text[at : match.start()], match]
        at = match.end()
    return [*pieces, text[at:]]


def _note(number: int, citation: CitationOut) -> str:
    quote = _plain(" ".join(citation.quote.split()))
    return f"[^{number}-{citation.marker}]: “{quote}” {_plain('; '.join(source_of(citation)))}"


def source_of(citation: CitationOut) -> Sequence[str]:
    """Where a quotation stands, part by part: title, issuer, date, page, version, place."""
    parts = [
        citation.title,
        citation.issuer or "",
        citation.published_on.isoformat() if citation.published_on else "",
        f"page {citation.page}" if citation.page else "",
        citation.marking or "",
        f"version {citation.version_id[:12]}, characters {citation.start} to {citation.end}",
        _where(citation.source_uri),
    ]
    return [part for part in parts if part]


def _where(source_uri: str) -> str:
    """The address of a page, the name of a file: where a server keeps it is nobody's matter."""
    return source_uri if source_uri.startswith(("http://", "https://")) else name_of(source_uri)


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _day(at: datetime) -> str:
    return f"{at:%d %B %Y}"
