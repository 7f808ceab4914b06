"""Folders a library mirrors: which sources belong to them, and which of them are gone."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import unquote_to_bytes, urlsplit


@dataclass(frozen=True, slots=True)
class Mirror:
    """The folders of one run, as real paths."""

    roots: tuple[Path, ...]

    @classmethod
    def of(cls, folders: Iterable[Path]) -> Self:
        """The mirror of these folders; one that cannot be found has nothing to tell."""
        roots = []
        for folder in folders:
            try:
                roots.append(folder.resolve(strict=True))
            except (OSError, RuntimeError):
                continue
        return cls(tuple(roots))

    def covers(self, uri: str, unread: Sequence[str] = ()) -> bool:
        """Whether a source is in one of the folders, and not below a path that was `unread`."""
        path = path_of(uri)
        if path is None or not any(path.is_relative_to(root) for root in self.roots):
            return False
        return not any(path.is_relative_to(failed) for failed in unread)


def path_of(uri: str) -> Path | None:
    """The path a `file:` URI names; None for every other."""
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return None
    return Path(os.fsdecode(unquote_to_bytes(parts.path)))
