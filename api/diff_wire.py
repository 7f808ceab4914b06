"""Differences of versions as the wire has them."""

from collections.abc import Iterator

from api.document_schemas import ChangeOut, DiffOut, FieldChange
from api.document_wire import document_out
from api.shown import as_shown
from assistant.types import Change, Difference, Version

LONGEST = 100_000
"""Characters of a part whose text is sent; longer ones are read by their span."""


def diff_out(difference: Difference, context: int = 0) -> DiffOut:
    """The difference, with up to `context` characters of equal text beside each change."""
    return DiffOut.model_validate(
        {
            "document_id": difference.later.document_id,
            "from": document_out(difference.earlier),
            "to": document_out(difference.later),
            "metadata": list(_fields(difference.earlier, difference.later)),
            "changes": [
                _change_out(difference, part, shown=shown)
                for change in difference.changes
                for part, shown in _parts(difference, change, context)
            ],
        }
    )


def _parts(difference: Difference, change: Change, context: int) -> Iterator[tuple[Change, bool]]:
    """The change; where both texts are equal, the parts to show and the part between them.

    A part ends between words: up to `context` characters, less the word that would be cut.
    """
    length = change.from_end - change.from_start
    if change.kind != "equal" or not context:
        yield change, change.kind != "equal"
        return
    text = difference.earlier_text[change.from_start : change.from_end]
    before = 0 if change.from_start == 0 else _to_a_word(text, min(context, length))
    last = change.from_end == len(difference.earlier_text)
    after = 0 if last else _to_a_word(text[before:][::-1], min(context, length - before))
    cuts = [0, before, length - after, length]
    for shown, start, end in zip((True, False, True), cuts, cuts[1:], strict=False):
        if start < end:
            yield _cut(change, start, end), shown


def _to_a_word(text: str, most: int) -> int:
    """Up to `most` characters, down to the last white space where they would end in a word."""
    if most >= len(text) or text[most].isspace():
        return most
    return max(text.rfind(sign, 0, most) for sign in (" ", "\n", "\t")) + 1 or most


def _cut(change: Change, start: int, end: int) -> Change:
    return Change(
        "equal",
        change.from_start + start,
        change.from_start + end,
        change.to_start + start,
        change.to_start + end,
    )


def _change_out(difference: Difference, change: Change, *, shown: bool) -> ChangeOut:
    short = max(change.from_end - change.from_start, change.to_end - change.to_start) <= LONGEST
    told = shown and short
    return ChangeOut(
        kind=change.kind,
        from_start=change.from_start,
        from_end=change.from_end,
        to_start=change.to_start,
        to_end=change.to_end,
        from_text=difference.earlier_text[change.from_start : change.from_end] if told else None,
        to_text=difference.later_text[change.to_start : change.to_end] if told else None,
    )


def _fields(earlier: Version, later: Version) -> Iterator[FieldChange]:
    for field, old, new in (
        ("title", earlier.metadata.title, later.metadata.title),
        ("issuer", earlier.metadata.issuer, later.metadata.issuer),
        ("published_on", earlier.metadata.published_on, later.metadata.published_on),
        ("marking", earlier.metadata.marking, later.metadata.marking),
        ("language", earlier.metadata.language, later.metadata.language),
        ("source_uri", as_shown(earlier.source_uri), as_shown(later.source_uri)),
        ("media_type", earlier.media_type, later.media_type),
    ):
        if old != new:
            yield FieldChange(
                field=field,
                from_value=None if old is None else str(old),
                to_value=None if new is None else str(new),
            )
