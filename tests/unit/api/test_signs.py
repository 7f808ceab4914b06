import pytest
from markdown_it import MarkdownIt

from api.signs import inert, plain


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ("a\u200bb", "a‹U+200B›b"),
        ("a\u202egnivom", "a‹U+202E›gnivom"),
        ("a\u2066b\u2069", "a‹U+2066›b‹U+2069›"),
        ("a\U000e0041", "a‹U+E0041›"),
        ("a\ufeffb\u200db", "a‹U+FEFF›b‹U+200D›b"),
        ("a\u3164b\u2800", "a‹U+3164›b‹U+2800›"),
        ("\x1b[31mred", "‹U+001B›[31mred"),
        ("a\ufe03b", "a‹U+FE03›b"),
    ],
)
def test_what_would_hide_is_shown(hidden: str, shown: str) -> None:
    assert plain(hidden) == shown


@pytest.mark.parametrize(
    "text",
    ["Défense – “oui”\n\tnon", "می\u200cخواهم", "क्\u200dष", "👩\u200d👧 ❤\ufe0f 1\ufe0f⃣", "שלום"],
)
def test_what_writing_needs_is_left_as_it_is(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "![x](https://example.org/?q=1)",
        "[x](https://example.org)",
        "![x][1]\n\n[1]: https://example.org",
        "![1]\n\n[1]: https://example.org",
        "<img src=https://example.org>",
        "<https://example.org>",
        "</div><script>1</script>",
        "<!-- [x](https://example.org) -->",
    ],
)
def test_what_is_pasted_into_markdown_loads_and_links_nothing(text: str) -> None:
    assert any(tag in MarkdownIt().render(text) for tag in ("<a ", "<img", "<script", "<!--"))
    markup = MarkdownIt().render(inert(text))
    assert not any(tag in markup for tag in ("<a ", "<img", "<script", "<!--"))


def test_plain_words_and_markers_stay_as_they_are() -> None:
    text = "It has five ports [1], 3 < 4 and [sic]."
    assert inert(text) == text
