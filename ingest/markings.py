"""What a document is marked as, of all that it says of itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from assistant.access.ladders import UNREADABLE, Ladders
from assistant.access.spellings import parts, spelled
from assistant.types import LoadedDocument, Page
from ingest.loaders.banners import banners, portions
from ingest.loaders.likely import Likely
from ingest.loaders.stated import stated

_EDGE = 600
"""Characters at the beginning and the end of a page that are looked through for a marking."""
_LINES = 5
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
    _likely: Likely = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_likely", Likely(self.ladders))

    def marked(self, document: LoadedDocument, borne: str | None = None) -> LoadedDocument:
        """The document with its marking: the highest that it says itself, or the default one.

        `borne` is the marking of the message that it was attached to. What it says that is no
        marking in use closes it, because nobody can tell how high it is, and is told in a warning.
        """
        said = self._highest([document.metadata.marking or "", borne or ""])
        written = (*_edges(document), *document.margins)
        seen = [*banners(written, self.ladders), *stated(document.text, self.ladders)]
        plain = self._highest([said or "", *dict.fromkeys(seen), *portions(document.text)])
        read = dict(self._read(document))
        found = self._highest([plain or "", *read])
        marking = self._placed(found) if found else self.default
        warnings = (
            *document.warnings,
            *self._warnings(said, plain, found, marking),
            *self._read_so(document, read if found != plain else {}, found),
        )
        metadata = replace(document.metadata, marking=marking)
        return replace(document, metadata=metadata, warnings=warnings, margins=())

    def placed_in(self, name: str) -> str | None:
        """The marking that a folder of an archive, or the archive, is named by."""
        found = (self._likely.named(part.replace("_", " ")) for part in name.split("/"))
        return self.ladders.highest(found)

    def own(self, document: LoadedDocument | None) -> str | None:
        """The marking of a settled document, unless it has the one of those that name none."""
        marking = document.metadata.marking if document else None
        return None if marking == self.default else marking

    def _read(self, document: LoadedDocument) -> Iterator[tuple[str, str]]:
        """The markings that lines and names read as, though they are not written as one."""
        edges = list(dict.fromkeys(_edges(document)))
        for line in edges:
            if marking := self._likely.titled(line):
                yield marking, line
        for marking in self._likely.across(edges):
            yield marking, marking
        for name in (document.metadata.title, *document.margins):
            if marking := self._likely.named(name):
                yield marking, name

    def _read_so(
        self, document: LoadedDocument, read: Mapping[str, str], found: str | None
    ) -> Iterator[str]:
        for marking, line in read.items():
            if self.ladders.knows(marking):
                yield (
                    f"“{line[:60]}” reads as the marking {marking}, so it is kept as that. Write "
                    f"it as `marking: {marking}`, or, where it is none, within a sentence."
                )
        named = None if found else self._likely.mentioned(document.metadata.title)
        if named:
            yield (
                f"Its title names “{named}”, and nothing says that it is marked so. If it is, "
                f"write `marking: {named}`."
            )

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

    def _warnings(
        self, said: str | None, plain: str | None, found: str | None, marking: str | None
    ) -> Iterator[str]:
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
        if said is not None and plain is not None and said != plain and not unknown:
            yield (
                f"It says that it is {said[:60]}, and on a page that it is {plain[:60]}. It is "
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
