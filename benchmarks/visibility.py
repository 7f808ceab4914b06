"""How soon all processes of a library tell of what one of them published.

One document is published again and again, with another figure in each edition, while callers ask
every process for the figure, one question after the other. The ledger says when an edition began
to stand, by the clock of the database's server, which is the clock of who asks on one machine.
"""

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from threading import Event
from time import monotonic, sleep, time

from tests.cluster.together import Process, get, post, upload, wait_for_run
from tests.integration.commands import Json

_ASKED = "How many reservists of Heron took part in exercise Visible Heron?"
_FIGURE = re.compile(r"(\d{4}) reservists of Heron")
_FIRST = 1000
_PATIENCE_S = 60.0
_PAUSE_S = 0.5
"""Between two editions, so that answers to what stands are seen too."""


@dataclass(frozen=True, slots=True)
class Told:
    """An answer of a process: when it was asked for and there, and which editions it shows."""

    process: int
    asked: float
    came: float
    editions: frozenset[int]


@dataclass(frozen=True, slots=True)
class Published:
    """An edition, and when it began to stand."""

    edition: int
    moment: float


def measured(processes: Sequence[Process], editions: int, callers: int) -> dict[str, object]:
    """What so many callers of each process saw of so many editions."""
    url = processes[0].url
    _publish(url, _FIRST)
    document = _cited(post(f"{url}/v1/ask", {"question": _ASKED}))
    with _asking(processes, callers) as told:
        published = []
        for edition in range(_FIRST + 1, _FIRST + 1 + editions):
            _publish(url, edition)
            published.append(Published(edition, _moment(url, document)))
            _wait_until_seen(told, len(processes), edition)
            sleep(_PAUSE_S)
    return summary(told, published, len(processes))


def summary(
    told: Sequence[Told], published: Sequence[Published], processes: int
) -> dict[str, object]:
    """When all processes had told of an edition, and which answers were behind or mixed."""
    seen = sorted(
        max(_first(told, number, one.edition) for number in range(processes)) - one.moment
        for one in published
    )
    took = sorted(answer.came - answer.asked for answer in told)
    late = [behind for answer in told if (behind := _behind(answer, published)) is not None]
    return {
        "editions": len(published),
        "answers": len(told),
        "an answer takes, s": {"median": round(median(took), 3), "most": round(took[-1], 3)},
        "told of by all after, s": {"median": round(median(seen), 3), "most": round(seen[-1], 3)},
        "answers asked for later that told of an older one": len(late),
        "the latest of them asked after, s": round(max(late, default=0.0), 3),
        "answers that mixed two": sum(len(answer.editions) > 1 for answer in told),
    }


def _behind(answer: Told, published: Sequence[Published]) -> float | None:
    """How long before the question an edition stood that the answer does not tell; else None."""
    stood = [one for one in published if one.moment < answer.asked]
    if not stood or min(answer.editions) >= stood[-1].edition:
        return None
    return answer.asked - stood[-1].moment


def _first(told: Sequence[Told], process: int, edition: int) -> float:
    """When a process first told of an edition, or of one after it."""
    return min(
        answer.came
        for answer in told
        if answer.process == process and max(answer.editions) >= edition
    )


@contextmanager
def _asking(processes: Sequence[Process], callers: int) -> Iterator[list[Told]]:
    """Answers to callers who ask while inside, in a list that grows."""
    stop, told = Event(), list[Told]()

    def ask(process: int) -> None:
        while not stop.is_set():
            asked = time()
            answer = post(f"{processes[process].url}/v1/ask", {"question": _ASKED})
            told.append(Told(process, asked, time(), _shown(answer)))

    everyone = [number for number in range(len(processes)) for _ in range(callers)]
    with ThreadPoolExecutor(len(everyone)) as running:
        asking = [running.submit(ask, number) for number in everyone]
        try:
            yield told
        finally:
            stop.set()
        for one in asking:
            one.result(_PATIENCE_S)


def _shown(answer: dict[str, Json]) -> frozenset[int]:
    """The editions that an answer quotes or shows a passage of."""
    passages = answer["passages"]
    assert isinstance(passages, list)
    shown = [
        str(answer["answer"]),
        *(str(one["text"]) for one in passages if isinstance(one, dict)),
    ]
    found = frozenset(int(figure) for text in shown for figure in _FIGURE.findall(text))
    assert found, answer["answer"]
    return found


def _publish(url: str, edition: int) -> None:
    """Sends an edition and waits until its run is done."""
    text = (
        f"# Exercise Visible Heron\n\nExercise Visible Heron had {edition} reservists of Heron.\n\n"
        f"## Taking part\n\nIn all, {edition} reservists of Heron took part in exercise Visible"
        " Heron.\n"
    )
    run = wait_for_run(url, upload(url, {"heron.md": text}))
    assert run["state"] == "done", run


def _cited(answer: dict[str, Json]) -> str:
    """The document that an answer cites first."""
    citations = answer["citations"]
    assert isinstance(citations, list)
    assert isinstance(citations[0], dict)
    return str(citations[0]["document_id"])


def _moment(url: str, document: str) -> float:
    """When the edition that stands began to."""
    stands = get(f"{url}/v1/documents/{document}")
    return datetime.fromisoformat(str(stands["valid_from"])).timestamp()


def _wait_until_seen(told: Sequence[Told], processes: int, edition: int) -> None:
    until = monotonic() + _PATIENCE_S
    while len({one.process for one in told if edition in one.editions}) < processes:
        assert monotonic() < until, f"edition {edition} is not told of"
        sleep(0.02)
