"""Questions to ask next: what the library says beside what was answered, tried before offered."""

import asyncio
import re
from collections.abc import Collection, Iterator, Sequence

from api.answer_schemas import AnswerOut, PassageOut
from api.question_schemas import SearchRequest
from ui.client import ApiClient
from ui.markup import clip, esc
from ui.problems import ApiProblem
from ui.tongues import is_french
from ui.words import Words

MOST = 3
_TRIED = 6
_SCORE = 0.55
_LONGEST = 80
_TITLE = 60
# A heading that only says where it stands is no question.
_PLAIN = re.compile(r"[^\W\d_]{3}")
# What ends on who took it, or as a sentence, is what stands under a picture or over a table.
_CAPTION = re.compile(
    r"\([^)]*(?:/|\b(?:photo\w*|press|archives?|library|museum|images?|collection|courtesy|department)\b)"
    r"[^)]*\)\W*$|\b(?:courtesy of|pictured)\b|^(?:left|right|above|below)\b|^(?:\S+\s+){6,}\S+\.$",
    re.IGNORECASE,
)


# "Police (2025)", "Ministry of Transport: Harbours": an entry of a list, and no matter of a text.
_ENTRY = re.compile(r"\(\d{4}[^)]*\)\W*$|\w: \w")


async def suggestions(client: ApiClient, answers: Sequence[AnswerOut]) -> list[str]:
    """Up to `MOST` questions that passages of the library answer and that were not asked yet.

    They are drawn from the headings near the last answer.
    """
    last = answers[-1]
    asked = {one.question.casefold() for one in answers}
    cited = {heading for one in last.citations for heading in one.headings[-1:]}
    drawn = drawn_from(last.passages, cited, french=is_french(last.question))
    tried = [one for one in drawn if one.casefold() not in asked][:_TRIED]
    return (await answerable(client, tried))[:MOST]


async def answerable(client: ApiClient, questions: Sequence[str]) -> list[str]:
    """Those of the questions that passages of the library answer, in their order."""
    scores = await asyncio.gather(*(_score(client, one) for one in questions))
    return [one for one, score in zip(questions, scores, strict=True) if score >= _SCORE]


def render_suggestions(say: Words, questions: Sequence[str]) -> str:
    """The questions as buttons that ask them."""
    if not questions:
        return ""
    buttons = "".join(
        f'<li><button type="button" data-ask="{esc(one)}">{esc(one)}</button></li>'
        for one in questions
    )
    title = esc(say("From the library, next"))
    return f'<h3>{title}</h3><ul class="next" aria-label="{title}">{buttons}</ul>'


def drawn_from(
    passages: Sequence[PassageOut], without: Collection[str] = (), *, french: bool
) -> Iterator[str]:
    """Questions drawn from the headings of passages, but for some headings, in their order."""
    seen = set(without)
    for passage in passages:
        heading = " ".join(passage.headings[-1].split()) if passage.headings else ""
        if not _PLAIN.search(heading) or len(heading) > _LONGEST:
            continue
        if heading in seen or heading == passage.title:
            continue
        if _CAPTION.search(heading) or _ENTRY.search(heading):
            continue
        seen.add(heading)
        if heading.endswith("?") and is_french(heading) == french:
            yield heading
        elif french:
            yield f"Que dit « {clip(passage.title, _TITLE)} » au sujet de « {heading} » ?"
        else:
            about = f"“{heading}”" if is_french(heading) else _in_a_sentence(heading)
            yield f"What does “{clip(passage.title, _TITLE)}” say about {about}?"


def _in_a_sentence(heading: str) -> str:
    """A heading as a part of a sentence: a capital that only opens it goes."""
    heading = heading.rstrip(".:")
    first, _, rest = heading.partition(" ")
    opens = first[1:].islower() and rest and rest == rest.lower()
    return f"{first.lower()} {rest}" if opens else heading


async def _score(client: ApiClient, question: str) -> float:
    """How likely the best passage answers it."""
    try:
        found = await client.search(SearchRequest(question=question, as_of=None, top_k=1))
    except ApiProblem:
        return 0.0
    return max((one.score for one in found.passages), default=0.0)
