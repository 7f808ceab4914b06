"""A turn of the conversation as HTML: the question, its answer, and what stands behind it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from api.schemas import AnswerOut, PassageOut
from ui.client import ApiProblem
from ui.markup import duration, esc, icon, moment, plural, source_name
from ui.proof import render_nearest, render_proof
from ui.prose import render_prose
from ui.signs import inert, plain

EXTRACTIVE = "extractive"
_ASKED_NOTHING = ("unclear", "courtesy")
"""Outcomes after which nothing is near: nothing that can be searched was asked."""


def render_answered(answer: AnswerOut, texts: Mapping[tuple[str, str], str]) -> str:
    """A finished turn. `texts` holds the versions cited, by (document, version)."""
    body = _abstained(answer) if answer.abstained else _answered(answer)
    return (
        f'<article class="turn" data-turn="{esc(answer.id)}">{_question(answer.question)}'
        f"{body}"
        f'<div class="proof-source" hidden>{render_proof(answer, texts)}</div></article>'
    )


def render_searching(question: str) -> str:
    """A turn that has just been asked."""
    return _running(question, _status("Searching the library"))


def render_reading(question: str, passages: Sequence[PassageOut]) -> str:
    """A turn whose passages were found and whose answer is being composed."""
    documents = len({passage.document_id for passage in passages})
    found = f"{plural(len(passages), 'passage', 'passages')} from " + plural(
        documents, "document", "documents"
    )
    return _running(
        question, _status(f"Reading {found}" if passages else "Weighing what was found")
    )


def render_streaming(question: str, text: str) -> str:
    """A turn whose answer is arriving; its markers open once it is whole and proved."""
    prose = f'<div class="reply streaming">{render_prose(text)}</div>'
    return _running(question, prose + _status("Writing, then checking every sentence"))


def render_stopped(question: str, text: str) -> str:
    """A turn its reader stopped; the words that had arrived are kept, and said to be unproved."""
    prose = f'<div class="reply">{render_prose(text)}</div>' if text.strip() else ""
    note = "Stopped. " + ("What had arrived was not checked." if prose else "Nothing had arrived.")
    return (
        f'<article class="turn">{_question(question)}<section class="answer" aria-label="Answer">'
        f'{prose}<p class="note">{note} {_again(question)}</p></section></article>'
    )


def render_problem(question: str, problem: ApiProblem) -> str:
    """A turn that failed: what happened, what to do, and the means to do it."""
    reference = ""
    if problem.request_id:
        reference = f'<p class="reference">Reference {esc(problem.request_id)}</p>'
    return (
        f'<article class="turn">{_question(question)}'
        '<section class="answer problem" role="alert" aria-label="The question failed">'
        f"<h3>{esc(problem.title)}</h3><p>{esc(problem.detail)}</p>"
        f"<p>{_again(question)}</p>{reference}</section></article>"
    )


def plain_answer(answer: AnswerOut) -> str:
    """The answer as text to be pasted elsewhere, followed by its sources.

    Wherever it is pasted, nothing in it that comes from a document becomes a link or an image.
    """
    lines = [inert(plain(answer.answer))]
    if answer.citations:
        lines.append("")
    for citation in sorted(answer.citations, key=lambda c: c.marker):
        page = f", page {citation.page}" if citation.page else ""
        title = inert(plain(citation.title))
        lines.append(f"[{citation.marker}] {title}{page}, {citation.source_uri}")
    return "\n".join(lines)


def _question(question: str) -> str:
    return f'<h2 class="question">{esc(question)}</h2>'


def _running(question: str, inner: str) -> str:
    return (
        f'<article class="turn" data-running aria-busy="true">{_question(question)}'
        f'<section class="answer" aria-label="Answer">{inner}</section></article>'
    )


def _status(words: str) -> str:
    return f'<p class="status" role="status"><span class="pulse"></span>{esc(words)}…</p>'


def _again(question: str) -> str:
    return f'<button type="button" class="link" data-ask="{esc(question)}">Ask again</button>'


def _answered(answer: AnswerOut) -> str:
    titles = {
        citation.marker: _place(citation.title, citation.page) for citation in answer.citations
    }
    return (
        '<section class="answer" aria-label="Answer">'
        f'<div class="reply">{render_prose(answer.answer, answer.sentences, titles)}</div>'
        f"{_note(answer)}{_sources(answer)}{_about(answer)}</section>"
    )


def _abstained(answer: AnswerOut) -> str:
    return (
        '<section class="answer abstained" aria-label="Answer">'
        f"{_eyebrow(answer)}"
        f'<div class="reply">{render_prose(_said_of_it(answer), (), {})}</div>'
        f"{_readings(answer)}{_note(answer)}{_nearest(answer)}{_about(answer)}</section>"
    )


def _eyebrow(answer: AnswerOut) -> str:
    words = {"unclear": "Which do you mean?", "courtesy": ""}
    said = words.get(answer.outcome, "Not in the library")
    return f'<p class="eyebrow">{said}</p>' if said else ""


def _said_of_it(answer: AnswerOut) -> str:
    """What an abstention says, without the paragraphs that the cards and buttons below show."""
    paragraphs = answer.answer.split("\n\n")
    if answer.readings:
        return paragraphs[0]
    shown = answer.passages and answer.outcome not in _ASKED_NOTHING
    return "\n\n".join(p for i, p in enumerate(paragraphs) if not (shown and i == 1))


def _readings(answer: AnswerOut) -> str:
    """What an unclear question may mean, as buttons that ask it."""
    if not answer.readings:
        return ""
    buttons = "".join(
        f'<li><button type="button" class="source" data-ask="{esc(reading)}">'
        f"<span>?</span>{esc(reading)}</button></li>"
        for reading in answer.readings
    )
    return f'<ul class="sources" aria-label="Possible meanings">{buttons}</ul>'


def _nearest(answer: AnswerOut) -> str:
    return "" if answer.outcome in _ASKED_NOTHING else render_nearest(answer)


def _note(answer: AnswerOut) -> str:
    """Why another answerer than the configured one answered, if one did."""
    return f'<p class="note">{esc(answer.note)}</p>' if answer.note else ""


def _place(title: str, page: int | None) -> str:
    return f"{title}, page {page}" if page else title


def _sources(answer: AnswerOut) -> str:
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
    return f'<ul class="sources" aria-label="Sources">{buttons}</ul>'


def _about(answer: AnswerOut) -> str:
    facts = [_verdicts(answer), _answered_by(answer)]
    if (total := answer.timings_ms.get("total")) is not None:
        facts.append(f"in {duration(total)}")
    facts.append(
        f'<time datetime="{esc(answer.as_of.isoformat())}">as of {moment(answer.as_of)}</time>'
    )
    if answer.marking:
        facts.append(f'<span class="marking">{esc(answer.marking)}</span>')
    shown = "".join(f"<li>{fact}</li>" for fact in facts if fact)
    return f'<footer class="about">{_searched_as(answer)}<ul>{shown}</ul>{_copy(answer)}</footer>'


def _searched_as(answer: AnswerOut) -> str:
    if answer.standalone_question.strip() == answer.question.strip():
        return ""
    return f'<p class="searched">Searched as “{esc(answer.standalone_question)}”</p>'


def _answered_by(answer: AnswerOut) -> str:
    if answer.abstained:
        return ""
    if answer.answered_by == EXTRACTIVE:
        return "answered by quotation alone"
    return f"answered by {esc(answer.answered_by)}"


def _verdicts(answer: AnswerOut) -> str:
    """How the sentences were proved, in a few words."""
    counts = Counter(sentence.verdict for sentence in answer.sentences)
    if answer.abstained or not counts:
        return ""
    if counts["unsupported"]:
        total = sum(counts.values())
        words = f"{counts['unsupported']} of {plural(total, 'sentence', 'sentences')} not supported"
        return f'<span class="verdict unsupported">{words}</span>'
    if not counts["supported"]:
        return '<span class="verdict">Every sentence quoted word for word</span>'
    if not counts["quoted"]:
        return '<span class="verdict">Every sentence checked against its sources</span>'
    return (
        f'<span class="verdict">{counts["quoted"]} quoted, {counts["supported"]} checked against '
        "sources</span>"
    )


def _copy(answer: AnswerOut) -> str:
    return (
        f'<button type="button" class="quiet" data-copy="{esc(plain_answer(answer))}">'
        f'{icon("copy")}<span aria-live="polite">Copy</span></button>'
    )
