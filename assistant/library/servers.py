"""The servers that a library is kept on, as the settings name them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class ChromaAddress:
    """Where a Chroma server is, and what every request to it carries.

    `authority` is a file with the certificate of who vouches for it, where that is nobody known.
    """

    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    tenant: str = "default_tenant"
    database: str = "default_database"
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Servers:
    """What is not kept in the data directory; None for what is."""

    database_url: str | None = field(default=None, repr=False)
    chroma: ChromaAddress | None = None
    files: str | None = None
    files_options: Mapping[str, object] = field(default_factory=dict, repr=False)


def servers_of(settings: Settings) -> Servers:
    """The servers that the settings name."""
    options = settings.options_for_files()
    if settings.chroma_url is None:
        return Servers(settings.ledger_url, None, settings.files, options)
    chroma = ChromaAddress(
        url=settings.chroma_url,
        headers=settings.headers_for_chroma(),
        tenant=settings.chroma_tenant,
        database=settings.chroma_database,
        authority=None if settings.chroma_ca is None else str(settings.chroma_ca),
    )
    return Servers(settings.ledger_url, chroma, settings.files, options)
