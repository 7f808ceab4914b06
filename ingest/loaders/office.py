"""What office documents say of themselves, whatever program wrote them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.errors import SourceLimitError
from assistant.types import LoadedDocument, Metadata
from ingest.limits import Limits
from ingest.loaders.banners import banner
from ingest.loaders.metadata import (
    Told,
    given_in_keywords,
    groups_in_keywords,
    groups_said,
    language_of,
    marking_in_keywords,
    marking_said,
    one_line,
    own_title,
    readable_title,
    together,
)
from ingest.loaders.origin import Filed, settled
from ingest.sources import Source

_AUTHORS = ("creator", "initial-creator", "author", "publisher")
_DATES = ("created", "creation-date", "date", "modified")
_NO_DATES = ("1601-01-01", "1970-01-01", "1980-01-01")  # zero, as programs count time
# The days of the templates that programs begin a new document with.
_TEMPLATES = ("1996-10-14", "2006-08-16", "2006-09-16", "2013-01-27", "2013-12-23", "2015-06-05")
_KEYWORDS = ("keywords", "keyword")


def described(
    source: Source,
    said: Mapping[str, str],
    opening: Sequence[str],
    heading: str | None = None,
) -> Metadata:
    """The metadata in a document's properties, named in small letters.

    `opening` are the first texts in it, where a marking may stand. `heading` is the title of a
    document that names none itself. Of issuer and date only those given as keywords are here;
    `dated` finds the others.
    """
    issuer, published_on = given_in_keywords(_values(said, _KEYWORDS))
    marking = together(
        (
            marking_said(said),
            *map(marking_in_keywords, _values(said, _KEYWORDS)),
            banner([said.get("category", ""), *opening[:3]]),
        )
    )
    title = own_title(said.get("title")) or heading
    return Metadata(
        title=source.title or title or readable_title(source.name),
        issuer=issuer,
        published_on=published_on,
        marking=marking,
        language=language_of(said.get("language")),
        groups=groups_said(said)
        or next(filter(None, map(groups_in_keywords, _values(said, _KEYWORDS))), ()),
    )


def dated(
    loaded: LoadedDocument,
    source: Source,
    said: Mapping[str, str],
    *,
    by_text: bool = True,
    stated: bool = False,
) -> LoadedDocument:
    """The document with its issuer and date, as its text or else its properties say.

    `by_text` and `stated` are as `settled` and `Filed` have them.
    """
    told = Told()
    on = told.date(next(iter(_values(said, _DATES)), None))
    author = one_line(next(iter(_values(said, _AUTHORS)), None))
    filed = Filed(author, on, stated=stated)
    warned = replace(loaded, warnings=(*loaded.warnings, *told.warnings))
    return settled(warned, source.name, filed, by_text=by_text)


def refuse_pages(count: int, what: str, limits: Limits) -> None:
    """Raises `SourceLimitError` where a document has more pages, of whatever kind, than allowed."""
    if count > limits.pages:
        raise SourceLimitError(
            f"has {count} {what}, and {limits.pages} are allowed. Split it, or raise "
            "ATTACHE_MAX_PAGES."
        )


def _values(said: Mapping[str, str], names: Sequence[str]) -> list[str]:
    values = (said.get(name, "").strip() for name in names)
    return [value for value in values if value and not value.startswith(_NO_DATES + _TEMPLATES)]
