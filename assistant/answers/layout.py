"""The text of an extractive answer, and of an abstention."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answers.cells import OF_IT, cell_of, label_of
from assistant.answers.draft import Draft, Quotation
from assistant.answers.leads import leads_in
from assistant.answers.pool import Pooled
from assistant.answers.question import Expected, QuestionForm
from assistant.answers.rows import Row, Span, row_of
from assistant.phrases import phrase
from assistant.types import Passage

NOT_ANSWERED = phrase("not-answered")
_NEAREST = 3
_MOST_BEFORE_ITEMS = 2
_MISSING = {
    Expected.TIME: phrase("no-date"),
    Expected.QUANTITY: phrase("no-number"),
    Expected.NAME: phrase("no-name"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences that answer one question of this form; `as_list` says that they are a list."""

    form: QuestionForm
    chosen: Sequence[Pooled]
    as_list: bool


def lay_out(groups: Sequence[Group]) -> Draft:
    """Each sentence with its marker: a line each for a list, else a paragraph a document.

    What an earlier group quoted is not quoted again. Rows of a table are listed below what is said
    before them.
    """
    writer = _Writer()
    known: set[tuple[str, str, int]] = set()
    for each in groups:
        fresh = [one for one in each.chosen if one.place not in known]
        known.update(one.place for one in fresh)
        for _, of_one in groupby(fresh, key=lambda one: one.place[:2]):
            writer.paragraph(each.form, list(of_one), as_list=each.as_list)
    return Draft(writer.text, "extractive", quotations=tuple(writer.quotations))


class _Writer:
    """Builds the text and the quotations in it, numbered as they come."""

    def __init__(self) -> None:
        self.text = ""
        self.quotations: list[Quotation] = []
        self._marker = 0

    def paragraph(self, form: QuestionForm, chosen: Sequence[Pooled], *, as_list: bool) -> None:
        """Adds sentences of one document."""
        rows = [row_of(one) for one in chosen]
        labels = ["" if row else _label(one) for one, row in zip(chosen, rows, strict=True)]
        several = sum(bool(row or label) for row, label in zip(rows, labels, strict=True)) > 1
        before: bool | None = None
        lead = _led_in(chosen)
        for at, (one, row, label) in enumerate(zip(chosen, rows, labels, strict=True)):
            item = as_list and at >= lead
            apart = bool(item or row or label)
            self.text += self._gap(before, apart) + "- " * (item or (apart and several))
            self.text += f"{label}{OF_IT}" if label else ""
            self._quote(
                one, [(0, len(one.text))] if row is None else row.spans(form, one.columns), row
            )
            before = apart

    def _gap(self, before: bool | None, apart: bool) -> str:
        """What stands before the next: an item has its line, a list or a row its paragraph."""
        if before is None or before != apart:
            return "\n\n" if self.text else ""
        return "\n" if apart else " "

    def _quote(self, one: Pooled, spans: Sequence[Span], row: Row | None) -> None:
        self._marker += 1
        if row is not None:
            self._add(one, row.about)
            self.text += OF_IT
        for i, span in enumerate(spans):
            self.text += "; " if i else ""
            self._add(one, span)
        self.text += f" [{self._marker}]"

    def _add(self, one: Pooled, span: Span) -> None:
        start, chunk = len(self.text), one.source.stored.chunk
        self.text += one.text[slice(*span)]
        begins = chunk.start + one.part.start
        self.quotations.append(
            Quotation(
                start=start,
                end=len(self.text),
                source=one.source.stored,
                quote_start=begins + span[0],
                quote_end=begins + span[1],
                marker=self._marker,
            )
        )


def _led_in(chosen: Sequence[Pooled]) -> int:
    """How many sentences stand before the items of a list: those up to the one that leads in."""
    leading = [at + 1 for at, one in enumerate(chosen[:_MOST_BEFORE_ITEMS]) if leads_in(one)]
    return leading[0] if leading and leading[0] < len(chosen) else 0


def _label(one: Pooled) -> str:
    """What the value of a labelled cell is of, told before it; empty for other sentences."""
    if one.label:
        return one.label
    cell = cell_of(one)
    return "" if cell is None else label_of(cell)


def abstention(form: QuestionForm, passages: Sequence[Passage], lacking: str = "") -> str:
    """Says that the library does not answer, what is `lacking`, and what comes nearest."""
    if not passages:
        return phrase("nothing-held")
    lines = [NOT_ANSWERED, lacking or _MISSING.get(form.expected, "")]
    nearest = _nearest(passages[:_NEAREST])
    said = " ".join(line for line in lines if line)
    return f"{said}\n\nNearest to it: {'; '.join(nearest)}."


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
