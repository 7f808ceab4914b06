"""The visitor's conversations, listed beside the one that is open."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from api.conversation_schemas import ConversationSummary
from ui.client import conversation_path
from ui.markup import esc, icon
from ui.words import Words


def render_conversations(
    say: Words, found: Sequence[ConversationSummary], words: str, cursor: str | None
) -> str:
    """The conversations, last asked first, by the day they were last asked."""
    found = [one for one in found if one.turns]  # one whose first question failed holds nothing
    if not found and not cursor:
        said = (
            say("No conversation contains “{words}”.", words=words)
            if words
            else say("Your conversations appear here. They are kept on the server.")
        )
        return f'<li class="none">{esc(said)}</li>'
    rows, last = [], ""
    today = datetime.now(UTC).date()
    for one in found:
        when = _when(say, one.updated_at.date(), today)
        if when != last:
            rows.append(f'<li class="when">{esc(when)}</li>')
            last = when
        rows.append(_row(say, one))
    if cursor:
        rows.append(
            f'<li><button type="button" class="quiet" data-more="{esc(cursor)}">'
            f"{esc(say('Show more'))}</button></li>"
        )
    return "".join(rows)


def _row(say: Words, one: ConversationSummary) -> str:
    title = esc(one.title or say("Untitled"))
    turns = esc(say.count(one.turns, "{n} question", "{n} questions"))
    name = esc(one.conversation_id)
    return (
        f'<li class="one" data-id="{name}"><a href="/?c={name}" title="{title}" data-open>{title}'
        f'<span class="unseen">, {turns}</span></a>{_tools(say, one, title)}</li>'
    )


def _tools(say: Words, one: ConversationSummary, title: str) -> str:
    path = esc(conversation_path(one.conversation_id))
    tools = esc(say("More about {title}", title=one.title))
    item = 'role="menuitem" tabindex="-1"'
    named = f'data-title="{title}"'
    save = [f"{icon('save')}{esc(say(how))}" for how in ("Save as Markdown", "Save as Word")]
    return (
        f'<button type="button" class="quiet dots" data-menu aria-haspopup="menu" '
        f'aria-expanded="false" aria-label="{tools}">{icon("more")}</button>'
        f'<div class="menu" role="menu" aria-label="{tools}" hidden>'
        f'<button type="button" {item} data-rename="{path}" {named}>{icon("edit")}'
        f"{esc(say('Rename'))}</button>"
        f'<a href="{path}/export?format=md" {item} download>{save[0]}</a>'
        f'<a href="{path}/export?format=docx" {item} download>{save[1]}</a>'
        f'<button type="button" {item} data-forget="{path}" {named}>{icon("bin")}'
        f"{esc(say('Delete'))}</button></div>"
    )


def _when(say: Words, day: date, today: date) -> str:
    ago = (today - day).days
    if ago <= 0:
        return say("Today")
    if ago == 1:
        return say("Yesterday")
    if ago < 7:  # days of a week
        return say("This week")
    return say("Earlier")
