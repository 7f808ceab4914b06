"""Rebuilds the indexes from the ledger beside those in use, which answer until the end."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from time import monotonic

import numpy as np

from assistant.errors import LibraryDamagedError
from assistant.library.chroma import READ_AT_ONCE
from assistant.library.completing import complete_postings, complete_vectors
from assistant.library.indexes import Fresh
from assistant.library.ledger import SqlLedger
from assistant.library.recover import sweep
from assistant.library.stores import Library
from assistant.library.telling import Tell, untold
from assistant.ports import TextEncoder, TokenEncoder

PORTION = 256
"""Texts embedded before their vectors are kept: what a kill at the wrong moment costs."""

Quiet = Callable[[], AbstractContextManager[None]]
"""While inside, nobody publishes, prunes or repairs."""


@dataclass(frozen=True, slots=True)
class ReindexReport:
    """What was rebuilt: the chunks in each index, and the texts that had to be embedded."""

    embedder: str
    chunks: int
    embedded: int
    elapsed_s: float


def reindex(
    library: Library, encoder: TextEncoder, *, quiet: Quiet = nullcontext, tell: Tell = untold
) -> ReindexReport:
    """Builds both indexes anew and lets them answer once they are complete.

    Raises:
        LibraryError: a store cannot be read or written; the old indexes go on.
        ModelError: the embedder is behind an API and fails.
    """
    began = monotonic()
    embedded = _keep_all(library, encoder, tell)
    fresh = library.indexes.fresh()
    try:
        _fill(library, fresh, tell)
        with quiet():
            # What was published meanwhile: little, so that nobody waits long.
            sweep(library)
            embedded += _keep_all(library, encoder, tell)
            _fill(library, fresh, untold)
            library.indexes.switch(fresh)
    except BaseException:
        library.indexes.drop(fresh)
        raise
    chunks = fresh.vectors.count()
    return ReindexReport(encoder.name, chunks, embedded, round(monotonic() - began, 3))


def keep_vectors(ledger: SqlLedger, encoder: TextEncoder, tell: Tell = untold) -> int:
    """Embeds the published texts whose vectors are not kept, and keeps them as they come.

    A text is embedded once, also where a kill cut an earlier call short. Returns how many were
    embedded.
    """
    missing = ledger.catalogue.unkept(encoder.name)
    for start in range(0, len(missing), PORTION):
        tell("passages embedded", start, len(missing))
        texts = ledger.catalogue.texts(missing[start : start + PORTION])
        vectors, signs = embedded(encoder, list(texts.values()))
        ledger.token_signs.keep(encoder.name, dict(zip(texts, signs, strict=False)))
        kept = [np.asarray(vector, dtype=np.float32) for vector in vectors]
        ledger.catalogue.keep(encoder.name, dict(zip(texts, kept, strict=True)))
    if missing:
        tell("passages embedded", len(missing), len(missing))
    return len(missing) + _keep_signs(ledger, encoder, tell)


def _keep_signs(ledger: SqlLedger, encoder: TextEncoder, tell: Tell) -> int:
    """Reads the texts whose tokens an earlier program did not look at; returns how many."""
    if not isinstance(encoder, TokenEncoder):
        return 0
    missing = ledger.token_signs.missing(encoder.name)
    for start in range(0, len(missing), PORTION):
        tell("passages read", start, len(missing))
        texts = ledger.catalogue.texts(missing[start : start + PORTION])
        _, signs = encoder.embed_passages(list(texts.values()))
        ledger.token_signs.keep(encoder.name, dict(zip(texts, signs, strict=True)))
    return len(missing)


def embedded(encoder: TextEncoder, texts: list[str]) -> tuple[list[list[float]], Sequence[bytes]]:
    """The vectors of these texts, and the signs of their tokens where the encoder gives them."""
    if isinstance(encoder, TokenEncoder):
        return encoder.embed_passages(texts)
    return encoder.embed_documents(texts), ()


def keep_indexed(library: Library) -> None:
    """Keeps the vectors that only the index has, as one built by an earlier program does."""
    unkept = set(library.ledger.catalogue.unkept(library.embedder))
    if not unkept:
        return
    wanted = library.ledger.catalogue.published()
    bare = [chunk_id for chunk_id, key in wanted.items() if key in unkept]
    with library.indexes.vectors.use() as index:
        for start in range(0, len(bare), READ_AT_ONCE):
            found = index.vectors(bare[start : start + READ_AT_ONCE])
            kept = {wanted[chunk_id]: vector for chunk_id, vector in found.items()}
            library.ledger.catalogue.keep(library.embedder, kept)


def _keep_all(library: Library, encoder: TextEncoder, tell: Tell) -> int:
    # What cannot be read from the index is embedded.
    with suppress(LibraryDamagedError):
        keep_indexed(library)
    return keep_vectors(library.ledger, encoder, tell)


def _fill(library: Library, fresh: Fresh, tell: Tell) -> None:
    wanted = library.ledger.catalogue.published()
    complete_vectors(fresh.vectors, library.ledger, library.embedder, wanted, tell)
    complete_postings(fresh.lexical, library.ledger, wanted, tell)
