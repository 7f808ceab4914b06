from pathlib import Path

import pytest

from assistant.errors import IngestError
from ingest.naming import may_be_folder, place_of, without_secret


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("/in/a.md", "/in/a.md"),
        ("notes/a.md", "notes/a.md"),
        ("Minutes: a meeting.md", "Minutes: a meeting.md"),
        ("NATO:1.pdf", "NATO:1.pdf"),
        ("c:/a.md", "c:/a.md"),
        ("file:///in/a%20b%C3%A9%23.md", "/in/a bé#.md"),
        ("FILE://localhost/in/a.md", "/in/a.md"),
        ("file:/in/a.md", "/in/a.md"),
        ("/in/who@where.md", "/in/who@where.md"),
    ],
)
def test_a_path_is_named_by_itself_or_by_its_address(name: str, path: str) -> None:
    assert place_of(name) == Path(path)
    assert without_secret(name) == name


@pytest.mark.parametrize("name", ["https://example.org/a", "HTTP://example.org/@who/a?b=c@d#e"])
def test_an_address_of_the_web_is_no_path(name: str) -> None:
    assert place_of(name) is None
    assert without_secret(name) == name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ftp://example.org/a.pdf", "ftp:"),
        ("s3://bucket/a.pdf", "s3:"),
        ("s3:bucket", "s3:"),
        ("gopher+x://example.org", r"gopher\+x:"),
        ("file://server/share/a.md", "another machine"),
        ("file://[/a.md", "no address"),
        ("file:///a%00.md", "NUL"),
        ("https://us:word@example.org/a", "password"),
        ("ftp://us@example.org/a", "password"),
    ],
)
def test_any_other_address_is_refused_by_its_name(name: str, said: str) -> None:
    with pytest.raises(IngestError, match=said):
        place_of(name)
    assert not may_be_folder(name)


def test_a_file_whose_name_begins_like_an_address_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data: 2025.csv").touch()
    monkeypatch.chdir(tmp_path)
    assert place_of("data: 2025.csv") == Path("data: 2025.csv")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("https://us:word@example.org/a@b", "https://***@example.org/a@b"),
        ("https://us@example.org", "https://***@example.org"),
        ("https://us:wo@rd@example.org:81/", "https://***@example.org:81/"),
        ("https://us:wo/rd@example.org/a", "https://***@example.org/a"),
        ("https://us:wo#rd@example.org/a", "https://***@example.org/a"),
        ("https://us:wo?rd@[::1]:81/a", "https://***@[::1]:81/a"),
        ("sftp://us:word@example.org/a", "sftp://***@example.org/a"),
        ("https://[::1]:81/@a", "https://[::1]:81/@a"),
    ],
)
def test_a_password_is_left_out_of_what_is_kept(name: str, kept: str) -> None:
    assert without_secret(name) == kept
    assert without_secret(kept) == kept
