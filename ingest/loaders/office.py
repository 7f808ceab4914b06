"""What office documents say of themselves, whatever program wrote them."""

from collections.abc import Mapping, Sequence

from assistant.errors import SourceLimitError
from assistant.types import Metadata
from ingest.limits import Limits
from ingest.loaders.banners import banner
from ingest.loaders.metadata import (
    Told,
    groups_in_keywords,
    groups_of,
    language_of,
    marking_in_keywords,
    marking_said,
    one_line,
    own_title,
    readable_title,
    together,
)
from ingest.sources import Source

_AUTHORS = ("creator", "initial-creator", "author", "publisher")
_DATES = ("created", "creation-date", "date", "modified")
_NO_DATE = "1601-01-01"  # zero, as some programs count time
_KEYWORDS = ("keywords", "keyword")


def described(
    source: Source,
    said: Mapping[str, str],
    opening: Sequence[str],
    warnings: list[str],
    heading: str | None = None,
) -> Metadata:
    """The metadata in a document's properties, named in small letters.

    `opening` are the first texts in it, where a marking may stand. `heading` is the title of a
    document that names none itself.
    """
    told = Told()
    marking = together(
        (
            marking_said(said),
            *map(marking_in_keywords, _values(said, _KEYWORDS)),
            banner([said.get("category", ""), *opening[:3]]),
        )
    )
    title = own_title(said.get("title")) or heading
    metadata = Metadata(
        title=source.title or title or readable_title(source.name),
        issuer=one_line(next(iter(_values(said, _AUTHORS)), None)),
        published_on=told.date(next(iter(_values(said, _DATES)), None)),
        marking=marking,
        language=language_of(said.get("language")),
        groups=groups_of(said.get("groups"))
        or next(filter(None, map(groups_in_keywords, _values(said, _KEYWORDS))), ()),
    )
    warnings += told.warnings
    return metadata


def refuse_pages(count: int, what: str, limits: Limits) -> None:
    """Raises `SourceLimitError` where a document has more pages, of whatever kind, than allowed."""
    if count > limits.pages:
        raise SourceLimitError(
            f"has {count} {what}, and {limits.pages} are allowed. Split it, or raise "
            "ATTACHE_MAX_PAGES."
        )


def _values(said: Mapping[str, str], names: Sequence[str]) -> list[str]:
    values = (said.get(name, "").strip() for name in names)
    return [value for value in values if value and not value.startswith(_NO_DATE)]
