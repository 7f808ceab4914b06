"""Original files in an object store: a real S3-compatible server."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import (
    ConfigurationError,
    DocumentNotFoundError,
    LibraryDamagedError,
    LibraryUnavailableError,
)
from assistant.library.originals import Originals, open_originals
from tests.integration.commands import attache
from tests.s3_server import BUCKET, S3Server, running_s3

TEXT = b"# Note\n\nThe note says 7421.\n"
NAME = hashlib.sha256(TEXT).hexdigest()


@pytest.fixture(scope="module")
def s3() -> Iterator[S3Server]:
    with running_s3() as server:
        yield server


def opened(server: S3Server, home: Path, folder: str) -> Originals:
    return open_originals(home, f"s3://{BUCKET}/{folder}", json.loads(server.options))


def test_what_is_kept_is_there_for_all_and_comes_back_as_it_was(
    s3: S3Server, tmp_path: Path
) -> None:
    one, other = (opened(s3, tmp_path / name, "shared") for name in ("one", "other"))
    source = tmp_path / "note.md"
    source.write_bytes(TEXT)
    one.take(source, NAME)
    one.take(source, NAME)
    assert other.path(NAME).read_bytes() == TEXT
    assert (list(other.names()), other.size(NAME)) == ([NAME], len(TEXT))
    assert other.is_whole(NAME)
    assert one.put(TEXT) == NAME


def test_what_nothing_names_goes_and_the_rest_stays(s3: S3Server, tmp_path: Path) -> None:
    files = opened(s3, tmp_path, "swept")
    kept, left = files.put(b"kept"), files.put(b"left")
    assert files.keep_only({kept}) == 1
    assert list(files.names()) == [kept]
    with pytest.raises(DocumentNotFoundError):
        files.path(left)
    files.drop([kept, left])
    assert list(files.names()) == []


def test_what_is_not_what_its_name_says_is_never_given(s3: S3Server, tmp_path: Path) -> None:
    files = opened(s3, tmp_path, "damaged")
    files.put(TEXT)
    other = opened(s3, tmp_path / "other", "damaged")
    other._files.pipe_file(f"{BUCKET}/damaged/{NAME[:2]}/{NAME}", b"something else")  # type: ignore[attr-defined]
    assert not files.is_whole(NAME)
    with pytest.raises(LibraryDamagedError, match="not what was kept"):
        files.path(NAME)
    files.set_aside(NAME)
    source = tmp_path / "source"
    source.write_bytes(TEXT)
    assert files.renew(source, NAME)
    assert files.path(NAME).read_bytes() == TEXT


@pytest.mark.parametrize(
    ("place", "options", "error", "said"),
    [
        ("s3://", {}, ConfigurationError, "names no place"),
        ("nosuch://bucket/folder", {}, ConfigurationError, "ATTACHE_FILES"),
        ("s3://missing/folder", None, LibraryDamagedError, "the place exists"),
        (
            "s3://attache/folder",
            {"endpoint_url": "http://127.0.0.1:9", "key": "a", "secret": "b"},
            LibraryUnavailableError,
            "cannot be reached",
        ),
    ],
)
def test_a_place_that_cannot_be_used_is_told_at_the_start(
    s3: S3Server,
    tmp_path: Path,
    place: str,
    options: dict[str, object] | None,
    error: type[Exception],
    said: str,
) -> None:
    with pytest.raises(error, match=said):
        open_originals(tmp_path, place, json.loads(s3.options) if options is None else options)


def test_a_library_with_its_originals_elsewhere_is_examined_backed_up_and_restored(
    s3: S3Server, tmp_path: Path
) -> None:
    there = {"ATTACHE_FILES": f"s3://{BUCKET}/library", "ATTACHE_FILES_OPTIONS": s3.options}
    home, source = tmp_path / "home", tmp_path / "note.md"
    source.write_bytes(TEXT)
    assert attache(home, "ingest", source, **there).code == 0
    assert not (home / "originals").exists()
    files = opened(s3, tmp_path / "look", "library")
    assert list(files.names()) == [NAME]
    assert attache(home, "doctor", "--deep", **there).code == 0
    backup = attache(home, "backup", tmp_path / "b.tar", "--json", **there)
    assert backup.json()["originals"] == 1
    files.drop([NAME])
    lost = attache(home, "doctor", "--json", **there)
    assert lost.code == 1
    assert "missing" in str(lost.json()["problems"])
    again = attache(home, "doctor", "--repair", **there)
    assert again.code == 0, again.out
    assert list(files.names()) == [NAME]
    files.drop([NAME])
    restored = attache(home, "restore", tmp_path / "b.tar", "--replace", "--yes", **there)
    assert restored.code == 0, restored.err
    assert files.path(NAME).read_bytes() == TEXT


def test_what_was_left_in_an_object_store_goes_when_it_is_pruned_and_no_start_waits_for_it(
    s3: S3Server, tmp_path: Path
) -> None:
    there = {"ATTACHE_FILES": f"s3://{BUCKET}/left", "ATTACHE_FILES_OPTIONS": s3.options}
    home, source = tmp_path / "home", tmp_path / "note.md"
    source.write_bytes(TEXT)
    assert attache(home, "ingest", source, **there).code == 0
    files = opened(s3, tmp_path / "look", "left")
    left = files.put(b"what no version came from")
    assert attache(home, "ask", "What does the note say?", **there).code == 0
    assert set(files.names()) == {NAME, left}
    assert attache(home, "prune", **there).code == 0
    assert list(files.names()) == [NAME]


def test_a_library_moves_into_an_object_store_and_back(s3: S3Server, tmp_path: Path) -> None:
    home, source = tmp_path / "home", tmp_path / "note.md"
    source.write_bytes(TEXT)
    assert attache(home, "ingest", source).code == 0
    there = {"ATTACHE_FILES": f"s3://{BUCKET}/moved", "ATTACHE_FILES_OPTIONS": s3.options}
    options = {"ATTACHE_FILES_OPTIONS": s3.options}
    to = ("migrate", "--to", tmp_path / "there", "--originals", there["ATTACHE_FILES"])
    gone = attache(home, *to, **options)
    assert gone.code == 0, gone.err
    assert list(opened(s3, tmp_path / "look", "moved").names()) == [NAME]
    back = attache(tmp_path / "there", "migrate", "--to", tmp_path / "back", **there)
    assert back.code == 0, back.err
    assert (tmp_path / "back" / "originals" / NAME[:2] / NAME).read_bytes() == TEXT
