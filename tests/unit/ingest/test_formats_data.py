import json
from pathlib import Path

import pytest

from assistant.errors import SourceLimitError, SourceUnreadableError, UnsupportedSourceError
from assistant.types import LoadedDocument
from ingest.limits import Limits
from ingest.loaders.decode import repaired
from ingest.loaders.load import load
from ingest.parsed import Parsed, Reading
from ingest.sources import uploaded

BODY = "The Parties agree to consult whenever the security of any of them is threatened by others."
FRENCH = (
    "Les attachés de défense représentent leur État auprès des alliés, où ils œuvrent ensemble. "
)


def parsed(name: str, text: str | bytes, room: Path = Path("none"), **limits: int) -> Parsed:
    data = text.encode() if isinstance(text, str) else text
    return load(uploaded(name, data), Reading(Limits(**limits), room))  # type: ignore[arg-type]


def loaded(name: str, text: str | bytes, **limits: int) -> LoadedDocument:
    document = parsed(name, text, Path("none"), **limits).document
    assert document is not None
    return document


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_row_of_a_table_names_its_columns_whatever_parts_them(delimiter: str) -> None:
    rows = [["Name", "Year", "Note"], ["NATO", "1949", '"twelve, then\nmore"'], ["UN", "1945", ""]]
    text = "\n".join(delimiter.join(row) for row in rows)
    assert loaded("a.csv", text).text == (
        "Name: NATO; Year: 1949; Note: twelve, then more\nName: UN; Year: 1945"
    )


def test_a_table_without_names_of_columns_is_read_as_it_stands() -> None:
    assert loaded("a.csv", "1949,NATO\n1945,UN").text == "1949 | NATO\n1945 | UN"


def test_a_short_table_of_a_western_program_is_read_in_its_encoding() -> None:
    table = "Pays,Capitale\nFrance,Paris\nÉgypte,Le Caire\n".encode("cp1252")
    assert loaded("a.csv", table).text.endswith("Pays: Égypte; Capitale: Le Caire")


def test_text_in_utf_8_with_a_flaw_stays_utf_8_and_is_told_of() -> None:
    document = loaded("a.txt", (FRENCH * 3).encode() + b"\xff")
    assert FRENCH.strip() in document.text
    assert "not be decoded: 1" in document.warnings[0]


def test_text_that_was_decoded_wrongly_before_is_put_right_and_told_of() -> None:
    garbled = FRENCH.encode().decode("cp1252")
    document = loaded("a.txt", f"{garbled}\n{BODY}")
    assert FRENCH.strip() in document.text
    assert "wrongly encoded in 1 line" in document.warnings[0]


@pytest.mark.parametrize("name", ["a.html", "a.csv", "a.md", "a.json"])
def test_text_is_put_right_in_every_kind_of_text_file(name: str) -> None:
    garbled = f"DÃ©fense, {BODY}"
    text = json.dumps({"text": garbled}, ensure_ascii=False) if name == "a.json" else garbled
    document = loaded(name, text)
    assert "Défense" in document.text
    assert document.warnings


@pytest.mark.parametrize("text", [FRENCH, "«É»", "Ελληνικά κείμενο", "SÃO PAULO", "Київ — Львів"])
def test_text_that_is_right_is_left_alone(text: str) -> None:
    assert repaired(text) == (text, None)


@pytest.mark.parametrize(("text", "code"), [(FRENCH, "fr"), (BODY, "en")])
def test_a_language_that_is_not_named_is_told_by_the_text(text: str, code: str) -> None:
    assert loaded("a.txt", f"{text}\n" * 3).metadata.language == code


def test_a_language_that_is_named_is_believed_and_a_few_words_tell_none() -> None:
    assert loaded("a.md", f"---\nlanguage: de\n---\n\n{BODY * 3}").metadata.language == "de"
    assert loaded("a.txt", "Paris, 1949").metadata.language is None


def test_what_front_matter_says_and_no_one_understands_is_told() -> None:
    document = loaded("a.md", f"---\ndate: someday\nmarking: TOP BANANA\n---\n\n{BODY}")
    assert "someday" in document.warnings[0]
    assert document.metadata.marking == "TOP BANANA"
    assert "no YAML, TOML or JSON" in loaded("a.md", f"---\na: [b\n---\n\n{BODY}").warnings[0]


def test_more_text_than_allowed_is_refused() -> None:
    with pytest.raises(SourceLimitError, match="50 characters"):
        loaded("a.txt", BODY, characters=50)


def test_lines_of_records_are_documents_and_broken_lines_are_told(tmp_path: Path) -> None:
    first = {"_id": "a/1", "title": "Treaty", "text": BODY, "date": "1949-04-04", "issuer": "NATO"}
    lines = [json.dumps(first), "{broken", "", json.dumps({"docid": 7, "contents": BODY}), "{}"]
    found = parsed("a.jsonl", "\n".join(lines), tmp_path)
    assert found.document is None
    assert [member.name for member in found.members] == ["a/1", "7"]
    assert "(1): 2" in found.warnings[0]
    assert "line 5" in found.warnings[1]
    member = found.members[0]
    assert member.file_name == "a_1.json"
    document = loaded(member.file_name, member.path.read_bytes())
    assert document.text == BODY
    metadata = document.metadata
    assert (metadata.title, metadata.issuer, str(metadata.published_on)) == (
        "Treaty",
        "NATO",
        "1949-04-04",
    )


def test_records_of_one_name_stay_apart(tmp_path: Path) -> None:
    found = parsed("a.json", json.dumps([{"id": "x", "text": BODY}] * 2), tmp_path)
    assert [member.name for member in found.members] == ["x", "x (2)"]


def test_more_records_than_allowed_are_refused(tmp_path: Path) -> None:
    records = json.dumps([{"text": BODY}] * 3)
    with pytest.raises(SourceLimitError, match="more than 2 documents"):
        parsed("a.json", records, tmp_path, members=2)


def test_other_data_is_read_as_paths_and_values() -> None:
    text = json.dumps({"treaty": {"parties": ["FR", "UK"], "acts": [{"year": 1949.0}]}})
    assert loaded("a.json", text).text == "treaty.parties: FR, UK\ntreaty.acts[1].year: 1949"


@pytest.mark.parametrize("text", ["{", "[1, 2", "[" * 100_000, "{" + '"a":{' * 50_000])
def test_broken_or_bottomless_json_is_refused(text: str) -> None:
    with pytest.raises(SourceUnreadableError):
        parsed("a.json", text)


def test_xml_that_reads_like_a_document_is_one_and_data_is_none() -> None:
    text = f"<?xml version='1.0'?><doc><head>Duties</head><p>{BODY} <b>So</b> be it.</p></doc>"
    document = loaded("a.xml", text)
    assert document.text == f"Duties\n\n{BODY} So be it."
    with pytest.raises(UnsupportedSourceError, match="data"):
        loaded("a.xml", "<?xml version='1.0'?><rows><r><a>1</a><b>2</b></r></rows>")
    with pytest.raises(SourceUnreadableError, match="damaged"):
        loaded("a.xml", "<?xml version='1.0'?><rows><r><a>1</a><b")
