"""Sent files that wait to be taken in, where every process of a library reaches them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import LibraryUnavailableError
from assistant.library.remote_files import opened_place

_FOLDER = "waiting"


class WaitingFiles:
    """The files of runs, in a folder for each beside the original files."""

    def __init__(self, place: str, options: Mapping[str, object]) -> None:
        self._files, root = opened_place(place, options)
        self._root = f"{root}/{_FOLDER}"
        self._place = place

    def put(self, run_id: str, folder: Path) -> None:
        """Copies the files of a folder there. Raises `LibraryUnavailableError`."""
        with self._translated():
            self._files.makedirs(self._at(run_id), exist_ok=True)
            for path in sorted(folder.iterdir()):
                self._files.put_file(str(path), f"{self._at(run_id)}/{path.name}")

    def fetch(self, run_id: str, folder: Path) -> bool:
        """Brings the files of a run into a new folder; whether there were any."""
        with self._translated():
            found = self._names(run_id)
            folder.mkdir(parents=True, exist_ok=True)
            for path in found:
                self._files.get_file(path, str(folder / path.rpartition("/")[2]))
        return bool(found)

    def move(self, run_id: str, other: str) -> bool:
        """Gives the files of a run to another one; whether there were any."""
        with self._translated():
            found = self._names(run_id)
            self._files.makedirs(self._at(other), exist_ok=True)
            for path in found:
                self._files.mv(path, f"{self._at(other)}/{path.rpartition('/')[2]}")
        return bool(found)

    def drop(self, run_id: str) -> None:
        """Removes the files of a run; those of an unknown one are no error."""
        with self._translated():
            if self._files.exists(self._at(run_id)):
                self._files.rm(self._at(run_id), recursive=True)

    def runs(self) -> list[str]:
        """The runs that have files here."""
        with self._translated():
            try:
                found = self._files.find(self._root)
            except FileNotFoundError:
                return []
        return sorted({path.split("/")[-2] for path in found})

    def _names(self, run_id: str) -> list[str]:
        try:
            return [str(path) for path in self._files.find(self._at(run_id))]
        except FileNotFoundError:
            return []

    def _at(self, run_id: str) -> str:
        return f"{self._root}/{run_id}"

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # each kind of place has errors of its own
            raise LibraryUnavailableError(
                f"Sent files cannot be kept at or fetched from {self._place}: "
                f"{str(error) or type(error).__name__}. Check that it can be reached and has room; "
                "nothing has to be done here once it does."
            ) from error
