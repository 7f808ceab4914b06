"""Which lines of a document are its marking, and which only speak of one."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from assistant.access.keys import readable_with
from assistant.access.labels import admits
from assistant.access.labels import label as label_of
from assistant.access.ladders import DEFAULT, Ladders
from assistant.access.spellings import classified
from assistant.types import LoadedDocument, Metadata
from ingest.limits import Limits
from ingest.loaders.banners import banners
from ingest.loaders.docx import load
from ingest.loaders.load import load as load_any
from ingest.markings import Marker
from ingest.parsed import Reading
from ingest.sources import uploaded

LADDERS = Ladders.read(DEFAULT)
MARKER = Marker(LADDERS)


def label(document: LoadedDocument) -> str:
    """What a document is kept under."""
    return label_of(document.metadata.marking, document.metadata.groups)


def read(line: str) -> str | None:
    """The class of the marking that a line is."""
    return next(map(classified, banners([line], LADDERS)), None)


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
        ("SECRET OTAN", "NATO SECRET"),
        ("S E C R E T  O T A N", "NATO SECRET"),
        ("(NATO SECRET)", "NATO SECRET"),
        ("(NS)", "NATO SECRET"),
        ("(NC)", "NATO CONFIDENTIAL"),
        ("(S//NF)", "(S//NF)"),
        ("Classification: nato secret", "NATO SECRET"),
        ("Classification: Geheim", "GEHEIM"),
        ("TLP:RED", "TLP:RED"),
        ("tlp: amber+strict", "TLP: AMBER+STRICT"),
        ("VS-NfD", "VS-NFD"),
        ("VS – Nur für den Dienstgebrauch", "VS – NUR FUR DEN DIENSTGEBRAUCH"),
        ("GEHEIM", "GEHEIM"),
        ("TRÈS SECRET DÉFENSE", "TRES SECRET DEFENSE"),
        ("RESTREINT UE/EU RESTRICTED", "RESTREINT UE/EU RESTRICTED"),
        ("СЕКРЕТНО", "СЕКРЕТНО"),
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
        "(C)",
        "(NB)",
        "SECRET BALLOTS",
        "THE OFFICIAL SECRETS ACT",
        "Classification: birds of the Baltic",
        "VS 17",
        "PROTECTED AREAS",
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
    read = load_any(source, Reading(Limits(), tmp_path)).document
    assert read is not None
    assert MARKER.marked(read).metadata.marking == "NATO CONFIDENTIAL"


BODY = "The exercise begins in May and ends in June, when the ships have left the port again."


def marked(name: str, text: str, marker: Marker = MARKER) -> LoadedDocument:
    """The document in a file, with its marking settled."""
    document = load_any(uploaded(name, text.encode()), Reading(Limits(), Path("none"))).document
    assert document is not None
    return marker.marked(document)


@pytest.mark.parametrize(
    "front",
    [
        "---\nmarking: NATO SECRET\n---",
        "---\nclassification: SECRET OTAN\n---",
        "---\nsecurity_classification: nato secret\n---",
        "---\nsecurity:\n  marking: NATO SECRET\n---",
        "---\nmarking:\n  - NATO SECRET\n---",
        "---\nmarking: NATO SECRET\nmarking: NATO UNCLASSIFIED\n---",
        '+++\nmarking = "NATO SECRET"\n+++',
        '{\n"marking": "NATO SECRET"\n}',
    ],
)
def test_front_matter_of_every_kind_bears_its_marking(front: str) -> None:
    document = marked("plan.md", f"{front}\n\n{BODY}\n")
    assert document.metadata.marking == "NATO SECRET"
    assert document.text == BODY


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Plan: the second\nmarking: NATO SECRET\n---",
        '---\nmarking: "NATO SECRET\n---',
        "---\na: [b\nClassification: NATO SECRET  # agreed\n---",
        "---\n{title: Plan: two, marking: NATO SECRET}\n---",
        "---\nmarking: NATO SECRET\ntitle: never closed",
        "+++\ntitle = Plan\nmarking = 'NATO SECRET'\n+++",
    ],
)
@pytest.mark.parametrize("name", ["plan.md", "plan.txt"])
def test_front_matter_that_cannot_be_parsed_keeps_its_marking(front: str, name: str) -> None:
    document = marked(name, f"{front}\n\n{BODY}\n")
    assert document.metadata.marking == "NATO SECRET"
    assert any("front matter" in one for one in document.warnings)


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Plan: the second\n---",
        "---\ntitle: [Plan\nmarking:\n  - NATO RESTRICTED\n---",
        "---\ntitle: [Plan\nmarking: NATO UNCLASSIFIED\ngroups: [board\n---",
    ],
)
def test_what_is_marked_so_that_nobody_can_read_it_is_closed_and_told(front: str) -> None:
    document = marked("plan.md", f"{front}\n\n{BODY}\n")
    assert not admits(readable_with(LADDERS.names, ["ALL"], LADDERS), label(document))
    assert any("cannot be read" in one for one in document.warnings)
    set_to = marked("plan.md", f"{front}\n\n{BODY}\n", Marker(LADDERS, unknown="NATO SECRET"))
    assert set_to.metadata.marking == "NATO SECRET"


@pytest.mark.parametrize(
    "text",
    [
        f"---\ntitle: Plan\n---\n\n{BODY}",
        f"---\n\n**Note** that: *this* is text.\n\n---\n\n{BODY}",
        f"---\nclassification: 327.7\nmarking:\n---\n\n{BODY}",
        f"---\nclassification: TLP:CLEAR\n---\n\n{BODY}",
        f"{BODY}\n\n---\n\nmarking time: none\n",
    ],
)
def test_what_bears_no_marking_gets_the_default_one(text: str) -> None:
    assert marked("plan.md", text, Marker(LADDERS, "NATO RESTRICTED")).metadata.marking == (
        "NATO RESTRICTED"
    )


@pytest.mark.parametrize(
    "text",
    [
        f"TLP:RED\n\n{BODY}",
        f"VS-NfD\n\n{BODY}",
        f"---\nclassification: VS-NfD\n---\n\n{BODY}",
        f"---\ntlp: RED\n---\n\n{BODY}",
        f"---\nmarking: ZEER GEHEIM\n---\n\n{BODY}",
    ],
)
def test_a_marking_of_no_known_level_closes_the_document_and_is_told(text: str) -> None:
    document = marked("plan.md", text)
    assert not admits(readable_with(LADDERS.names, ["ALL"], LADDERS), label(document))
    assert any("ATTACHE_MARKINGS" in one for one in document.warnings)
    named = Ladders.read("OPEN, INNER = VS-NFD = TLP:RED = ZEER GEHEIM")
    assert marked("plan.md", text, Marker(named)).metadata.marking == "INNER"


def test_a_caveat_is_never_put_below_what_it_is_a_caveat_to() -> None:
    marker = Marker(LADDERS, unknown="NATO RESTRICTED")
    document = marked("plan.md", f"NATO SECRET//ATOMAL\n\n{BODY}", marker)
    assert document.metadata.marking == "NATO SECRET"


def test_a_document_is_marked_as_high_as_its_highest_paragraph() -> None:
    text = f"NATO UNCLASSIFIED\n\n{BODY}\n\n(NC) {BODY}\n\n3. (NR) {BODY}\n\n{BODY}\n"
    assert marked("plan.txt", text).metadata.marking == "NATO CONFIDENTIAL"


def test_the_markings_of_two_authorities_are_both_kept() -> None:
    document = marked("plan.md", f"---\nmarking: NATO SECRET\n---\n\nTOP SECRET\n\n{BODY}")
    assert document.metadata.marking == "NATO SECRET; TOP SECRET"


def test_a_word_document_s_own_properties_bear_its_marking(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph(BODY)
    file = BytesIO()
    document.save(file)
    with zipfile.ZipFile(file, "a") as parts:
        parts.writestr("docProps/custom.xml", CUSTOM)
    source = uploaded("plan.docx", file.getvalue())
    assert load(source, file.getvalue(), Reading(Limits(), tmp_path)).metadata.marking == (
        "NATO SECRET"
    )


CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property pid="2" name="Classification"><vt:lpwstr>NATO SECRET</vt:lpwstr></property>'
    "</Properties>"
)


@pytest.mark.parametrize(
    "line",
    [
        "Nato secret",
        "nato secret 12",
        "ΝΑΤΟ SECRET",
        "NАТO SЕСRЕТ",
        "ɴᴀᴛᴏ ꜱᴇᴄʀᴇᴛ",
        "NAT0 5ECRET",
        "N.A.T.O. S.E.C.R.E.T.",
        "N-a-t-o  s-e-c-r-e-t",
        "NATO\u3164SECRET",
        "\u202eTERCES OTAN\u202c",
        "secret otan",
        "[NATO SECRET] The gates of Murkel",
        "The gates of Murkel (Nato secret)",
        "NATO Secret – the gates of Murkel",
        "Nato secret: the gates of Murkel were opened.",
        "Nato secret (draft)",
        "Nato Secret, copy 3 of 5",
        "Nato secret¹",
        "This document is classified NATO SECRET.",
        "NATO SECRET WHEN DETACHED FROM ANNEX A",
        "Ce rapport est classifié SECRET OTAN.",
    ],
)
def test_a_line_that_reads_as_a_marking_is_taken_for_it_and_told(line: str) -> None:
    document = marked("plan.txt", f"{line}\n\n{BODY}\n")
    assert "NATO SECRET" in (document.metadata.marking or "").split("; ")
    assert any("reads as the marking NATO SECRET" in one for one in document.warnings)


@pytest.mark.parametrize(
    "line",
    ["ＮＡＴＯ　ＳＥＣＲＥＴ", "ⓃⒶⓉⓄ ⓈⒺⒸⓇⒺⓉ", "N\u200bA\u200dTO SE\u2060CRET", "NATO\nSECRET"],
)
def test_a_marking_in_letters_of_another_width_is_that_marking(line: str) -> None:
    document = marked("plan.txt", f"{line}\n\n{BODY}\n")
    assert "NATO SECRET" in (document.metadata.marking or "").split("; ")


@pytest.mark.parametrize(
    "line", ["NATO SECERT", "Nato confidental", "CONFIDENTAL", "Geheim", "Streng geheim"]
)
def test_a_misspelt_line_and_one_of_another_authority_close_what_they_head(line: str) -> None:
    document = marked("plan.txt", f"{line}\n\n{BODY}\n")
    assert document.metadata.marking == line.upper()
    assert not admits(readable_with(LADDERS.names, ["ALL"], LADDERS), label(document))
    assert any("none in use" in one for one in document.warnings)


@pytest.mark.parametrize(
    "line",
    [
        "The secret of success",
        "Trade secrets",
        "Open secret",
        "Secrets",
        "Secret: how the gates were built",
        "Official visits",
        "OFFICIALS",
        "Nato restricted its airspace",
        "A nation may mark it NATO SECRET.",
        "Visit – Official",
        "Protected",
        "Unrestricted",
        "Confidence",
    ],
)
def test_plain_words_close_nothing(line: str) -> None:
    document = marked("plan.txt", f"{line}\n\n{BODY}\n")
    assert document.metadata.marking is None
    assert not document.warnings


@pytest.mark.parametrize(
    "within",
    [
        "NATO SECRET",
        "**NATO SECRET**",
        "| gate | marking |\n|---|---|\n| north | NATO SECRET |",
        "- (NS) The gate was opened.",
        "Classification: NATO SECRET",
        "| Field | Value |\n|---|---|\n| Classification | NATO SECRET |",
        "| Classification | NATO SECRET |\n|---|---|\n| Date | 2020 |",
        "It was opened then. (NS)",
    ],
)
def test_a_marking_in_the_midst_of_a_text_holds_for_all_of_it(within: str) -> None:
    paragraphs = "\n\n".join(f"{BODY} {n}" for n in range(12))
    document = marked("plan.md", f"{paragraphs}\n\n{within}\n\n{paragraphs}\n")
    assert document.metadata.marking == "NATO SECRET"


@pytest.mark.parametrize("key", ["tags", "status", "caveats"])
def test_a_marking_in_front_matter_holds_whatever_it_is_called(key: str) -> None:
    document = marked("plan.md", f"---\n{key}: [gates, NATO SECRET]\n---\n\n{BODY}\n")
    assert document.metadata.marking == "NATO SECRET"


def test_a_list_of_the_markings_there_are_is_none() -> None:
    paragraphs = "\n\n".join(f"{BODY} {n}" for n in range(12))
    names = "\n\n".join(LADDERS.names[:5])
    assert marked("plan.txt", f"{paragraphs}\n\n{names}\n\n{paragraphs}").metadata.marking is None


def test_a_title_that_names_a_marking_is_told() -> None:
    document = marked("plan.md", f"# NATO SECRET papers and how they are kept\n\n{BODY}\n")
    assert document.metadata.marking is None
    assert any("Its title names “NATO SECRET”" in one for one in document.warnings)


@pytest.mark.data
def test_documents_that_bear_no_marking_are_not_taken_to_have_one(development_data: Path) -> None:
    files = sorted((development_data / "documents").rglob("*.md"))
    texts = [(file.name, file.read_text(encoding="utf-8", errors="replace")) for file in files]
    taken = [name for name, text in texts if text.strip() and marked(name, text).metadata.marking]
    assert len(texts) > 600
    assert not taken
