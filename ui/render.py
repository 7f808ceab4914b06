"""A turn of the conversation as HTML: the question, its answer, and what stands behind it."""

from collections.abc import Sequence

from api.answer_schemas import AnswerOut, PassageOut
from ui.about import render_about, render_actions, render_banner, render_removed
from ui.markup import esc, icon, source_name
from ui.own_words import arriving, remarks_of, render_note, said_of_it, sentences_of
from ui.problems import ApiProblem
from ui.proof import ALONE, Around, render_nearest, render_proof
from ui.prose import render_prose
from ui.reasons import PROBLEMS, render_reason
from ui.tongues import lang
from ui.words import Words

_ASKED_NOTHING = ("unclear", "courtesy")
"""Outcomes after which nothing is near: nothing that can be searched was asked."""


def render_answered(say: Words, answer: AnswerOut, around: Around = ALONE, number: int = 0) -> str:
    """A finished turn. `number` is its place in the conversation, 0 where it is the newest."""
    body = _abstained(say, answer) if answer.abstained else _answered(say, answer)
    return (
        f'<article class="turn" data-turn="{esc(answer.id)}" '
        f'data-conversation="{esc(answer.conversation_id or "")}" '
        f'data-number="{number or ""}" data-outcome="{answer.outcome}">'
        f"{_question(say, answer.question)}{body}"
        f'<template class="proof-source">{render_proof(say, answer, around)}</template></article>'
    )


def render_searching(say: Words, question: str, conversation_id: str = "") -> str:
    """A turn that has just been asked."""
    status = _status(say("Searching the library"))
    return _running(say, question, status, conversation_id)


def render_reading(
    say: Words,
    question: str,
    passages: Sequence[PassageOut],
    conversation_id: str = "",
    marking: str | None = None,
) -> str:
    """A turn whose passages were found and whose answer is being composed."""
    documents = len({passage.document_id for passage in passages})
    found = say(
        "Reading {passages} from {documents}",
        passages=say.count(len(passages), "{n} passage", "{n} passages"),
        documents=say.count(documents, "{n} document", "{n} documents"),
    )
    status = _status(found if passages else say("Weighing what was found"))
    return _running(say, question, render_banner(say, marking) + status, conversation_id)


def render_streaming(
    say: Words, question: str, text: str, conversation_id: str = "", marking: str | None = None
) -> str:
    """A turn whose answer is arriving; its markers open once it is whole and proved."""
    prose = f'<div class="reply streaming">{render_prose(say, arriving(text))}</div>'
    status = _status(say("Writing, then checking every sentence"))
    shown = render_banner(say, marking) + prose + status
    return _running(say, question, shown, conversation_id)


def render_stopped(say: Words, question: str, text: str, conversation_id: str = "") -> str:
    """A turn its reader stopped; the words that had arrived are kept, and said to be unproved."""
    prose = f'<div class="reply">{render_prose(say, text)}</div>' if text.strip() else ""
    what = "What had arrived was not checked." if prose else "Nothing had arrived."
    note = esc(f"{say('Stopped.')} {say(what)}")
    return (
        f'<article class="turn" data-turn="" data-conversation="{esc(conversation_id)}">'
        f"{_question(say, question)}"
        f'<section class="answer" aria-label="{esc(say("Answer"))}">'
        f'{prose}<p class="note">{note} {_again(say, question)}</p></section></article>'
    )


def render_problem(say: Words, question: str, problem: ApiProblem) -> str:
    """A turn that failed: what happened, what to do, and the means to do it."""
    reference = ""
    if problem.request_id:
        said = say("For whoever runs the server: reference {id}", id=problem.request_id)
        reference = f'<p class="reference">{esc(said)}</p>'
    means = _again(say, question)
    if problem.status == 401:
        words = esc(say("Sign in"))
        means = f'<button type="button" class="link" data-action="sign-in">{words}</button>'
    label = esc(say("The question failed"))
    return (
        f'<article class="turn" data-turn="">{_question(say, question)}'
        f'<section class="answer problem" role="alert" aria-label="{label}">'
        f"<h3>{esc(_title(say, problem))}</h3>"
        f"{render_reason(say, problem.detail, PROBLEMS.get(problem.code, ''))}"
        f"<p>{means}</p>{reference}</section></article>"
    )


def _title(say: Words, problem: ApiProblem) -> str:
    known = say.language == "en" or not problem.code
    return say(problem.title) if known else say("The question failed")


def _question(say: Words, question: str) -> str:
    label = esc(say("Edit the question"))
    return (
        f'<div class="asked"><h2 class="question">{esc(question)}</h2>'
        f'<button type="button" class="quiet edit" data-edit="{esc(question)}" '
        f'aria-label="{label}" title="{label}">{icon("edit")}</button></div>'
    )


