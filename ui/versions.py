"""A document's page: what it is, its versions, how they differ, and what it was cited for."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.document_schemas import ChangeOut, DiffOut, DocumentOut
from ui.client import document_path
from ui.markup import esc, icon, place_link, source_label
from ui.proof import render_meta
from ui.shelves import LANGUAGES, kind
from ui.words import Words

_FIELDS = {
    "title": "Title",
    "issuer": "Issuer",
    "published_on": "Date",
    "marking": "Marking",
    "language": "Language",
    "source_uri": "Source",
    "media_type": "Kind",
}


@dataclass(frozen=True, slots=True)
class Cited:
    """A question in one of the visitor's conversations whose answer cites a document."""

    conversation_id: str
    question: str
    quotations: int


def render_document(
    say: Words, periods: Sequence[DocumentOut], cited: Sequence[Cited], *, may_change: bool
) -> str:
    """The page of a document; `periods` are those of its versions, newest first."""
    newest = periods[0]
    stands = newest.valid_to is None
    gone = "" if stands else f'<p class="standing older">{esc(say("Removed from the library"))}</p>'
    return (
        f'<article class="paper" data-document="{esc(newest.document_id)}">'
        f'<button type="button" class="quiet back" data-view="library">{icon("before")}'
        f"{esc(say('Library'))}</button>"
        f"<h1>{esc(newest.title)}</h1>{render_meta(say, newest)}{gone}"
        f"{_actions(say, newest, stands=stands, may_change=may_change)}{_facts(say, newest)}"
        f"{_versions(say, periods, may_change=may_change)}"
        f'<div class="difference" aria-live="polite"></div>{_cited(say, cited)}</article>'
    )


def render_difference(say: Words, diff: DiffOut) -> str:
    """The two versions side by side, what stayed the same cut short."""
    fields = "".join(
        f"<tr><th>{esc(say(_FIELDS.get(field.field, field.field)))}</th>"
        f"<td><del>{esc(field.from_value or '–')}</del></td>"
        f"<td><ins>{esc(field.to_value or '–')}</ins></td></tr>"
        for field in diff.metadata
    )
    table = f'<table class="fields">{fields}</table>' if fields else ""
    rows = "".join(_rows(say, diff.changes))
    same = esc(say("The texts are the same."))
    body = rows if any(c.kind != "equal" for c in diff.changes) else f"<p>{same}</p>"
    since = diff.from_.valid_from, diff.to.valid_from
    exactly = since[0].date() == since[1].date()
    earlier, later = (
        say("Version of {day}", day=say.moment(each, exactly=exactly)) for each in since
    )
    return (
        f'<h2>{esc(say("What changed"))}</h2>{table}<div class="sides">'
        f"<h3>{esc(earlier)}</h3><h3>{esc(later)}</h3>{body}</div>"
    )


def _rows(say: Words, changes: Sequence[ChangeOut]) -> list[str]:
    """Runs of changes as rows of two cells: what stays on both sides, what differs on its own."""
    rows: list[str] = []
    left = right = ""
    for change in changes:
        if change.kind == "equal" and change.from_text is None:
            if left or right:
                rows.append(f"<p>{left}</p><p>{right}</p>")
            left = right = ""
            rows.append('<p class="same">⋯</p><p class="same">⋯</p>')
            continue
        before, after = change.from_text, change.to_text
        if change.kind == "equal":
            left, right = left + esc(before or ""), right + esc(after or "")
            continue
        left += (
            f"<del>{esc(_told(say, before))}</del>" if change.from_end > change.from_start else ""
        )
        right += f"<ins>{esc(_told(say, after))}</ins>" if change.to_end > change.to_start else ""
    if left or right:
        rows.append(f"<p>{left}</p><p>{right}</p>")
    return rows


def _told(say: Words, text: str | None) -> str:
    return say("[a part too long to be shown]") if text is None else text


