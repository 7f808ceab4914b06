"""The progress of an ingest run, on standard error."""

from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

_MEGABYTE = 1_000_000
_LINE_EVERY_S = 10.0


class IngestProgress:
    """Draws how far a run has come: a bar on a terminal, else a line every ten seconds."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = _bar(console)
        self._task = self._bar.add_task("", total=None, counts="", rates="")
        self._sources = self._done = self._bytes = 0
        self._started = self._spoken = monotonic()

    def started(self, total_sources: int, total_bytes: int) -> None:
        """Begins to draw; the time that remains is reckoned from the bytes."""
        self._sources = total_sources
        self._started = self._spoken = monotonic()
        self._bar.update(self._task, total=total_bytes)
        if self._console.is_terminal:
            self._bar.start()
        self._draw()

    def worked(self, size: int) -> None:
        """Moves the bar on by so many bytes."""
        self._bytes += size
        self._show()

    def advanced(self, source: str) -> None:
        """Counts one source as done; its name is shown."""
        self._done += 1
        self._bar.update(self._task, description=_shortened(source))
        self._show()

    def finished(self) -> None:
        """Ends the drawing."""
        if self._console.is_terminal:
            self._bar.stop()

    def _show(self) -> None:
        self._draw()
        if not self._console.is_terminal and monotonic() - self._spoken >= _LINE_EVERY_S:
            self._spoken = monotonic()
            self._console.print(f"{self._counts()}, {self._rates()}")

    def _draw(self) -> None:
        self._bar.update(
            self._task, completed=self._bytes, counts=self._counts(), rates=self._rates()
        )

    def _counts(self) -> str:
        return f"{self._done}/{self._sources} files"

    def _rates(self) -> str:
        elapsed = max(monotonic() - self._started, 0.001)
        return f"{self._done / elapsed:.1f} files/s, {self._bytes / _MEGABYTE / elapsed:.2f} MB/s"


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
