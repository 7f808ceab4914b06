"""Original files on disk."""

import hashlib
from pathlib import Path

import pytest

from assistant.errors import DocumentNotFoundError, LibraryDamagedError
from assistant.library.files import FileStore


def test_a_file_comes_back_as_it_was_given(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "originals")
    data = bytes(range(256)) * 1000
    sha256 = store.put(data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert store.path(sha256).read_bytes() == data


def test_the_same_bytes_are_written_once(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    sha256 = store.put(b"treaty")
    before = store.path(sha256).stat()
    store.put(b"treaty")
    assert store.path(sha256).stat() == before
    assert list(store.names()) == [sha256]


@pytest.mark.parametrize(
    "name", ["0" * 64, "", "..", "../../etc/passwd", "../" + "a" * 61, "A" * 64, "0" * 63 + "\n"]
)
def test_a_name_without_a_file_is_not_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentNotFoundError, match="No original file"):
        FileStore(tmp_path).path(name)


def test_a_name_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("not an original file")
    store = FileStore(tmp_path / "home" / "originals")
    assert (tmp_path / "home" / "originals" / ".." / "../secret").is_file()
    with pytest.raises(DocumentNotFoundError):
        store.path("../secret")


def test_only_the_named_files_are_kept(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    kept, dropped = store.put(b"kept"), store.put(b"dropped")
    (tmp_path / ".unfinished-1").write_bytes(b"half")
    assert store.keep_only({kept}) == 2
    assert list(store.names()) == [kept]
    assert not (tmp_path / ".unfinished-1").exists()
    with pytest.raises(DocumentNotFoundError):
        store.path(dropped)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "originals")
    (tmp_path / "originals").rmdir()
    (tmp_path / "originals").write_text("a file, not a folder")
    with pytest.raises(LibraryDamagedError, match=r"originals.*ATTACHE_HOME"):
        store.put(b"treaty")
    with pytest.raises(LibraryDamagedError, match=r"originals.*ATTACHE_HOME"):
        FileStore(tmp_path / "originals")
