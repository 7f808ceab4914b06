"""What a document is marked as, of all that it says of itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.access.ladders import Ladders, spelled
from assistant.types import LoadedDocument, Page
from ingest.loaders.metadata import banners

_EDGE = 400
"""Characters at the beginning and the end of a page that are looked through for a marking."""
_LINES = 3
_UNKNOWN = "none that is known"
"""What a loader says of a marking that it has not seen before."""


@dataclass(frozen=True, slots=True)
class Marker:
    """Settles markings: `ladders` are those in use, `default` is of what has none."""

    ladders: Ladders
    default: str | None = None

    def marked(self, document: LoadedDocument) -> LoadedDocument:
        """The document with its marking: the highest that it says itself, or the default one.

        What it says that is no marking in use stays, because nobody can tell how high it is, and
        is told in a warning.
        """
        said = document.metadata.marking
        seen = list(dict.fromkeys(banners(_edges(document), self.ladders.names)))
        marking = self.ladders.highest([said, *seen]) or self.default
        kept = [one for one in document.warnings if not self._is_in_use(said, one)]
        warnings = [*kept, *self._warnings(said, marking, document.warnings)]
        metadata = replace(document.metadata, marking=marking)
        return replace(document, metadata=metadata, warnings=tuple(warnings))

    def _is_in_use(self, said: str | None, warning: str) -> bool:
        """Whether a warning is of a marking that this installation names its own."""
        return said is not None and _UNKNOWN in warning and self.ladders.knows(said)

    def _warnings(
        self, said: str | None, marking: str | None, told: tuple[str, ...]
    ) -> Iterator[str]:
        if marking is None:
            return
        if not self.ladders.knows(marking):
            if not any(_UNKNOWN in one for one in told):
                yield (
                    f"Its marking “{marking[:60]}” is none in use, so only who is cleared for all "
                    "can read it. Check its spelling, or name it in ATTACHE_MARKINGS."
                )
        elif said is not None and spelled(said) != spelled(marking):
            yield (
                f"It says that it is {said[:60]}, and on a page that it is {marking[:60]}. It is "
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
