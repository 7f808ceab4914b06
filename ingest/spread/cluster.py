"""A Ray cluster that works for this process: the only module that knows Ray."""

import logging
import os
import pickle
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import Any
from urllib.parse import urlsplit

import ray
from ray.data import ActorPoolStrategy, DataContext, from_items
from ray.exceptions import RayError
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

from assistant.closing import Closing
from assistant.errors import ConfigurationError, LibraryUnavailableError
from assistant.ports import TextEncoder
from ingest.limits import Limits
from ingest.sources import Source
from ingest.spread.work import Desk, Embedding, Handed, Reading, Result

logger = logging.getLogger(__name__)

SOURCES_A_BLOCK = 4
"""Sources that travel together: few, so that a run shows how far it is and a loss costs little."""
DOCUMENTS_A_BATCH = 4
_READERS_SHARE = 0.1
_EMBEDDERS_SHARE = 0.9
"""Parts of a core that Ray counts for each: together one reader and one embedder a core."""
LOCAL = "local"
_REACHED_S = 5.0


@dataclass(frozen=True, slots=True)
class Asked:
    """How a cluster shall work; `gpus` are those of each embedder, 0 for one on a core."""

    limits: Limits
    max_bytes: int
    open_encoder: Callable[[], TextEncoder]
    gpus: float = 0.0


class _Fetch:
    """Asks the desk for sources, from any node."""

    def __init__(self, desk: Any) -> None:
        self._desk = desk

    def __call__(self, number: int) -> Handed:
        handed: Handed = ray.get(self._desk.hand.remote(number))
        return handed


class RayCluster(Closing):
    """A connection to a cluster, until `close`. Its nodes must have this program installed."""

    def __init__(self, address: str, asked: Asked) -> None:
        self._asked = asked
        self._address = address
        if address != LOCAL:
            _require_there(address)
        # Of a cluster that is started here; one that runs already was told by who started it.
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # noqa: TID251 - Ray reads it, not we
        try:
            ray.init(
                None if address == LOCAL else address,
                include_dashboard=False if address == LOCAL else None,
                log_to_driver=False,
                logging_level=logging.WARNING,
                configure_logging=False,
            )
        except (ConnectionError, ValueError, RuntimeError, RayError) as error:
            raise _nowhere(address, error) from error
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        context = DataContext.get_current()
        context.enable_progress_bars = False
        context.enable_operator_progress_bars = False

    def close(self) -> None:
        """Leaves the cluster; one that was started for this goes with it."""
        ray.shutdown()

    def results(
        self, sources: Sequence[Source], known: Mapping[int, str]
    ) -> Iterator[tuple[int, Result]]:
        """What became of each source with its number, as they are done and in any order.

        `known` are the hashes of what need not be read again. What a lost node had is done by
        another one.

        Raises:
            LibraryUnavailableError: the cluster is lost, or has no room to work.
        """
        with self._translated():
            # Held until the end: a desk that is made anew needs them again.
            held = ray.put(list(sources)), ray.put(dict(known))
            desk = self._desk(*held)
            rows = from_items(
                [{"number": number} for number in range(len(sources))],
                override_num_blocks=ceil(len(sources) / SOURCES_A_BLOCK),
            )
            cores = max(1, int(_resources().get("CPU", 1)))
            read = rows.map(
                Reading,  # type: ignore[arg-type]  # a class, as its documentation has it
                fn_constructor_args=(_Fetch(desk), self._asked.limits),
                compute=ActorPoolStrategy(size=min(cores, len(sources))),
                num_cpus=_READERS_SHARE,
            )
            done = read.map_batches(
                Embedding,
                fn_constructor_args=(self._asked.open_encoder,),
                batch_size=DOCUMENTS_A_BATCH,
                **self._embedders(cores, len(sources)),
            )
            for row in done.iter_rows():
                yield int(row["number"]), pickle.loads(row["result"])  # noqa: S301 - our nodes'

    def _embedders(self, cores: int, sources: int) -> dict[str, Any]:
        if self._asked.gpus:
            gpus = _resources().get("GPU", 0.0)
            if gpus < self._asked.gpus:
                raise ConfigurationError(
                    f"ATTACHE_RAY_GPUS asks for {self._asked.gpus:g} for each embedder, and the "
                    f"cluster has {gpus:g}. Set it to 0 to embed on its cores."
                )
            size = min(int(gpus / self._asked.gpus), sources)
            return {"compute": ActorPoolStrategy(size=size), "num_gpus": self._asked.gpus}
        return {
            "compute": ActorPoolStrategy(size=min(cores, sources)),
            "num_cpus": _EMBEDDERS_SHARE,
        }

    def _desk(self, sources: Any, known: Any) -> Any:
        """An actor on this machine, which can read what this process can."""
        here = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)
        actor = ray.remote(Desk).options(
            num_cpus=0,
            scheduling_strategy=here,
            max_restarts=-1,
            max_task_retries=-1,
            max_concurrency=4,
        )
        return actor.remote(sources, known, self._asked.max_bytes)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (RayError, ConnectionError) as error:
            logger.debug("the cluster failed", exc_info=error)
            reason = (str(error).splitlines() or [type(error).__name__])[0][:300]
            raise LibraryUnavailableError(
                f"The Ray cluster at {self._address} failed: {reason} What was published stays. "
                "Look at its nodes, and run the ingest again for the rest."
            ) from error


def _require_there(address: str) -> None:
    """Passes where something listens: Ray itself would try for minutes."""
    parts = urlsplit(address if "://" in address else f"ray://{address}")
    try:
        socket.create_connection((parts.hostname or "", parts.port or 6379), _REACHED_S).close()
    except (OSError, ValueError) as error:
        raise _nowhere(address, error) from error


def _nowhere(address: str, error: Exception) -> ConfigurationError:
    return ConfigurationError(
        f"There is no Ray cluster at {address!r}: {error}. Start one with `ray start --head`, and "
        "name it as HOST:6379, or `local` for one of this machine alone."
    )


def _resources() -> dict[str, float]:
    """What the nodes of the cluster have in all."""
    found: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
    return found
