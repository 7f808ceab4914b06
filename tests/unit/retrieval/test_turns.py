"""Questions of many callers, retrieved in turns."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock
from time import sleep
from typing import Any, cast

import pytest

from assistant.errors import AsOfPrunedError
from assistant.retrieval.retriever import HybridRetriever
from assistant.retrieval.standalone import resolve
from assistant.types import Filters

CALLERS = 12


@dataclass
class EmptyLibrary:
    """Has nothing to search, and takes a moment to say so."""

    at_once: int = 0
    most: int = 0
    lock: Lock = field(default_factory=Lock)

    def at(self, _as_of: datetime, _filters: Filters, *, exactly: bool = False) -> None:
        with self.lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        sleep(0.01)
        with self.lock:
            self.at_once -= 1
        if exactly:
            message = "pruned"
            raise AsOfPrunedError(message)


def retriever(search: EmptyLibrary, turns: ThreadPoolExecutor | None) -> HybridRetriever:
    unused = cast("Any", None)
    return HybridRetriever(cast("Any", search), unused, unused, turns=turns)


def ask(asked: HybridRetriever, *, exactly: bool = False) -> list[object]:
    now = datetime.now(UTC)
    found = asked.retrieve(
        resolve("Who?", ()), as_of=now, top_k=8, filters=Filters(), exactly=exactly
    )
    return [*found]


def test_no_more_are_retrieved_at_once_than_there_are_turns() -> None:
    search = EmptyLibrary()
    with ThreadPoolExecutor(2) as turns, ThreadPoolExecutor(CALLERS) as callers:
        asked = retriever(search, turns)
        assert list(callers.map(lambda _: ask(asked), range(CALLERS))) == [[]] * CALLERS
    assert search.most == 2


def test_without_turns_all_are_retrieved_at_once() -> None:
    search = EmptyLibrary()
    with ThreadPoolExecutor(CALLERS) as callers:
        asked = retriever(search, None)
        assert list(callers.map(lambda _: ask(asked), range(CALLERS))) == [[]] * CALLERS
    assert search.most > 2


def test_what_goes_wrong_in_a_turn_is_told_to_who_asked() -> None:
    with ThreadPoolExecutor(1) as turns:
        asked = retriever(EmptyLibrary(), turns)
        with pytest.raises(AsOfPrunedError, match="pruned"):
            ask(asked, exactly=True)
        assert ask(asked) == []
