"""The text of an extractive answer, and of an abstention."""

from collections.abc import Sequence
from itertools import groupby

from assistant.answers.draft import Draft, Quotation
from assistant.answers.pool import Pooled
from assistant.answers.question import Expected, QuestionForm
from assistant.phrases import phrase
from assistant.types import Passage

NOT_ANSWERED = phrase("not-answered")
_NEAREST = 3
_MISSING = {
    Expected.TIME: phrase("no-date"),
    Expected.QUANTITY: phrase("no-number"),
    Expected.NAME: phrase("no-name"),
}


def lay_out(groups: Sequence[tuple[Sequence[Pooled], bool]]) -> Draft:
    """Each sentence with its marker: a line each for a list, else a paragraph a document.

    A group answers one question, and says whether it is a list; what an earlier one quoted is not
    quoted again.
    """
    text = ""
    quotations: list[Quotation] = []
    known: set[tuple[str, str, int]] = set()
    for chosen, as_list in groups:
        fresh = [one for one in chosen if one.place not in known]
        known.update(one.place for one in fresh)
        for _, group in groupby(fresh, key=lambda one: one.place[:2]):
            text += "\n\n" if text else ""
            for i, one in enumerate(group):
                text += ("\n" if i else "") + "- " if as_list else " " if i else ""
                start, marker = len(text), len(quotations) + 1
                text += one.text
                quotations.append(_quotation(one, start, len(text), marker))
                text += f" [{marker}]"
    return Draft(text, "extractive", quotations=tuple(quotations))


def abstention(form: QuestionForm, passages: Sequence[Passage]) -> str:
    """Says that the library does not answer, and what in it comes nearest."""
    if not passages:
        return phrase("nothing-held")
    lines = [NOT_ANSWERED, _MISSING.get(form.expected, "")]
    nearest = _nearest(passages[:_NEAREST])
    said = " ".join(line for line in lines if line)
    return f"{said}\n\nNearest to it: {'; '.join(nearest)}."


def _quotation(one: Pooled, start: int, end: int, marker: int) -> Quotation:
    chunk = one.source.stored.chunk
    return Quotation(
        start=start,
        end=end,
        source=one.source.stored,
        quote_start=chunk.start + one.part.start,
        quote_end=chunk.start + one.part.end,
        marker=marker,
    )


def _nearest(passages: Sequence[Passage]) -> list[str]:
    """Each document once, with the places in it."""
    places: dict[str, list[str]] = {}
    for passage in passages:
        found = places.setdefault(passage.stored.metadata.title, [])
        if (place := _place(passage)) and place not in found:
            found.append(place)
    return [f"“{t}”" + (f" ({', '.join(found)})" if found else "") for t, found in places.items()]


def _place(passage: Passage) -> str:
    title, chunk = passage.stored.metadata.title, passage.stored.chunk
    heading = chunk.headings[-1] if chunk.headings else title
    return " ".join(
        part for part in (heading if heading != title else "", _page(chunk.page)) if part
    )


def _page(page: int | None) -> str:
    return "" if page is None else f"page {page}"
