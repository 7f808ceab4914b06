"""Jobs in the ledger's database, which any process of a library takes: the queue of procrastinate.

A job that its process left, because it was killed or lost its network, is taken by another one.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from threading import Event

from procrastinate import App, PsycopgConnector, RetryStrategy, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status
from psycopg import Error as DatabaseError
from psycopg_pool import PoolTimeout

from assistant.errors import LibraryUnavailableError
from assistant.types import RunId

logger = logging.getLogger(__name__)

QUEUE = "ingest"
TASK = "take-in"
_BEAT_S = 2.0
STALLED_S = 10.0
"""After how long without a sign of life a process counts as gone, and its job goes to another."""
_LOOK_EVERY_S = 1.0
_TRY_AGAIN_S = 2
_WAITED_S = 5.0


class Jobs:
    """The jobs of one library: one run each, carried out one at a time."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url.replace("+psycopg", "", 1)
        self._asking = App(
            connector=SyncPsycopgConnector(
                conninfo=self._url, min_size=1, max_size=2, timeout=_WAITED_S
            )
        )
        self._asking.open()

    def schema(self) -> str:
        """The statements that make the tables of the queue."""
        return self._asking.schema_manager.get_schema()

    def defer(self, run_id: RunId) -> None:
        """Puts a run in the queue, where it is not waiting already.

        Raises:
            LibraryUnavailableError: the database cannot be reached.
        """
        try:
            self._asking.configure_task(TASK, queue=QUEUE, lock=QUEUE, queueing_lock=run_id).defer(
                run_id=run_id
            )
        except AlreadyEnqueued:
            return
        except (ConnectorException, DatabaseError, PoolTimeout) as error:
            raise LibraryUnavailableError(
                f"The queue cannot be reached: {error}. What was sent is kept and taken in once "
                "it is back."
            ) from error

    def known(self) -> set[str]:
        """The runs that wait or are being carried out."""
        jobs = self._asking.job_manager.list_jobs(queue=QUEUE)
        open_ones = (Status.TODO.value, Status.DOING.value)
        return {str(job.task_kwargs["run_id"]) for job in jobs if job.status in open_ones}

    def work(
        self, carry_out: Callable[[RunId], None], look_round: Callable[[], None], stop: Event
    ) -> None:
        """Carries jobs out until told to stop, also after the database was away.

        A job that raises `LibraryUnavailableError` is tried again. `look_round` is called now and
        then.
        """
        while not stop.is_set():
            try:
                asyncio.run(self._work(carry_out, look_round, stop))
            except Exception as error:  # noqa: BLE001 - the database is away: tried again
                logger.warning("The queue of uploads is away: %s", error)
                stop.wait(_TRY_AGAIN_S)

    def close(self) -> None:
        """Closes the connections."""
        with suppress(Exception):
            self._asking.close()

    async def _work(
        self, carry_out: Callable[[RunId], None], look_round: Callable[[], None], stop: Event
    ) -> None:
        app = App(connector=PsycopgConnector(conninfo=self._url, min_size=1, max_size=4))

        @app.task(
            name=TASK,
            queue=QUEUE,
            lock=QUEUE,
            retry=RetryStrategy(wait=_TRY_AGAIN_S, retry_exceptions={LibraryUnavailableError}),
        )
        def take_in(run_id: str) -> None:
            carry_out(RunId(run_id))

        async with app.open_async():
            working = asyncio.create_task(_worker(app))
            try:
                while not stop.is_set() and not working.done():
                    await _rescue(app)
                    await asyncio.to_thread(look_round)
                    await asyncio.wait({working}, timeout=_LOOK_EVERY_S)
            finally:
                working.cancel()
                with suppress(asyncio.CancelledError):
                    await working


async def _worker(app: App) -> None:
    """Takes one job after the other, until it is cancelled."""
    await app.run_worker_async(
        queues=[QUEUE],
        concurrency=1,
        install_signal_handlers=False,
        fetch_job_polling_interval=_LOOK_EVERY_S,
        update_heartbeat_interval=_BEAT_S,
        stalled_worker_timeout=STALLED_S,
        delete_jobs="successful",
    )


async def _rescue(app: App) -> None:
    """Puts back what a process that shows no sign of life had begun."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=STALLED_S):
        logger.warning("the run %s is taken over from a process that is gone", job.queueing_lock)
        await manager.retry_job(job, retry_at=datetime.now(UTC))
