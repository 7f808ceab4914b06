"""What a document is marked as, of all that it says of itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.access.ladders import UNREADABLE, Ladders
from assistant.access.spellings import parts, spelled
from assistant.types import LoadedDocument, Page
from ingest.loaders.banners import banners, portions

_EDGE = 400
"""Characters at the beginning and the end of a page that are looked through for a marking."""
_LINES = 3
_OPEN = frozenset({"PUBLIC", "OPEN", "TLP:CLEAR", "TLP:WHITE", "(U)"})
"""What says that there is none, where no ladder has it."""


@dataclass(frozen=True, slots=True)
class Marker:
    """Settles markings: `ladders` are those in use, `default` is of what has none.

    `unknown` is given for a marking that is none in use; without it such a one stays as it is, and
    who is not cleared for all cannot read what bears it.
    """

    ladders: Ladders
    default: str | None = None
    unknown: str | None = None

    def marked(self, document: LoadedDocument) -> LoadedDocument:
        """The document with its marking: the highest that it says itself, or the default one.

        What it says that is no marking in use closes it, because nobody can tell how high it is,
        and is told in a warning.
        """
        said = self._highest([document.metadata.marking or ""])
        seen = dict.fromkeys([*banners(_edges(document), self.ladders), *portions(document.text)])
        found = self._highest([said or "", *seen])
        marking = self._placed(found) if found else self.default
        warnings = (*document.warnings, *self._warnings(said, found, marking))
        metadata = replace(document.metadata, marking=marking)
        return replace(document, metadata=metadata, warnings=warnings)

    def _highest(self, markings: list[str]) -> str | None:
        named = (part for one in markings for part in parts(one))
        return self.ladders.highest(one for one in named if not self._is_open(one))

    def _is_open(self, marking: str) -> bool:
        name = spelled(marking).replace("TLP ", "TLP:").replace(": ", ":")
        return name in _OPEN and not self.ladders.knows(marking)

    def _placed(self, found: str) -> str | None:
        """The marking, with the one for unknown ones in their place where that is set.

        A caveat to a marking in use never puts the document below that marking.
        """
        unknown = [part for part in parts(found) if not self.ladders.knows(part)]
        if not unknown or self.unknown is None:
            return found
        bases = (self.ladders.named(part).partition("//")[0] for part in unknown)
        known = [part for part in (*parts(found), *bases) if part and self.ladders.knows(part)]
        return self.ladders.highest([*known, self.unknown])

    def _warnings(self, said: str | None, found: str | None, marking: str | None) -> Iterator[str]:
        if found is None:
            return
        kept = (
            f"it is kept as {marking}" if self.unknown else "only who is cleared for all reads it"
        )
        unknown = [part for part in parts(found) if not self.ladders.knows(part)]
        for part in unknown:
            if part == UNREADABLE:
                yield f"What it is marked as cannot be read, so {kept}. Write it as `marking: …`."
            else:
                yield (
                    f"Its marking “{part[:60]}” is none in use, so {kept}. Check its spelling, or "
                    "name it in ATTACHE_MARKINGS."
                )
        if said is not None and said != found and not unknown:
            yield (
                f"It says that it is {said[:60]}, and on a page that it is {found[:60]}. It is "
                "kept as the higher of the two. Check which is right."
            )


def _edges(document: LoadedDocument) -> Iterator[str]:
    """The first and the last lines of each page, or of the text where it has no pages."""
    text = document.text
    for page in document.pages or (Page(1, 0, len(text)),):
        head = text[page.start : min(page.start + _EDGE, page.end)]
        foot = text[max(page.start, page.end - _EDGE) : page.end]
        yield from _lines(head)[:_LINES]
        yield from _lines(foot)[-_LINES:]


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
