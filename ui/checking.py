"""A text that was checked: each of its sentences with its verdict and the words behind that."""

from api.answer_schemas import CitationOut
from api.verify_schemas import VerifiedSentence, VerifyResponse
from ui.markup import esc, quiet
from ui.proof import render_links, render_meta
from ui.reasons import render_reason
from ui.tongues import lang
from ui.words import Words

_VERDICTS = {
    "quoted": "Stands there word for word",
    "supported": "Carried by the library",
    "unsupported": "Not carried by the library",
    "unchecked": "States nothing to check",
}
_MEANINGS = {
    "unsupported": "Nothing in the library says this, or it says something else.",
    "unchecked": "A heading, a question or a greeting states nothing.",
}


def render_checked(say: Words, checked: VerifyResponse) -> str:
    """All sentences in their order, after how many there are of each verdict."""
    rows = "".join(_row(say, one) for one in checked.sentences)
    return f'{_summary(say, checked)}<ol class="checked">{rows}</ol>'


def _summary(say: Words, checked: VerifyResponse) -> str:
    counts = checked.counts
    carried = counts.get("quoted", 0) + counts.get("supported", 0)
    wrong, other = counts.get("unsupported", 0), counts.get("unchecked", 0)
    told = [
        say.count(carried, "{n} sentence is carried", "{n} sentences are carried"),
        say.count(wrong, "{n} is not", "{n} are not") if wrong else "",
        say.count(other, "{n} states nothing", "{n} state nothing") if other else "",
    ]
    as_of = say("as of {moment}", moment=say.moment(checked.as_of))
    words = f"{', '.join(filter(None, told))} ({as_of})."
    return f'<p class="checked-sum">{esc(words)}</p>'


def _row(say: Words, one: VerifiedSentence) -> str:
    places = one.citations or ([one.against] if one.against is not None else [])
    shown = [_place(say, place) for place in places if isinstance(place, CitationOut)]
    return (
        f'<li class="{one.verdict}"><p class="judged">{esc(say(_VERDICTS[one.verdict]))}</p>'
        f'<p class="claim">{esc(one.text)}</p>{_why(say, one)}{"".join(shown)}</li>'
    )


def _why(say: Words, one: VerifiedSentence) -> str:
    if not one.problem:
        return ""
    return f'<div class="why">{render_reason(say, one.problem, _MEANINGS[one.verdict])}</div>'


def _place(say: Words, place: CitationOut) -> str:
    return (
        f"<blockquote{lang(say, place.quote)}><mark>{quiet(place.quote)}</mark></blockquote>"
        f'<div class="from"><strong>{esc(place.title)}</strong>{render_meta(say, place)}'
        f"<footer>{render_links(say, place)}</footer></div>"
    )