def _actions(say: Words, newest: DocumentOut, *, stands: bool, may_change: bool) -> str:
    title, name = esc(newest.title), esc(newest.document_id)
    link = esc(place_link(newest.document_id, newest.version_id, 0, 0))
    buttons = [
        f'<a class="secondary" href="{link}" data-open>{icon("open")}{esc(say("Open"))}</a>',
    ]
    if stands:
        buttons.insert(
            0,
            f'<button type="button" class="secondary" data-narrow="{name}" data-title="{title}">'
            f"{icon('ask')}{esc(say('Ask this document'))}</button>",
        )
    if may_change and stands:
        buttons.append(
            f'<button type="button" class="secondary" data-remove="{name}" data-title="{title}">'
            f"{icon('bin')}{esc(say('Remove'))}</button>"
        )
    return f'<p class="ways">{"".join(buttons)}</p>'


def _facts(say: Words, newest: DocumentOut) -> str:
    facts = {
        "Source": source_label(newest.source_uri),
        "Kind": esc(say(kind(newest.media_type))),
        "Language": esc(say(LANGUAGES.get(newest.language or "–", newest.language or "–"))),
        "Pages": esc(say.number(newest.pages)) if newest.pages else "",
        "Length": esc(say.count(newest.characters, "{n} character", "{n} characters")),
        "Passages": esc(say.number(newest.chunks)),
    }
    rows = "".join(
        f"<div><dt>{esc(say(name))}</dt><dd>{fact}</dd></div>"
        for name, fact in facts.items()
        if fact
    )
    return f'<dl class="facts">{rows}</dl>'


def _versions(say: Words, periods: Sequence[DocumentOut], *, may_change: bool) -> str:
    several = len({one.version_id for one in periods}) > 1
    days = [one.valid_from.date() for one in periods]
    exactly = len(set(days)) < len(days)
    rows = "".join(
        _period(say, one, number, several=several, may_change=may_change, exactly=exactly)
        for number, one in enumerate(periods)
    )
    compare = ""
    if several:
        compare = (
            f'<button type="button" class="secondary" data-action="compare">{icon("compare")}'
            f"{esc(say('Compare the two'))}</button>"
        )
    return f'<h2>{esc(say("Versions"))}</h2><ol class="periods">{rows}</ol>{compare}'


def _period(
    say: Words, one: DocumentOut, number: int, *, several: bool, may_change: bool, exactly: bool
) -> str:
    """A period; of several on one day to the second, by which they are told apart."""
    since = say.moment(one.valid_from, exactly=exactly)
    when = (
        say("since {start}", start=since)
        if one.valid_to is None
        else say("{start} to {end}", start=since, end=say.moment(one.valid_to, exactly=exactly))
    )
    name = esc(one.version_id)
    choose = ""
    if several:
        choose = (
            f'<input type="radio" name="from" value="{name}" {"checked" if number == 1 else ""} '
            f'aria-label="{esc(say("Compare from the version of {day}", day=since))}">'
            f'<input type="radio" name="to" value="{name}" {"checked" if number == 0 else ""} '
            f'aria-label="{esc(say("Compare to the version of {day}", day=since))}">'
        )
    link = esc(place_link(one.document_id, one.version_id, 0, 0))
    restore = ""
    if may_change and one.valid_to is not None:
        path = esc(f"{document_path(one.document_id)}/restore")
        restore = (
            f'<button type="button" class="quiet" data-restore="{path}" data-version="{name}">'
            f"{icon('again')}{esc(say('Restore'))}</button>"
        )
    return (
        f'<li class="{"stands" if one.valid_to is None else "stood"}">{choose}'
        f'<span class="when">{esc(when)}</span><a href="{link}" data-open>{esc(say("Open"))}</a>'
        f"{restore}</li>"
    )


def _cited(say: Words, cited: Sequence[Cited]) -> str:
    if not cited:
        said = esc(say("None of your conversations cites this document yet."))
        return f"<h2>{esc(say('Cited for'))}</h2><p class='muted'>{said}</p>"
    rows = "".join(
        f'<li><a href="/?c={esc(one.conversation_id)}" data-open>{esc(one.question)}</a> '
        f"<span>{esc(say.count(one.quotations, '{n} quotation', '{n} quotations'))}</span></li>"
        for one in cited
    )
    return f'<h2>{esc(say("Cited for"))}</h2><ul class="cited">{rows}</ul>'
