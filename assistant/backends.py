"""Everything a command works with, opened from the settings and closed together."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.access.ladders import Ladders
from assistant.answers.clarify import Clarifier
from assistant.answers.draft import Answerer
from assistant.answers.extractive import ExtractiveAnswerer
from assistant.answers.lookup import TextLookup
from assistant.answers.reading import Reader
from assistant.assistant import Assistant
from assistant.chain import AnswerChain
from assistant.closing import Closing
from assistant.library.library import Library, open_library
from assistant.library.lock import DirectoryLock, hold
from assistant.library.servers import servers_of
from assistant.library.snapshots import StateSnapshots
from assistant.models.encoder import open_local_encoder, open_token_encoder
from assistant.models.gguf import with_model_file
from assistant.ports import KeepsAudit, Reranker, TextEncoder, TokenEncoder
from assistant.retrieval.candidates import CandidateSearch
from assistant.retrieval.misspelled import Speller
from assistant.retrieval.ranking import Ranker
from assistant.retrieval.retriever import HybridRetriever
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.retrieval.rewriting import Rewriter

ENDPOINT = "openai:"


@dataclass(frozen=True, slots=True)
class Backends(Closing):
    """The library with the data directory held, and what answers from it."""

    library: Library
    audit: KeepsAudit
    snapshots: StateSnapshots
    encoder: TextEncoder
    retriever: HybridRetriever
    answerer: Answerer
    assistant: Assistant
    _closing: ExitStack

    def close(self) -> None:
        """Closes the stores and lets the data directory go."""
        self._closing.close()


def open_encoder(settings: Settings) -> TextEncoder:
    """The embedder that the settings name. Raises `ConfigurationError`."""
    if settings.embedder.startswith(ENDPOINT):
        from assistant.models.openai import EndpointEncoder  # noqa: PLC0415  # as the chat model's

        return EndpointEncoder(settings.embedder.removeprefix(ENDPOINT), settings)
    return open_local_encoder(settings)


def open_backends(
    settings: Settings, purpose: str, held: DirectoryLock | None = None, *, mend: bool = False
) -> Backends:
    """Takes the data directory and opens all that is in it; `purpose` names the holder to others.

    A directory that the caller holds already stays with the caller. With `mend`, an index that
    cannot be read is rebuilt.

    Raises:
        ConfigurationError: an embedder, cross-encoder or chat model cannot be used as set.
        LibraryInUseError: another process holds the data directory.
        EmbeddingMismatchError: the library was built with another embedder.
    """
    with ExitStack() as closing:
        if held is None:
            closing.enter_context(hold(settings.home, purpose))
        encoder = open_encoder(settings)
        library = closing.enter_context(
            open_library(settings.home, encoder.name, mend=mend, servers=servers_of(settings))
        )
        snapshots = StateSnapshots(settings.home, library, _compared(settings))
        closing.callback(snapshots.close)
        search = _search(settings, library, snapshots)
        retriever = _retriever(settings, library, encoder, search, closing)
        extractive = ExtractiveAnswerer(
            _reader(settings, encoder, library), library.ledger.neighbours, library.ledger.span
        )
        answerer, rewriter = _speakers(closing.enter_context(with_model_file(settings)), extractive)
        chain = AnswerChain(
            retriever=retriever,
            answerer=answerer,
            extractive=extractive,
            clarifier=Clarifier(retriever, extractive),
            encoder=encoder,
            top_k=settings.top_k,
            unsupported=settings.unsupported,
            rewriter=rewriter,
            speller=Speller(search, encoder),
            lookup=TextLookup(retriever, library.ledger.neighbours, library.ledger.span),
            moment=library.ledger.moment,
            ladders=Ladders.read(settings.markings),
            lacking=library.lacking,
        )
        return Backends(
            library=library,
            audit=library.ledger.audit,
            snapshots=snapshots,
            encoder=encoder,
            retriever=retriever,
            answerer=answerer,
            assistant=Assistant(chain, settings.max_question_chars),
            _closing=closing.pop_all(),
        )


def _compared(settings: Settings) -> int:
    """Up to how many passages all are compared, and no index of vectors is asked."""
    # A server of vectors is asked as long as it answers: that it is away is to be told.
    return 0 if settings.chroma_url else settings.compare_up_to


def _search(settings: Settings, library: Library, snapshots: StateSnapshots) -> CandidateSearch:
    return CandidateSearch(
        library.vectors,
        library.lexical,
        library.ledger,
        settings.candidates,
        snapshots,
        few=_compared(settings),
    )


def _retriever(
    settings: Settings,
    library: Library,
    encoder: TextEncoder,
    search: CandidateSearch,
    closing: ExitStack,
) -> HybridRetriever:
    """What finds passages; its threads end with `closing`."""
    # Entered first, so that it ends last: who retrieves in turns uses it.
    pool = closing.enter_context(ThreadPoolExecutor(thread_name_prefix="words"))
    turns = _turns(settings)
    if turns is not None:
        closing.enter_context(turns)
    return HybridRetriever(
        search,
        encoder,
        Ranker(library.ledger.token_signs, encoder.name),
        reranker=_reranker(settings),
        pool=pool,
        turns=turns,
    )


def _turns(settings: Settings) -> ThreadPoolExecutor | None:
    """Where questions are retrieved; none where they wait for servers rather than for cores."""
    remote = settings.embedder.startswith(ENDPOINT) or settings.chroma_url or settings.database_url
    if remote:
        return None
    return ThreadPoolExecutor((os.cpu_count() or 1) + 1, thread_name_prefix="retrieval")


def _reader(settings: Settings, encoder: TextEncoder, library: Library) -> Reader:
    """What reads passages closely: the embedder, or the default one where it knows no tokens."""
    if isinstance(encoder, TokenEncoder):
        return Reader(encoder, library.ledger.token_signs)
    return Reader(open_token_encoder(settings))


def _speakers(
    settings: Settings, extractive: ExtractiveAnswerer
) -> tuple[Answerer, "Rewriter | None"]:
    """Who answers and who rewrites; without a chat model the sentences of the library answer."""
    if settings.chat_model is None:
        return extractive, None
    from assistant.speaking import speakers  # noqa: PLC0415  # a quarter of a second

    return speakers(settings, extractive) or (extractive, None)


def _reranker(settings: Settings) -> Reranker | None:
    if not settings.reranker:
        return None
    from assistant.models.reranker import open_reranker  # noqa: PLC0415  # a tenth of a second

    return open_reranker(settings)
