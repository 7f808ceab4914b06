import pytest

from api.filenames import MAX_CHARS, name_of, safe_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("a/b/report.pdf", "report.pdf"),
        ("C:\\docs\\report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("défense 防衛.md", "défense 防衛.md"),
        ("a\x00b\r\nc\x7f.txt", "abc.txt"),
        ("fdp\u202e.exe", "fdp.exe"),
        ("e\u0301.md", "é.md"),
        ("", "upload"),
        (None, "upload"),
        ("...", "upload"),
        ("\x00", "upload"),
        ("/", "upload"),
        (".hidden", ".hidden"),
    ],
)
def test_a_name_is_reduced_to_its_last_part(given: str | None, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_long_name_keeps_its_extension() -> None:
    assert safe_name("x" * 500 + ".docx") == "x" * (MAX_CHARS - 5) + ".docx"


@pytest.mark.parametrize(
    ("uri", "name"),
    [
        ("file:///srv/docs/d%C3%A9fense%20.pdf", "défense .pdf"),
        ("upload:report.pdf", "report.pdf"),
        ("https://example.org/a/page.html?x=1", "page.html"),
        ("https://example.org/", "upload"),
    ],
)
def test_a_source_is_saved_under_the_last_part_of_its_uri(uri: str, name: str) -> None:
    assert name_of(uri) == name
