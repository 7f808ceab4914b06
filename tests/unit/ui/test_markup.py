import pytest

from tests.unit.ui.samples import EVIL
from ui.markup import clip, duration, esc, plural, source_label, source_link, source_name, text_link


def test_everything_that_html_reads_is_escaped() -> None:
    assert esc(EVIL) == "&lt;img src=x onerror=&quot;alert(&#x27;1&#x27;)&quot;&gt;"


@pytest.mark.parametrize(
    "uri",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)//x",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "vbscript:x",
        "//example.org/x",
        "https:alert(1)",
        "http://[broken/x",
    ],
)
def test_only_web_addresses_become_links(uri: str) -> None:
    assert "<a" not in source_label(uri)


def test_a_web_address_is_a_link_that_gives_nothing_away() -> None:
    label = source_label('https://example.org/a?b=1&c="2"')

    assert 'href="https://example.org/a?b=1&amp;c=&quot;2&quot;"' in label
    assert 'rel="noopener noreferrer"' in label
    assert ">example.org/a<" in label


def test_a_file_is_named_without_its_folders() -> None:
    assert source_name("file:///home/someone/library/attaches.pdf") == "attaches.pdf"


def test_ids_cannot_leave_their_place_in_a_path() -> None:
    link = source_link("../x?y", "a/b#c", 3)

    assert link == "/v1/documents/..%2Fx%3Fy/versions/a%2Fb%23c/source#page=3"


def test_a_text_link_points_at_the_first_and_last_words_of_a_long_quotation() -> None:
    link = text_link("d", "v", "one two three four five six seven-eight nine ten eleven, twelve")

    assert link.endswith(
        "#:~:text=one%20two%20three%20four%20five,seven%2Deight%20nine%20ten%20eleven%2C%20twelve"
    )


def test_a_clipped_text_ends_at_a_word() -> None:
    assert clip("The attaché\nreports, daily", 19) == "The attaché …"


@pytest.mark.parametrize(("ms", "said"), [(21.4, "21 ms"), (1240, "1.2 s"), (0.2, "0 ms")])
def test_a_duration_is_said_as_a_reader_would(ms: float, said: str) -> None:
    assert duration(ms) == said


def test_one_is_singular() -> None:
    assert (plural(1, "file", "files"), plural(2310, "file", "files")) == ("1 file", "2,310 files")


@pytest.mark.parametrize(
    ("uri", "name"),
    [
        ("upload:caf%C3%A9.pdf", "café.pdf"),
        ("file:///in/a%20b.md", "a b.md"),
        ("file:///in/mail.zip#letters/one.eml", "one.eml"),
    ],
)
def test_a_source_goes_by_the_name_its_owner_gave_it(uri: str, name: str) -> None:
    assert source_name(uri) == name
