"""The progress of an ingest run, on standard error."""

from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from assistant.runs import RunProgress

_MEGABYTE = 1_000_000
_LINE_EVERY_S = 10.0


class IngestProgress:
    """Draws how far a run has come: a bar on a terminal, else a line every ten seconds."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = _bar(console)
        self._task = self._bar.add_task("", total=None, counts="", rates="")
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
        """Shows that the run is so far; the time that remains is reckoned from the bytes."""
        if not self._begun:
            self._begun = True
            self._started = self._spoken = monotonic()
            if self._console.is_terminal:
                self._bar.start()
        self._now = progress
        self._bar.update(
            self._task,
            total=progress.total_bytes,
            completed=progress.done_bytes,
            counts=self._counts(),
            rates=self._rates(),
        )
        if not self._console.is_terminal and monotonic() - self._spoken >= _LINE_EVERY_S:
            self._spoken = monotonic()
            self._console.print(self._line(), soft_wrap=True)

    def finished(self) -> None:
        """Ends the drawing."""
        if self._begun and self._console.is_terminal:
            self._bar.stop()

    def _line(self) -> str:
        now, elapsed = self._now, monotonic() - self._started
        parts = [self._counts(), self._rates()]
        share = min(99, 100 * now.done_bytes // now.total_bytes) if now.total_bytes else 0
        if share:
            left = elapsed * max(0, now.total_bytes - now.done_bytes) / now.done_bytes
            parts = [f"{share} %", *parts, f"{_spoken_time(left)} left"]
        return ", ".join(parts)

    def _counts(self) -> str:
        return f"{self._now.done_sources}/{self._now.total_sources} files"

    def _rates(self) -> str:
        elapsed = max(monotonic() - self._started, 0.001)
        files, size = self._now.done_sources, self._now.done_bytes
        return f"{files / elapsed:.1f} files/s, {size / _MEGABYTE / elapsed:.2f} MB/s"


class _Remaining(TimeRemainingColumn):
    def render(self, task: Task) -> Text:
        """The time that remains, with its name."""
        return Text.assemble(super().render(task), " left")


def _bar(console: Console) -> Progress:
    columns: tuple[ProgressColumn, ...] = (
        BarColumn(bar_width=24),
        TextColumn("{task.fields[counts]}", markup=False),
        TextColumn("{task.fields[rates]}", style="dim", markup=False),
        _Remaining(compact=True),
        TextColumn("{task.description}", style="dim", markup=False),
    )
    return Progress(*columns, console=console, transient=True, speed_estimate_period=60)


def _shortened(source: str) -> str:
    name = source.rstrip("/").rpartition("/")[2] or source
    return name if len(name) <= 32 else f"{name[:31]}…"


def _spoken_time(seconds: float) -> str:
    if seconds < 90:
        return f"about {max(1, round(seconds))} s"
    if seconds < 5400:
        return f"about {round(seconds / 60)} min"
    return f"about {seconds / 3600:.1f} h"
