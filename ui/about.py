"""What stands around an answer: its marking, how it was proved, and what can be done with it."""

from collections import Counter

from api.answer_schemas import AnswerOut
from api.signs import inert, plain
from ui.markup import clip, esc, icon, place_link
from ui.own_words import problem_of, remarks_of, said_of_it
from ui.words import Words

EXTRACTIVE = "extractive"
_SEARCHED = 400


def render_banner(say: Words, marking: str | None) -> str:
    """The highest marking of what is shown, as a banner above it."""
    if not marking:
        return ""
    label = esc(say("Marking of this answer"))
    return f'<p class="banner"><span class="unseen">{label}: </span>{esc(marking)}</p>'


def render_about(say: Words, answer: AnswerOut) -> str:
    """How the sentences were proved, who answered, how fast and as of when."""
    facts = [_verdicts(say, answer), esc(_answered_by(say, answer))]
    if (total := answer.timings_ms.get("total")) is not None:
        facts.append(esc(say("in {time}", time=say.duration(total))))
    as_of = esc(say("as of {moment}", moment=say.moment(answer.as_of)))
    facts.append(f'<time datetime="{esc(answer.as_of.isoformat())}">{as_of}</time>')
    shown = "".join(f"<li>{fact}</li>" for fact in facts if fact)
    return f'<footer class="about">{_searched_as(say, answer)}<ul>{shown}</ul></footer>'


def render_actions(say: Words, answer: AnswerOut) -> str:
    """Copying, asking again, and saying whether the answer was good."""
    again = esc(say("Ask again"))
    good, bad = esc(say("A good answer")), esc(say("Not a good answer"))
    return (
        f'<div class="actions">{_copy(say, answer)}'
        f'<button type="button" class="quiet" data-ask="{esc(answer.question)}">{icon("again")}'
        f"<span>{again}</span></button>"
        f'<button type="button" class="quiet" data-rate="up" aria-pressed="false" '
        f'aria-label="{good}" title="{good}">{icon("up")}</button>'
        f'<button type="button" class="quiet" data-rate="down" aria-pressed="false" '
        f'aria-label="{bad}" title="{bad}">{icon("down")}</button></div>'
        '<div class="followups"></div>'
    )


def render_removed(say: Words, answer: AnswerOut) -> str:
    """The sentences that were left out, closed until somebody wants to look at them."""
    if not answer.removed:
        return ""
    title = say.count(len(answer.removed), "{n} sentence left out", "{n} sentences left out")
    rows = "".join(
        f"<li><del>{esc(one.text)}</del>"
        f"<small>{esc(problem_of(say, answer, one.problem))}</small></li>"
        for one in answer.removed
    )
    return f'<details class="removed"><summary>{esc(title)}</summary><ul>{rows}</ul></details>'


def plain_answer(say: Words, answer: AnswerOut, home: str = "") -> str:
    """The answer as text to be pasted elsewhere, followed by its quotations with their places.

    Wherever it is pasted, nothing in it that comes from a document becomes a link or an image.
    """
    told = remarks_of(say, answer) if not answer.abstained else (said_of_it(say, answer), "")
    lines = [inert(plain("\n\n".join(filter(None, told))))]
    if answer.citations:
        lines.append("")
    for citation in sorted(answer.citations, key=lambda c: c.marker):
        page = say(", page {n}", n=citation.page) if citation.page else ""
        title = inert(plain(citation.title))
        quote = inert(plain(" ".join(citation.quote.split())))
        link = place_link(citation.document_id, citation.version_id, citation.start, citation.end)
        lines.append(f"[{citation.marker}] “{quote}” {title}{page}. {home}{link}")
    return "\n".join(lines)


def _searched_as(say: Words, answer: AnswerOut) -> str:
    searched = " ".join(answer.standalone_question.split())
    if searched == " ".join(answer.question.split()) or answer.outcome == "courtesy":
        return ""
    words = say("Searched as “{question}”", question=clip(searched, _SEARCHED))
    return f'<p class="searched">{esc(words)}</p>'


def _answered_by(say: Words, answer: AnswerOut) -> str:
    if answer.abstained:
        return ""
    if answer.answered_by == EXTRACTIVE:
        return say("answered by quotation alone")
    return say("answered by {name}", name=answer.answered_by)


def _verdicts(say: Words, answer: AnswerOut) -> str:
    """How the sentences were proved, in a few words."""
    counts = Counter(sentence.verdict for sentence in answer.sentences)
    if answer.abstained or not counts:
        return ""
    if counts["unsupported"]:
        words = say(
            "{some} of {sentences} not supported",
            some=counts["unsupported"],
            sentences=say.count(sum(counts.values()), "{n} sentence", "{n} sentences"),
        )
        return f'<span class="verdict unsupported">{esc(words)}</span>'
    if not counts["supported"]:
        words = say("Every sentence quoted word for word")
    elif not counts["quoted"]:
        words = say("Every sentence checked against its sources")
    else:
        words = say(
            "{quoted} quoted, {checked} checked against sources",
            quoted=counts["quoted"],
            checked=counts["supported"],
        )
    return f'<span class="verdict">{esc(words)}</span>'


def _copy(say: Words, answer: AnswerOut) -> str:
    words = esc(plain_answer(say, answer, "{home}"))
    return (
        f'<button type="button" class="quiet" data-copy="{words}">'
        f'{icon("copy")}<span aria-live="polite">{esc(say("Copy with sources"))}</span></button>'
    )
