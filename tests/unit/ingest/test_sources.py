import os
from pathlib import Path

import pytest

from assistant.errors import SourceUnreadableError
from assistant.types import SourceFailure
from ingest.sources import Source, find, uploaded


def names(path: Path) -> list[str]:
    return [found.name for found in find([path]) if isinstance(found, Source)]


def test_a_folder_is_searched_through_and_through_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/z.md", "a.txt", "c.pdf"):
        (tmp_path / name).write_text("x")
    assert names(tmp_path) == ["a.txt", "z.md", "c.pdf"]


def test_hidden_files_and_clutter_are_passed_over(tmp_path: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", ".hidden.md", "~$draft.docx", "kept.md"):
        (tmp_path / name).write_text("x")
    assert [getattr(found, "name", None) for found in find([tmp_path])] == ["kept.md"]


def test_a_file_without_a_loader_is_a_failure_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"ftyp")
    (failure,) = find([tmp_path])
    assert isinstance(failure, SourceFailure)
    assert failure.error == "UnsupportedSourceError"
    assert ".mp4 files are not read" in failure.detail


def test_a_missing_path_is_a_failure(tmp_path: Path) -> None:
    (failure,) = find([tmp_path / "gone"])
    assert isinstance(failure, SourceFailure)
    assert failure.error == "SourceUnreadableError"


def test_a_link_that_leads_back_is_followed_once(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    assert names(tmp_path) == ["a.md"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert list(find([tmp_path])) == []


def test_a_file_that_vanished_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    (source,) = find([tmp_path])
    (tmp_path / "a.md").unlink()
    assert isinstance(source, Source)
    with pytest.raises(SourceUnreadableError, match="gone"):
        source.read()


def test_an_uploaded_name_keeps_only_its_safe_part() -> None:
    source = uploaded("..\\..//etc/my\x00 file.md", b"x")
    assert (source.name, source.uri) == ("my file.md", "upload:my%20file.md")
