"""Questions to ask next: what the library says beside what was answered, tried before offered."""

import asyncio
import re
from collections.abc import Iterator, Sequence

from api.answer_schemas import AnswerOut
from api.question_schemas import SearchRequest
from ui.client import ApiClient
from ui.markup import clip, esc
from ui.problems import ApiProblem
from ui.words import Words

MOST = 3
_TRIED = 6
_SCORE = 0.5
_LONGEST = 80
_TITLE = 60
# A heading that only says where it stands is no question.
_PLAIN = re.compile(r"[^\W\d_]{3}")
_FRENCH = re.compile(
    r"\b(?:aux?|ces?|cette|combien|comment|dans|depuis|des|du|elles?|en|est|et|ils?|las?|les?|"
    r"leurs?|où|par|pour|pourquoi|quand|que|quel(?:le)?s?|qui|quoi|sont|sur|une?)\b|\b[cdlqs]u?’",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\b(?:an?|and|are|about|by|did|do|does|for|from|has|have|how|in|is|it|of|the|their|they|"
    r"this|to|was|were|what|when|where|which|who|whom|whose|why|will|with)\b",
    re.IGNORECASE,
)
_ACCENTS = re.compile("[éèêàçùœ]", re.IGNORECASE)


async def suggestions(client: ApiClient, answers: Sequence[AnswerOut]) -> list[str]:
    """Up to `MOST` questions that passages of the library answer and that were not asked yet.

    They are drawn from the headings near the last answer.
    """
    last = answers[-1]
    asked = {one.question.casefold() for one in answers}
    tried = [one for one in _candidates(last) if one.casefold() not in asked][:_TRIED]
    scores = await asyncio.gather(*(_score(client, one) for one in tried))
    return [one for one, score in zip(tried, scores, strict=True) if score >= _SCORE][:MOST]


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


def _candidates(answer: AnswerOut) -> Iterator[str]:
    """Headings of passages that were found and are not cited, the nearest first."""
    cited = {heading for one in answer.citations for heading in one.headings[-1:]}
    seen: set[str] = set()
    french = is_french(answer.question)
    for passage in answer.passages:
        heading = " ".join(passage.headings[-1].split()) if passage.headings else ""
        if not _PLAIN.search(heading) or len(heading) > _LONGEST:
            continue
        if heading in cited or heading in seen or heading == passage.title:
            continue
        seen.add(heading)
        if heading.endswith("?") and is_french(heading) == french:
            yield heading
        elif french:
            yield f"Que dit « {clip(passage.title, _TITLE)} » au sujet de « {heading} » ?"
        else:
            about = f"“{heading}”" if is_french(heading) else _in_a_sentence(heading)
            yield f"What does “{clip(passage.title, _TITLE)}” say about {about}?"


def is_french(text: str) -> bool:
    """Whether a question or heading is French: by its small words, by accents where those tie."""
    text = text.replace("'", "’")
    french, english = len(_FRENCH.findall(text)), len(_ENGLISH.findall(text))
    return french > english or (french == english and bool(_ACCENTS.search(text)))


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
