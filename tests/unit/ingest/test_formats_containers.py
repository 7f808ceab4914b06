import gzip
import struct
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest

from assistant.errors import (
    NoTextError,
    SourceLimitError,
    SourceUnreadableError,
    UnsupportedSourceError,
)
from ingest.limits import Limits
from ingest.loaders.load import load
from ingest.parsed import Parsed, Reading
from ingest.sources import uploaded

BODY = "The Parties agree to consult whenever the security of any of them is threatened by others."


def parsed(name: str, data: bytes, room: Path, depth: int = 0, **limits: int) -> Parsed:
    reading = Reading(Limits(**limits), room, depth)  # type: ignore[arg-type]
    return load(uploaded(name, data), reading)


def archive(*members: tuple[str | zipfile.ZipInfo, str | bytes]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return data.getvalue()


def encrypted(data: bytes, count: int) -> bytes:
    """The archive with the first members said to be encrypted."""
    changed, at = bytearray(data), -1
    for _ in range(count):
        at = changed.index(b"PK\x01\x02", at + 1)
        changed[at + 8] |= 1
    return bytes(changed)


def names(found: Parsed) -> list[str]:
    return [member.name for member in found.members]


def message(subject: str, attached: Sequence[EmailMessage] = ()) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = subject
    made["From"] = "Jean <jean@example.org>"
    made["To"] = "anne@example.org"
    made["Date"] = "Mon, 02 Sep 2024 10:00:00 +0200"
    made.set_content(BODY)
    made.add_alternative(f"<p>{BODY}</p>", subtype="html")
    for inner in attached:
        made.add_attachment(inner)
    return made


def test_the_files_of_an_archive_are_members_by_their_path(tmp_path: Path) -> None:
    data = archive(("a/note.txt", BODY), ("a/", ""), ("é.md", BODY), ("__MACOSX/._b.txt", "x"))
    found = parsed("a.zip", data, tmp_path)
    assert found.document is None
    assert names(found) == ["a/note.txt", "é.md"]
    assert [member.file_name for member in found.members] == ["note.txt", "é.md"]
    assert [member.path.read_text() for member in found.members] == [BODY, BODY]
    assert found.warnings == ()


def test_names_that_lead_out_links_and_other_kinds_are_left_out_and_named(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    room = tmp_path / "room"
    room.mkdir()
    data = archive(
        ("../evil.txt", BODY), (link, "/etc/passwd"), ("photo.png", "x"), ("/abs.txt", BODY)
    )
    found = parsed("a.zip", data, room)
    assert names(found) == ["abs.txt"]
    for name in ("../evil.txt", "link.txt", "photo.png"):
        assert any(name in warning for warning in found.warnings)
    assert [path.parent for path in tmp_path.rglob("*") if path.is_file()] == [room]


def test_names_that_are_not_in_utf_8_are_readable_whoever_wrote_them(tmp_path: Path) -> None:
    unmarked = archive(("XXXXXX.txt", BODY)).replace(b"XXXXXX", "abcdé".encode())
    assert names(parsed("a.zip", unmarked, tmp_path)) == ["abcdé.txt"]
    old = archive(("XXXXXX.txt", BODY)).replace(b"XXXXXX", "abcdeé".encode("cp437"))
    assert names(parsed("a.zip", old, tmp_path)) == ["abcdeé.txt"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_both_kept(tmp_path: Path) -> None:
    found = parsed("a.zip", archive(("a.txt", "One."), ("a.txt", "Two.")), tmp_path)
    assert names(found) == ["a.txt", "a.txt (2)"]
    assert [member.path.read_text() for member in found.members] == ["One.", "Two."]


def test_an_encrypted_member_is_named_and_an_encrypted_archive_refused(tmp_path: Path) -> None:
    data = archive(("a.txt", BODY), ("b.txt", BODY))
    found = parsed("a.zip", encrypted(data, 1), tmp_path)
    assert names(found) == ["b.txt"]
    assert "password: a.txt" in found.warnings[0]
    with pytest.raises(SourceUnreadableError, match="password"):
        parsed("a.zip", encrypted(data, 2), tmp_path)


def test_a_damaged_member_costs_no_other(tmp_path: Path) -> None:
    data = bytearray(archive(("a.txt", BODY * 20), ("b.txt", BODY)))
    at = data.index(b"a.txt") + 5
    data[at : at + 10] = bytes(10)
    found = parsed("a.zip", bytes(data), tmp_path)
    assert names(found) == ["b.txt"]
    assert "damaged" in found.warnings[0]


def test_an_archive_that_unpacks_to_too_much_is_stopped_before_the_disk_is_full(
    tmp_path: Path,
) -> None:
    data = archive(*((f"{i}.txt", bytes(400_000)) for i in range(5)))
    with pytest.raises(SourceLimitError, match="unpacks"):
        parsed("a.zip", data, tmp_path, unpacked=1_000_000)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 1_000_000


def test_more_members_than_allowed_are_refused(tmp_path: Path) -> None:
    data = archive(("a.txt", BODY), ("b.txt", BODY), ("c.txt", BODY))
    with pytest.raises(SourceLimitError, match="3 files"):
        parsed("a.zip", data, tmp_path, members=2)


@pytest.mark.parametrize("name", ["a.zip", "a.txt.gz", "a.jsonl"])
def test_a_container_that_lies_too_deep_is_refused(name: str, tmp_path: Path) -> None:
    data = {
        "a.zip": archive(("a.txt", BODY)),
        "a.txt.gz": gzip.compress(BODY.encode()),
        "a.jsonl": b'{"text": "x y"}\n{"text": "z"}',
    }[name]
    assert parsed(name, data, tmp_path, depth=2, nesting=3).members
    with pytest.raises(SourceLimitError, match="MAX_NESTING"):
        parsed(name, data, tmp_path, depth=3, nesting=3)


def test_an_empty_archive_holds_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoTextError):
        parsed("a.zip", archive(), tmp_path)


def test_a_compressed_file_is_what_is_in_it(tmp_path: Path) -> None:
    found = parsed("note.txt.gz", gzip.compress(BODY.encode()), tmp_path)
    assert names(found) == ["note.txt"]
    assert found.members[0].path.read_text() == BODY
    with pytest.raises(UnsupportedSourceError, match="TAR"):
        parsed("a.tar.gz", gzip.compress(b"x"), tmp_path)
    with pytest.raises(SourceLimitError, match="unpacks"):
        parsed("a.txt.gz", gzip.compress(bytes(5_000_000)), tmp_path, unpacked=1_000_000)
    with pytest.raises(SourceUnreadableError, match="cut short"):
        parsed("a.txt.gz", gzip.compress(BODY.encode())[:-12], tmp_path)


def test_a_message_is_its_text_with_who_wrote_to_whom_and_when(tmp_path: Path) -> None:
    found = parsed("a.eml", message("Réunion").as_bytes(), tmp_path)
    assert found.document is not None
    assert found.document.text == (
        "Réunion\n\nFrom: Jean <jean@example.org>\nTo: anne@example.org\n"
        f"Date: Mon, 02 Sep 2024 10:00:00 +0200\n\n{BODY}"
    )
    metadata = found.document.metadata
    assert (metadata.title, metadata.issuer) == ("Réunion", "Jean <jean@example.org>")
    assert str(metadata.published_on) == "2024-09-02"
    assert found.members == ()


def test_what_is_attached_to_a_message_is_a_member_of_its_own(tmp_path: Path) -> None:
    made = message("Outer", [message("Inner", [message("Innermost")])])
    made.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="réunion.pdf")
    made.add_attachment(b"x", maintype="image", subtype="png", filename="photo.png")
    found = parsed("a.eml", made.as_bytes(), tmp_path)
    assert names(found) == ["Inner.eml", "réunion.pdf"]
    assert "photo.png" in found.warnings[0]
    inner = parsed("Inner.eml", found.members[0].path.read_bytes(), tmp_path, depth=1)
    assert inner.document is not None
    assert inner.document.metadata.title == "Inner"
    assert names(inner) == ["Innermost.eml"]


def test_a_message_in_html_alone_with_odd_headers_is_read(tmp_path: Path) -> None:
    raw = (
        b"Subject: =?utf-8?q?R=C3=A9union?=\r\nFrom: <@>;;(\r\nDate: never\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: text/html; charset="nonsense"\r\n\r\n<p>D\xe9fense et s\xe9curit\xe9</p>'
    )
    document = parsed("a.eml", raw, tmp_path).document
    assert document is not None
    assert document.text.endswith("Défense et sécurité")
    assert (document.metadata.title, document.metadata.published_on) == ("Réunion", None)


def test_a_box_of_messages_holds_each_as_a_member(tmp_path: Path) -> None:
    one, other = message("One").as_bytes(), message("Other").as_bytes()
    box = b"From a Mon\n" + one + b"\n\nFrom b Tue\n" + other + b"\n"
    found = parsed("a.mbox", box, tmp_path)
    assert names(found) == ["1.eml", "2.eml"]
    second = parsed("2.eml", found.members[1].path.read_bytes(), tmp_path, depth=1)
    assert second.document is not None
    assert second.document.metadata.title == "Other"


def test_a_saved_page_is_the_page_without_its_pictures(tmp_path: Path) -> None:
    raw = (
        "From: <Saved by a browser>\r\nSubject: A page\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html\r\n\r\n"
        f"<html lang=fr><h1>Title</h1><p>{BODY}</p>\r\n--b\r\n"
        "Content-Type: image/png\r\n\r\nx\r\n--b--\r\n"
    )
    found = parsed("a.mhtml", raw.encode(), tmp_path)
    assert found.document is not None
    assert found.document.text == f"Title\n\n{BODY}"
    metadata = found.document.metadata
    assert (metadata.title, metadata.issuer, metadata.language) == ("A page", None, "fr")
    assert found.members == ()


def book(extra: Sequence[tuple[str, str]] = ()) -> bytes:
    items = "".join(
        f'<item id="{i}" href="c%20{i}.xhtml" media-type="application/xhtml+xml"/>' for i in (1, 2)
    )
    return archive(
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", '<container><rootfile full-path="O/c.opf"/></container>'),
        (
            "O/c.opf",
            '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>On trust'
            "</dc:title><dc:creator>Anne</dc:creator><dc:language>fr-CA</dc:language>"
            f"<dc:date>2001-02-03</dc:date></metadata><manifest>{items}</manifest>"
            '<spine><itemref idref="2"/><itemref idref="1"/></spine></package>',
        ),
        ("O/c 1.xhtml", f"<?xml version='1.0'?><html><h1>Last</h1><p>{BODY}</p></html>"),
        ("O/c 2.xhtml", "<?xml version='1.0'?><html><h1>First</h1><p>So it begins.</p></html>"),
        *extra,
    )


def test_the_chapters_of_a_book_are_read_in_its_order(tmp_path: Path) -> None:
    document = parsed("a.epub", book(), tmp_path).document
    assert document is not None
    assert document.text == f"First\n\nSo it begins.\n\nLast\n\n{BODY}"
    metadata = document.metadata
    assert (metadata.title, metadata.issuer, metadata.language) == ("On trust", "Anne", "fr")
    assert str(metadata.published_on) == "2001-02-03"


def test_a_book_protected_against_copying_is_refused_and_one_with_hidden_fonts_is_not(
    tmp_path: Path,
) -> None:
    method = '<encryption><EncryptionMethod Algorithm="{}"/></encryption>'
    fonts = method.format("http://www.idpf.org/2008/embedding")
    assert parsed("a.epub", book([("META-INF/encryption.xml", fonts)]), tmp_path).document
    content = method.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    with pytest.raises(SourceUnreadableError, match="protected against copying"):
        parsed("a.epub", book([("META-INF/encryption.xml", content)]), tmp_path)


def test_an_archive_that_hides_how_much_it_unpacks_to_is_stopped(tmp_path: Path) -> None:
    data = bytearray(archive(("a.txt", bytes(3_000_000))))
    size = struct.pack("<I", 3_000_000)
    for _ in range(data.count(size)):
        at = data.index(size)
        data[at : at + 4] = struct.pack("<I", 10)
    found = parsed("a.zip", bytes(data), tmp_path, unpacked=1_000_000)
    assert names(found) == []
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) == 0
