"""Which lines of a document are its marking, and which only speak of one."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from assistant.access.ladders import DEFAULT, Ladders, classified
from assistant.types import LoadedDocument, Metadata
from ingest.limits import Limits
from ingest.loaders.docx import load
from ingest.loaders.metadata import banners
from ingest.markings import Marker
from ingest.parsed import Reading
from ingest.sources import uploaded

LADDERS = Ladders.read(DEFAULT)


def read(line: str) -> str | None:
    """The class of the marking that a line is."""
    return next(map(classified, banners([line], LADDERS.names)), None)


@pytest.mark.parametrize(
    ("line", "marking"),
    [
        ("NATO UNCLASSIFIED", "NATO UNCLASSIFIED"),
        ("**NATO RESTRICTED**", "NATO RESTRICTED"),
        ("- NATO CONFIDENTIAL -", "NATO CONFIDENTIAL"),
        ("N A T O  R E S T R I C T E D", "NATO RESTRICTED"),
        ("S E C R E T", "SECRET"),
        ("NATO SANS CLASSIFICATION", "NATO UNCLASSIFIED"),
        ("NATO DIFFUSION RESTREINTE", "NATO RESTRICTED"),
        ("OTAN SECRET", "NATO SECRET"),
        ("COSMIC TRÈS SECRET", "COSMIC TOP SECRET"),
        ("NATO-RESTRICTED", "NATO RESTRICTED"),
        ("NATO/OTAN CONFIDENTIAL", "NATO CONFIDENTIAL"),
        ("NATO Unclassified", "NATO UNCLASSIFIED"),
        ("NATO UNCLASSIFIED – Releasable to Georgia, Japan and Ukraine", "NATO UNCLASSIFIED"),
        ("NATO RESTRICTED REL TO SWE", "NATO RESTRICTED"),
        ("NATO UNCLASSIFIED - PUBLICLY DISCLOSED", "NATO UNCLASSIFIED"),
        ("NATO RESTRICTED 12", "NATO RESTRICTED"),
        ("Page 3 of 14 – NATO SECRET", "NATO SECRET"),
        ("NATO SECRET | Page 3", "NATO SECRET"),
        ("Classification: NATO CONFIDENTIAL", "NATO CONFIDENTIAL"),
        ("TOP SECRET", "TOP SECRET"),
        ("# OFFICIAL", "OFFICIAL"),
        ("SECRET//NOFORN", "SECRET//NOFORN"),
        ("NATO SECRET//ATOMAL", "NATO SECRET//ATOMAL"),
    ],
)
def test_a_banner_is_read_however_it_is_spelled(line: str, marking: str) -> None:
    assert read(line) == marking


@pytest.mark.parametrize(
    "line",
    [
        "This report is NATO RESTRICTED.",
        "The NATO RESTRICTED annex was not at hand",
        "NATO restricted the use of its airspace",
        "How documents come to be NATO SECRET",
        "Secret",
        "Restricted",
        "Official visits",
        "NATO",
        "A B C",
        "2014",
    ],
)
def test_a_sentence_or_heading_that_mentions_a_marking_is_none(line: str) -> None:
    assert read(line) is None


def test_the_highest_banner_on_any_edge_of_the_text_counts() -> None:
    text = "NATO UNCLASSIFIED\n\nWords.\n\nMore words.\n\nStill more.\n\nN A T O  S E C R E T"
    document = LoadedDocument(text, Metadata(title="T"), "text/plain")
    marked = Marker(LADDERS).marked(document)
    assert marked.metadata.marking == "NATO SECRET"


@pytest.mark.parametrize(
    ("default", "marking"), [(None, None), ("NATO RESTRICTED", "NATO RESTRICTED")]
)
def test_what_names_no_marking_gets_the_default(default: str | None, marking: str | None) -> None:
    document = LoadedDocument("Nothing is said here.", Metadata(title="T"), "text/plain")
    assert Marker(LADDERS, default).marked(document).metadata.marking == marking


def test_a_marking_in_no_list_stays_and_is_warned_of() -> None:
    document = LoadedDocument("Words.", Metadata(title="T", marking="NATO SECERT"), "text/plain")
    marked = Marker(LADDERS, "NATO RESTRICTED").marked(document)
    assert marked.metadata.marking == "NATO SECERT"
    assert any("NATO SECERT" in one for one in marked.warnings)


@pytest.mark.parametrize("part", ["header", "footer"])
def test_a_word_document_bears_the_marking_of_its_headers_and_footers(
    part: str, tmp_path: Path
) -> None:
    document = Document()
    document.add_paragraph("The exercise begins in May.")
    margin = getattr(document.sections[0], part)
    margin.paragraphs[0].text = "NATO CONFIDENTIAL"
    file = BytesIO()
    document.save(file)
    source = uploaded("plan.docx", file.getvalue())
    reading = Reading(Limits(), tmp_path)
    assert load(source, file.getvalue(), reading).metadata.marking == "NATO CONFIDENTIAL"
