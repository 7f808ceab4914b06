"""`attache verify FILE`: a file checked against the library, with and without a server."""

from pathlib import Path

import pytest

from tests.integration.commands import attache
from tests.integration.served import served

OFFICE = """# Liaison office

The liaison office at Lisbon was opened on 4 May 2014 by the minister of defence. Eleven
officers from six countries serve there.
"""
BRIDGE = "# Bridge\n\nThe bridge at Porto is 280 metres long and may be closed in winter.\n"
TREATY = """# Agreement on the status of visiting personnel

## Definitions

The term “sending State” means the Kingdom of Denmark. The term “receiving State” means the Republic
of Chad. The term “Personnel” means members of the armed forces and their civilian colleagues.

## Driving permits

The receiving State shall accept as valid, without test and without payment of fees, the driving
permits of the Personnel of the sending State.
"""
TRUE = "Eleven officers from six countries serve there."
WRONG = "The liaison office at Lisbon was opened on 4 May 2015 by the minister of defence."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    folder = home / "documents"
    folder.mkdir()
    (folder / "office.md").write_text(OFFICE)
    (folder / "bridge.md").write_text(BRIDGE)
    (folder / "treaty.md").write_text(TREATY)
    ended = attache(home, "ingest", folder)
    assert ended.code == 0, ended.err
    return home


def test_a_text_that_the_library_carries_ends_well(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "note.md"
    file.write_text(f"# Officers\n\n{TRUE}\n")
    ended = attache(home, "verify", file)
    assert ended.code == 0, ended.err
    assert "quoted" in ended.out
    assert "Liaison office" in ended.out


def test_what_is_wrong_is_written_and_the_command_exits_with_1(home: Path) -> None:
    ended = attache(home, "verify", "-", said=f"{TRUE} {WRONG}")
    assert ended.code == 1
    assert "The passage says 2014, the sentence 2015." in " ".join(ended.out.split())


def test_an_article_is_read_with_the_names_that_another_gives_its_parties(home: Path) -> None:
    said = "Chad has to accept the driving permits of Danish personnel without a test or a fee."
    ended = attache(home, "verify", "-", said=said)
    assert ended.code == 0, ended.out
    turned = (
        "Denmark has to accept the driving permits of Chadian personnel without a test or a fee."
    )
    assert attache(home, "verify", "-", said=turned).code == 1


def test_any_file_that_can_be_ingested_can_be_checked(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "note.html"
    file.write_text(f"<html><body><h1>Note</h1><p>{TRUE}</p><p>{WRONG}</p></body></html>")
    found = attache(home, "verify", file, "--json").json()["sentences"]
    assert isinstance(found, list)
    assert [one["verdict"] for one in found if isinstance(one, dict)][-2:] == [
        "quoted",
        "unsupported",
    ]


def test_a_long_text_is_checked_whole_with_spans_of_the_whole(home: Path) -> None:
    text = "\n".join(["Is this one asked?"] * 1_000 + [TRUE])
    found = attache(home, "verify", "-", "--json", said=text).json()
    sentences = found["sentences"]
    assert isinstance(sentences, list)
    last = sentences[-1]
    assert isinstance(last, dict)
    assert last["verdict"] == "quoted"
    assert (last["start"], last["end"]) == (len(text) - len(TRUE), len(text))
    assert found["counts"] == {"quoted": 1, "supported": 0, "unsupported": 0, "unchecked": 1000}


def test_a_check_is_narrowed_to_a_document_named_by_the_beginning_of_its_id(home: Path) -> None:
    items = attache(home, "documents", "list", "--json").json()["items"]
    assert isinstance(items, list)
    ids = {i["title"]: str(i["document_id"]) for i in items if isinstance(i, dict)}
    assert attache(home, "verify", "-", "--document", ids["Bridge"][:12], said=TRUE).code == 1
    options = ("--document", ids["Liaison office"][:12])
    assert attache(home, "verify", "-", *options, said=TRUE).code == 0


def test_a_running_server_checks_in_place_of_the_command(home: Path) -> None:
    with served(home):
        ended = attache(home, "verify", "-", "--json", said=f"{TRUE} {WRONG}")
    assert ended.code == 1
    found = ended.json()["sentences"]
    assert isinstance(found, list)
    verdicts = [one["verdict"] for one in found if isinstance(one, dict)]
    assert verdicts == ["quoted", "unsupported"]


@pytest.mark.parametrize(
    ("arguments", "said", "advice"),
    [
        (["none.md"], "", "is no file"),
        (["-"], " \n", "holds no text"),
        (["-", "--document", "none"], TRUE, "attache documents list"),
        (["-", "--as-of", "May"], TRUE, "Write 2024-06-30"),
        (["-", "--language", "english"], TRUE, "Write its code"),
    ],
)
def test_what_cannot_be_checked_is_refused_with_advice(
    home: Path, arguments: list[str], said: str, advice: str
) -> None:
    ended = attache(home, "verify", *arguments, said=said)
    assert (ended.code, ended.out) == (2, "")
    assert advice in " ".join(ended.err.split())


def test_only_headings_and_questions_state_nothing_and_exit_with_1(home: Path) -> None:
    assert attache(home, "verify", "-", said="Officers\n\nWho serves there?").code == 1
