"""Folders as people type them, and names as they write them."""

import pytest

from assistant.errors import QuestionError
from assistant.library.filtering import address_of, folded, lies_in


@pytest.mark.parametrize(
    ("folder", "address"),
    [
        ("/archive/treaties", "file:///archive/treaties"),
        ("/archive/treaties/", "file:///archive/treaties"),
        ("//archive//notes/../treaties", "file:///archive/treaties"),
        ("/archive/traités d'amitié", "file:///archive/trait%C3%A9s%20d%27amiti%C3%A9"),
        ("file:///archive/traités", "file:///archive/trait%C3%A9s"),
        ("file:///archive/trait%C3%A9s/", "file:///archive/trait%C3%A9s"),
        ("file:///a.zip#inner/", "file:///a.zip#inner"),
        ("/", "file://"),
        (r"C:\archive\treaties", "file:///C:/archive/treaties"),
        ("https://Example.ORG/Texts/", "https://example.org/Texts"),
        ("upload:", "upload:"),
        ("treaties", "/treaties"),
        ("./treaties/1949/", "/treaties/1949"),
        ("traités d'amitié", "/trait%C3%A9s%20d%27amiti%C3%A9"),
        ("trait%C3%A9s", "/trait%C3%A9s"),
        ("box.zip#inner", "/box.zip#inner"),
    ],
)
def test_a_folder_is_read_as_it_is_typed(folder: str, address: str) -> None:
    assert address_of(folder) == address


@pytest.mark.parametrize("folder", ["", ".", "./", "#inner"])
def test_a_folder_that_is_none_is_refused_with_advice(folder: str) -> None:
    with pytest.raises(QuestionError, match="as a document's source_uri shows it"):
        address_of(folder)


@pytest.mark.parametrize(
    ("source", "folder", "inside"),
    [
        ("file:///archive/treaties/1949/nato.md", "/archive/treaties", True),
        ("file:///archive/treaties-old/nato.md", "/archive/treaties", False),
        ("file:///archive/Treaties/nato.md", "/archive/treaties", False),
        ("file:///archive/box.zip#nato.md", "/archive/box.zip", True),
        ("file:///archive/nato.md", "/archive/nato.md", True),
        ("file:///archive/nato.md", "/", True),
        ("https://example.org/texts?page=2", "https://example.org/texts", True),
        ("https://example.org/texts", "/", False),
        ("upload:nato.md", "upload:", True),
        ("file:///srv/archive/treaties/nato.md", "archive", True),
        ("file:///srv/archive/treaties/nato.md", "archive/treaties", True),
        ("file:///srv/archive/treaties/nato.md", "archive/treaties/nato.md", True),
        ("file:///srv/archive/treaties-old/nato.md", "archive/treaties", False),
        ("file:///srv/old-archive/nato.md", "archive", False),
        ("file:///srv/old/archive-a/archive/nato.md", "archive", True),
        ("file:///srv/archive/box.zip#in/nato.md", "archive/box.zip", True),
        ("file:///srv/archive/box.zip#in/nato.md", "archive/box.zip#in", True),
    ],
)
def test_a_source_lies_in_its_folder_and_in_no_other_that_begins_alike(
    source: str, folder: str, *, inside: bool
) -> None:
    assert lies_in(source, [folder]) is inside


def test_names_are_compared_without_case_accents_and_spaces() -> None:
    assert folded("  Ministère  de la DÉFENSE ") == folded("ministere de la defense")
    assert folded("Straße") == folded("STRASSE")
    assert folded("NATO") != folded("NATO HQ")
