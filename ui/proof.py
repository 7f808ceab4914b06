"""The proof of an answer: each quotation marked in its paragraph, with where it is from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from api.answer_schemas import AnswerOut, CitationOut, PassageOut
from api.document_schemas import DocumentOut
from ui.markup import clip, document_link, esc, icon, place_link, quiet, source_label, source_name
from ui.tongues import lang
from ui.words import Words

EXCERPT_CHARS = 600
NEAREST = 3
_NEAREST_CHARS = 260
_ALSO = 3


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quotation between the words around it; `cut_before` and `cut_after` tell of more."""

    before: str
    quote: str
    after: str
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class Around:
    """The texts of the versions cited, by (document, version), and what stands now, by document."""

    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    newest: Mapping[str, DocumentOut] = field(default_factory=dict)


ALONE = Around()
"""Nothing is known but the answer."""


def excerpt(text: str, start: int, end: int, limit: int = EXCERPT_CHARS) -> Excerpt:
    """The paragraph around `text[start:end]`, at most `limit` characters beside the quotation."""
    first = text.rfind("\n\n", 0, start)
    first = 0 if first < 0 else first + 2
    last = text.find("\n\n", end)
    last = len(text) if last < 0 else last
    room = max(limit - (end - start), 0) // 2
    low = _word_after(text, max(first, start - room), start) if start - first > room else first
    high = _word_before(text, min(last, end + room), end) if last - end > room else last
    return Excerpt(text[low:start], text[start:end], text[end:high], low > first, high < last)


def render_excerpt(piece: Excerpt) -> str:
    """The excerpt as HTML, its quotation marked and nothing else."""
    return (
        ("… " if piece.cut_before else "")
        + f"{quiet(piece.before)}<mark>{quiet(piece.quote)}</mark>{quiet(piece.after)}"
        + (" …" if piece.cut_after else "")
    )


def render_proof(say: Words, answer: AnswerOut, around: Around = ALONE) -> str:
    """The cards of every citation, in the order of their markers."""
    cards = [
        _card(say, citation, around)
        for citation in sorted(answer.citations, key=lambda c: c.marker)
    ]
    return "".join(cards)


def render_nearest(say: Words, answer: AnswerOut) -> str:
    """What the library holds nearest to a question it does not answer."""
    if not answer.passages:
        return ""
    items = "".join(_nearest(say, passage) for passage in answer.passages[:NEAREST])
    title = esc(say("Nearest in the library"))
    return f'<div class="nearest"><h3>{title}</h3><ul>{items}</ul></div>'


def render_meta(say: Words, place: CitationOut | PassageOut | DocumentOut) -> str:
    """Who published it, when, the page and the marking, on one line."""
    page = place.page if isinstance(place, CitationOut | PassageOut) else None
    facts = [
        esc(place.issuer) if place.issuer else "",
        esc(say.day(place.published_on)) if place.published_on else "",
        esc(say("page {n}", n=page)) if page else "",
        f'<span class="marking">{esc(place.marking)}</span>' if place.marking else "",
    ]
    shown = "".join(f"<span>{fact}</span>" for fact in facts if fact)
    return f'<p class="meta">{shown}</p>' if shown else ""


def _card(say: Words, citation: CitationOut, around: Around) -> str:
    marker = citation.marker
    text = around.texts.get((citation.document_id, citation.version_id))
    newest = around.newest.get(citation.document_id)
    label = say("Source {number}: {title}", number=marker, title=citation.title)
    return (
        f'<article class="card" data-marker="{marker}" tabindex="-1" aria-label="{esc(label)}">'
        f'<header><span class="number" aria-hidden="true">{marker}</span>'
        f"<div><h3>{esc(citation.title)}</h3>{render_meta(say, citation)}</div></header>"
        f"{_since(say, citation, newest)}{_path(citation)}"
        f"<blockquote{lang(say, citation.quote)}>{_quotation(citation, text)}</blockquote>"
        f"<footer>{render_links(say, citation)}{source_label(citation.source_uri)}</footer>"
        "</article>"
    )


def _since(say: Words, citation: CitationOut, newest: DocumentOut | None) -> str:
    """What has become of the version that was quoted, where it does not stand any more."""
    if newest is None:
        return ""
    if newest.valid_to is not None:
        gone = say("The document was removed on {day}.", day=say.day(newest.valid_to.date()))
        return f'<p class="standing older">{esc(gone)}</p>'
    if newest.version_id == citation.version_id:
        return ""
    said = say("A newer version stands since {day}.", day=say.day(newest.valid_from.date()))
    compare = f"{document_link(citation.document_id)}&from={citation.version_id}"
    return (
        f'<p class="standing older">{esc(said)} '
        f'<a href="{esc(compare)}" data-open>{esc(say("Compare"))}</a></p>'
    )


def _quotation(citation: CitationOut, text: str | None) -> str:
    """The quotation in its paragraph; alone when the text is missing or does not agree."""
    if text is None or text[citation.start : citation.end] != citation.quote:
        return f"<mark>{quiet(citation.quote)}</mark>"
    return render_excerpt(excerpt(text, citation.start, citation.end))


def _path(citation: CitationOut) -> str:
    """The headings above the quotation, without one that only repeats the title."""
    headings = [h for h in citation.headings if h.strip() and h != citation.title]
    if not headings:
        return ""
    steps = "<i>›</i>".join(f"<span>{esc(clip(heading, 80))}</span>" for heading in headings)
    return f'<p class="path">{steps}</p>'


def render_links(say: Words, place: CitationOut | PassageOut) -> str:
    """Links to a place in its version, and to its document."""
    source = place_link(place.document_id, place.version_id, place.start, place.end)
    about = document_link(place.document_id)
    return (
        f'<a href="{esc(source)}" data-open>{icon("open")}{esc(say("Open at the place"))}</a>'
        f'<a href="{esc(about)}" data-open>{icon("panel")}{esc(say("Document"))}</a>'
    )


def _nearest(say: Words, passage: PassageOut) -> str:
    return (
        f"<li><h4>{esc(passage.title)}</h4>{render_meta(say, passage)}"
        f'<p class="words"{lang(say, passage.text)}>{quiet(clip(passage.text, _NEAREST_CHARS))}</p>'
        f"{_also(say, passage)}"
        f"<footer>{render_links(say, passage)}{_ask_this(say, passage)}</footer></li>"
    )


def _ask_this(say: Words, passage: PassageOut) -> str:
    return (
        f'<button type="button" class="link" data-narrow="{esc(passage.document_id)}" '
        f'data-title="{esc(passage.title)}">{esc(say("Ask this document"))}</button>'
    )


def _also(say: Words, passage: PassageOut) -> str:
    """Where else it is said: by title, and a copy of the same title by the name of its source."""
    titles = (
        source_name(other.source_uri) if other.title == passage.title else other.title
        for other in passage.also
    )
    named = list(dict.fromkeys(titles))
    if not named:
        return ""
    said = say("also in: {titles}", titles="; ".join(named[:_ALSO]))
    if len(named) > _ALSO:
        said += say(" and {n} more", n=len(named) - _ALSO)
    return f'<p class="meta">{esc(said)}</p>'


def _word_after(text: str, at: int, limit: int) -> int:
    """The start of the first word at or after `at`, so that no word is cut."""
    space = text.find(" ", at, limit)
    return at if space < 0 else space + 1


def _word_before(text: str, at: int, limit: int) -> int:
    """The end of the last word at or before `at`."""
    space = text.rfind(" ", limit, at)
    return at if space < 0 else space
