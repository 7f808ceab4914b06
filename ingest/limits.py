"""How much one document may ask for while it is read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.access.ladders import DEFAULT

if TYPE_CHECKING:  # a reader process is told its limits; what reads settings is slow to import
    from assistant.settings import Settings

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one source may take. Times are in seconds, sizes in bytes.

    `page_seconds` is the time for recognising one page, beside `seconds` for all the rest.
    `nesting` counts the containers a document may lie in: 0 refuses every archive. `markings` are
    those in use, as the setting writes them.
    """

    seconds: float = 120.0
    memory: int = 768 * MEGABYTE
    pages: int = 10_000
    characters: int = 20_000_000
    unpacked: int = 512 * MEGABYTE
    members: int = 100_000
    nesting: int = 3
    ocr: bool = True
    ocr_languages: str = "eng+fra"
    page_seconds: float = 60.0
    markings: str = DEFAULT


def limits_of(settings: "Settings") -> Limits:
    """The limits that the settings set."""
    return Limits(
        seconds=settings.parse_timeout_s,
        memory=settings.parse_memory_mb * MEGABYTE,
        pages=settings.max_pages,
        characters=settings.max_characters,
        unpacked=settings.max_unpacked_mb * MEGABYTE,
        members=settings.max_members,
        nesting=settings.max_nesting,
        ocr=settings.ocr,
        ocr_languages=settings.ocr_languages,
        page_seconds=settings.ocr_timeout_s,
        markings=settings.markings,
    )