def _running(say: Words, question: str, inner: str, conversation_id: str) -> str:
    return (
        f'<article class="turn" data-running aria-busy="true" '
        f'data-conversation="{esc(conversation_id)}">{_question(say, question)}'
        f'<section class="answer" aria-label="{esc(say("Answer"))}">{inner}</section></article>'
    )


def _status(words: str) -> str:
    return f'<p class="status" role="status"><span class="pulse"></span>{esc(words)}…</p>'


def _again(say: Words, question: str) -> str:
    words = esc(say("Ask again"))
    return f'<button type="button" class="link" data-ask="{esc(question)}">{words}</button>'


def _answered(say: Words, answer: AnswerOut) -> str:
    titles = {
        citation.marker: _place(say, citation.title, citation.page) for citation in answer.citations
    }
    text, remarks = remarks_of(say, answer)
    proved = render_prose(say, text, sentences_of(say, answer), titles)
    said = f'<div class="said"{lang(say, text)}>{proved}</div>'
    said += render_prose(say, remarks, (), titles)
    return (
        f'<section class="answer" aria-label="{esc(say("Answer"))}">'
        f"{render_banner(say, answer.marking)}"
        f'<div class="reply">{said}</div>'
        f"{render_note(say, answer)}{render_removed(say, answer)}{_sources(say, answer)}"
        f"{render_about(say, answer)}{render_actions(say, answer)}</section>"
    )


def _abstained(say: Words, answer: AnswerOut) -> str:
    return (
        f'<section class="answer abstained" aria-label="{esc(say("Answer"))}">'
        f"{render_banner(say, answer.marking)}{_eyebrow(say, answer)}"
        f'<div class="reply">{render_prose(say, _said_of_it(say, answer), (), {})}</div>'
        f"{_readings(say, answer)}{render_note(say, answer)}{_nearest(say, answer)}"
        f"{_help(say, answer)}"
        f"{render_about(say, answer)}{render_actions(say, answer)}</section>"
    )


def _eyebrow(say: Words, answer: AnswerOut) -> str:
    words = {"unclear": "Which do you mean?", "courtesy": ""}
    said = words.get(answer.outcome, "Not in the library")
    return f'<p class="eyebrow">{esc(say(said))}</p>' if said else ""


def _said_of_it(say: Words, answer: AnswerOut) -> str:
    """What an abstention says, without the paragraphs that the cards and buttons below show."""
    said = said_of_it(say, answer)
    paragraphs = said.split("\n\n")
    if said != answer.answer:
        return said
    if answer.readings:
        return paragraphs[0]
    shown = answer.passages and answer.outcome not in _ASKED_NOTHING
    return "\n\n".join(p for i, p in enumerate(paragraphs) if not (shown and i == 1))


def _readings(say: Words, answer: AnswerOut) -> str:
    """What an unclear question may mean, as buttons that ask it."""
    if not answer.readings:
        return ""
    buttons = "".join(
        f'<li><button type="button" class="source" data-ask="{esc(reading)}">'
        f"<span>?</span>{esc(reading)}</button></li>"
        for reading in answer.readings
    )
    return f'<ul class="sources" aria-label="{esc(say("Possible meanings"))}">{buttons}</ul>'


def _nearest(say: Words, answer: AnswerOut) -> str:
    return "" if answer.outcome in _ASKED_NOTHING else render_nearest(say, answer)


def _help(say: Words, answer: AnswerOut) -> str:
    """What a reader can do about a question that the library does not answer."""
    if answer.outcome != "not_answered":
        return ""
    return (
        f'<p class="ways"><button type="button" class="secondary" data-edit="'
        f'{esc(answer.question)}">{icon("edit")}{esc(say("Say it in other words"))}</button>'
        f'<button type="button" class="secondary" data-view="library">{icon("search")}'
        f"{esc(say('Look in the library'))}</button></p>"
    )


def _place(say: Words, title: str, page: int | None) -> str:
    return say("{title}, page {n}", title=title, n=page) if page else title


def _sources(say: Words, answer: AnswerOut) -> str:
    """The documents cited, as buttons that open the proof at their first quotation."""
    first: dict[str, tuple[int, str]] = {}
    for citation in sorted(answer.citations, key=lambda c: c.marker):
        name = citation.title or source_name(citation.source_uri)
        first.setdefault(citation.document_id, (citation.marker, name))
    if not first:
        return ""
    buttons = "".join(
        f'<li><button type="button" class="source" data-marker="{marker}">'
        f"<span>{marker}</span>{esc(title)}</button></li>"
        for marker, title in first.values()
    )
    return f'<ul class="sources" aria-label="{esc(say("Sources"))}">{buttons}</ul>'
