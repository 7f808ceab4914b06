import pytest

from tests.unit.ui.samples import EVIL
from ui.markup import clip, esc, place_link, quiet, source_label, source_link, source_name


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


def test_ids_cannot_leave_their_place_in_a_path_or_query() -> None:
    assert source_link("../x?y", "a/b#c") == "/v1/documents/..%2Fx%3Fy/versions/a%2Fb%23c/source"
    assert place_link("a&b", "c=d", 1, 2) == "/?d=a%26b&v=c%3Dd&start=1&end=2"


def test_a_clipped_text_ends_at_a_word() -> None:
    assert clip("The attaché\nreports, daily", 19) == "The attaché …"


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


def test_cells_of_a_table_are_parted_by_a_line_and_nothing_is_run() -> None:
    html = quiet("Ally | <b>1999</b>")

    assert html == 'Ally<i class="cell"> | </i>&lt;b&gt;1999&lt;/b&gt;'
