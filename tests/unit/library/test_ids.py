"""Names that are hashes."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.library.ids import chunk_id, document_id, version_id
from assistant.types import DocumentId, Heading, LoadedDocument, Metadata, Page, VersionId

DOCUMENT = LoadedDocument(
    text="Article 5",
    metadata=Metadata("Treaty", "NATO", date(1949, 4, 4), "NATO UNCLASSIFIED", "en"),
    media_type="text/plain",
    pages=(Page(1, 0, 9),),
    headings=(Heading(1, 0, 9),),
)


def test_the_same_reading_has_the_same_name() -> None:
    assert version_id(DOCUMENT) == version_id(replace(DOCUMENT))
    assert len(version_id(DOCUMENT)) == 64


@pytest.mark.parametrize(
    "other",
    [
        replace(DOCUMENT, text="Article 6"),
        replace(DOCUMENT, metadata=replace(DOCUMENT.metadata, title="The Treaty")),
        replace(DOCUMENT, metadata=replace(DOCUMENT.metadata, issuer=None)),
        replace(DOCUMENT, metadata=replace(DOCUMENT.metadata, published_on=None)),
        replace(DOCUMENT, metadata=replace(DOCUMENT.metadata, marking=None)),
        replace(DOCUMENT, metadata=replace(DOCUMENT.metadata, language="fr")),
        replace(DOCUMENT, media_type="text/html"),
        replace(DOCUMENT, pages=(Page(2, 0, 9),)),
        replace(DOCUMENT, headings=()),
    ],
)
def test_whatever_a_citation_shows_changes_the_name(other: LoadedDocument) -> None:
    assert version_id(other) != version_id(DOCUMENT)


def test_a_chunk_is_named_by_its_version_and_its_span() -> None:
    names = {
        chunk_id(DocumentId(document), VersionId(version), start, end)
        for document, version in (("d", "v"), ("d", "w"), ("e", "v"))
        for start, end in ((0, 1), (0, 11), (1, 1))
    }
    assert len(names) == 9
    assert {len(name) for name in names} == {32}


def test_a_path_that_is_no_text_still_names_a_document() -> None:
    assert len(document_id("file:///caf\udce9.txt")) == 32
