"""The progress of an ingest run, on standard error."""

import math
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn

from assistant.runs import RunProgress

_MEGABYTE = 1_000_000
_LINE_EVERY_S = 10.0
_LEAST_S = 5.0
_LEAST_SHARE = 0.05
_LEAST_STEPS = 4
_LEAST_PACE = 0.05
_SMOOTHED_OVER_S = 8.0


class Remaining:
    """The time that a run still takes, reckoned from its pace since the first bytes were done.

    The opening of models and readers before is no part of the pace. Too few bytes, steps or seconds
    tell nothing, and what is told changes by and by.
    """

    def __init__(self) -> None:
        self._first: tuple[float, int] | None = None
        self._done = self._steps = 0
        self._left: float | None = None
        self._told = 0.0

    def seconds(self, now: float, done: int, total: int) -> float | None:
        """The seconds that remain when so many bytes of so many are done; None while unknown."""
        if done != self._done:
            self._done, self._steps = done, self._steps + 1
            self._first = self._first or (now, done)
        if self._first is None:
            return None
        elapsed, did = now - self._first[0], done - self._first[1]
        if elapsed < _LEAST_S or did < _LEAST_SHARE * total or self._steps < _LEAST_STEPS:
            return None
        reckoned = elapsed * max(0, total - done) / max(1, did)
        if self._left is None:
            self._left = reckoned
        else:
            passed = now - self._told
            self._left -= passed
            self._left += (reckoned - self._left) * (1 - math.exp(-passed / _SMOOTHED_OVER_S))
        self._told = now
        return max(0.0, self._left)


class IngestProgress:
    """Draws how far a run has come: a bar on a terminal, else a line every ten seconds."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = _bar(console)
        self._task = self._bar.add_task("", total=None, counts="", rates="", left="")
        self._remaining = Remaining()
        self._now = RunProgress()
        self._begun = False
        self._started = self._spoken = monotonic()

    def started(self, total_sources: int, total_bytes: int) -> None:
        """Begins to draw; what there is to do may grow, as when an archive is opened."""
        self.reached(
            RunProgress(total_sources, self._now.done_sources, total_bytes, self._now.done_bytes)
        )

    def worked(self, size: int) -> None:
        """Moves the bar on by so many bytes."""
        now = self._now
        done = now.done_bytes + size
        self.reached(RunProgress(now.total_sources, now.done_sources, now.total_bytes, done))

    def advanced(self, source: str) -> None:
        """Counts one source as done; its name is shown."""
        self.name(source)
        now = self._now
        done = now.done_sources + 1
        self.reached(RunProgress(now.total_sources, done, now.total_bytes, now.done_bytes))

    def name(self, source: str) -> None:
        """Shows the name of the source that was done last."""
        self._bar.update(self._task, description=_shortened(source))

    def reached(self, progress: RunProgress) -> None:
        """Shows that the run is so far; the time that remains is reckoned from the bytes.

        A file counts as done once it is taken in: what was only read would be lost with the power.
        """
        if not self._begun:
            self._begun = True
            self._started = self._spoken = monotonic()
            if self._console.is_terminal:
                self._bar.start()
        self._now = progress
        left = self._left()
        self._bar.update(
            self._task,
            total=progress.total_bytes,
            completed=progress.done_bytes,
            counts=self._counts(),
            rates=self._rates(),
            left=left or "",
        )
        if not self._console.is_terminal and monotonic() - self._spoken >= _LINE_EVERY_S:
            self._spoken = monotonic()
            self._console.print(self._line(left), soft_wrap=True)

    def finished(self) -> None:
        """Ends the drawing."""
        if self._begun and self._console.is_terminal:
            self._bar.stop()

    def _line(self, left: str | None) -> str:
        now = self._now
        parts = [self._counts(), self._rates()]
        share = min(99, 100 * now.done_bytes // now.total_bytes) if now.total_bytes else 0
        if share:
            parts.insert(0, f"{share} %")
        return ", ".join([*parts, left] if left else parts)

    def _left(self) -> str | None:
        now = self._now
        seconds = self._remaining.seconds(monotonic(), now.done_bytes, now.total_bytes)
        return None if seconds is None else f"{_spoken_time(seconds)} left"

    def _counts(self) -> str:
        return f"{self._now.done_sources}/{self._now.total_sources} files done"

    def _rates(self) -> str:
        """The pace; of files only where there is one to be seen: a long one takes minutes."""
        elapsed = max(monotonic() - self._started, 0.001)
        files, size = self._now.done_sources / elapsed, self._now.done_bytes / elapsed
        of_files = f"{files:.1f} files/s, " if files >= _LEAST_PACE else ""
        return f"{of_files}{size / _MEGABYTE:.2f} MB/s"


def _bar(console: Console) -> Progress:
    columns: tuple[ProgressColumn, ...] = (
        BarColumn(bar_width=24),
        TextColumn("{task.fields[counts]}", markup=False),
        TextColumn("{task.fields[rates]}", style="dim", markup=False),
        TextColumn("{task.fields[left]}", markup=False),
        TextColumn("{task.description}", style="dim", markup=False),
    )
    return Progress(*columns, console=console, transient=True)


def _shortened(source: str) -> str:
    name = source.rstrip("/").rpartition("/")[2] or source
    return name if len(name) <= 32 else f"{name[:31]}…"


def _spoken_time(seconds: float) -> str:
    if seconds < 90:
        return f"about {max(1, round(seconds))} s"
    if seconds < 5400:
        return f"about {round(seconds / 60)} min"
    return f"about {seconds / 3600:.1f} h"
