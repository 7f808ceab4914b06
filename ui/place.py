"""A version opened at a place: its pages with the quotation marked, and its text."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.document_schemas import BoxOut, DocumentOut
from ui.client import version_path
from ui.markup import document_link, esc, icon, place_link, quiet, source_link
from ui.proof import render_meta
from ui.words import Words

PDF = "application/pdf"
AROUND = 40_000  # characters shown on each side of the place; the whole text is a download away


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a version. `newest` is the version that stands, None where none does.

    `page` is where it begins, 1 where that is not known.
    """

    version: DocumentOut
    text: str
    start: int
    end: int
    boxes: Sequence[BoxOut] = ()
    newest: DocumentOut | None = None
    page: int = 1

    @property
    def paged(self) -> bool:
        """Whether its pages can be shown."""
        return self.version.media_type == PDF and self.version.pages > 0


def render_place(say: Words, place: Place) -> str:
    """What the viewer shows."""
    version = place.version
    base = version_path(version.document_id, version.version_id)
    link = place_link(version.document_id, version.version_id, place.start, place.end)
    kind = "pages" if place.paged else "text"
    return (
        f'<article class="place" data-show="{kind}" data-page="{place.page}" '
        f'data-pages="{version.pages}" data-base="{esc(base)}" data-link="{esc(link)}">'
        f'<header><h2 title="{esc(version.title)}">{esc(version.title)}</h2>'
        f"{render_meta(say, version)}"
        f"{_standing(say, place)}</header>{_tools(say, place)}"
        f'<div class="surface" tabindex="0" role="region" '
        f'aria-label="{esc(say("The source"))}">{_pages(say, place)}{_text(say, place)}</div>'
        "</article>"
    )


def _standing(say: Words, place: Place) -> str:
    """Which version it is, and whether a newer one exists."""
    version, newest = place.version, place.newest
    moments = [version.valid_from, version.valid_to, newest.valid_from if newest else None]
    since = say.told_apart(version.valid_from, *moments)
    if newest is not None and newest.version_id == version.version_id:
        said = say("The newest version, in the library since {day}", day=since)
        return f'<p class="standing">{esc(said)}</p>'
    until = say.told_apart(version.valid_to, *moments) if version.valid_to else ""
    said = say("The version of {day}, until {until}.", day=since, until=until)
    if newest is None:
        gone = esc(say("The document was removed since then."))
        return f'<p class="standing older">{esc(said)} {gone}</p>'
    newest_since = say.told_apart(newest.valid_from, *moments)
    newer = say("A newer version stands since {day}.", day=newest_since)
    link = place_link(newest.document_id, newest.version_id, 0, 0)
    compare = f"{document_link(version.document_id)}&from={esc(version.version_id)}"
    return (
        f'<p class="standing older">{esc(said)} {esc(newer)} '
        f'<a href="{esc(link)}" data-open>{esc(say("Open the newest"))}</a> '
        f'<a href="{esc(compare)}" data-open>{esc(say("Compare"))}</a></p>'
    )


def _tools(say: Words, place: Place) -> str:
    version = place.version
    paging = ""
    if place.paged:
        paging = (
            f'<span class="paging">{_button(say("Page before"), "before", "page-before")}'
            f'<label>{esc(say("Page"))} <input type="number" class="page-number" min="1" '
            f'max="{version.pages}" value="{place.page}"></label>'
            f"<span>/ {version.pages}</span>{_button(say('Next page'), 'after', 'page-after')}"
            f"{_button(say('Smaller'), 'farther', 'zoom-out')}"
            f"{_button(say('Larger'), 'closer', 'zoom-in')}</span>"
            f'<button type="button" class="quiet" data-action="show-text" aria-pressed="false">'
            f"{esc(say('Text'))}</button>"
        )
    original = source_link(version.document_id, version.version_id)
    return (
        f'<div class="tools">{paging}'
        f'<button type="button" class="quiet" data-action="copy-link">{icon("link")}'
        f'<span aria-live="polite">{esc(say("Copy link"))}</span></button>'
        f'<a class="quiet" href="{esc(original)}" download>{icon("save")}{esc(say("Original"))}</a>'
        f'<a class="quiet" href="{esc(document_link(version.document_id))}" data-open>'
        f"{icon('panel')}{esc(say('Document'))}</a></div>"
    )


def _button(label: str, drawing: str, action: str) -> str:
    return (
        f'<button type="button" class="quiet" data-action="{action}" aria-label="{esc(label)}" '
        f'title="{esc(label)}">{icon(drawing)}</button>'
    )


def _pages(say: Words, place: Place) -> str:
    if not place.paged:
        return ""
    boxes = "".join(
        f'<i class="box" data-page="{box.page}" style="left:{box.left:.3%};top:{box.top:.3%};'
        f'width:{box.right - box.left:.3%};height:{box.bottom - box.top:.3%}"></i>'
        for box in place.boxes
    )
    label = esc(say("Page {n}", n=place.page))
    failed = esc(say("This page cannot be shown. Its text can."))
    return (
        f'<figure class="sheet"><img alt="{label}" draggable="false">{boxes}</figure>'
        f'<p class="sheet-failed" hidden>{failed}</p>'
    )


def _text(say: Words, place: Place) -> str:
    """The text around the place, the place itself marked."""
    start, end = max(0, place.start - AROUND), min(len(place.text), place.end + AROUND)
    before, after = place.text[start : place.start], place.text[place.end : end]
    marked = place.text[place.start : place.end]
    mark = f'<mark tabindex="-1">{quiet(marked)}</mark>' if marked else ""
    cut = f'<p class="cut">{esc(say("There is more: the original has it all."))}</p>'
    return (
        f'<div class="words">{cut if start else ""}<div class="running">{quiet(before)}{mark}'
        f"{quiet(after)}</div>{cut if end < len(place.text) else ''}</div>"
    )
