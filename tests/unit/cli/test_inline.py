"""The texts of a judged set are read in the process that measures them."""

from pathlib import Path

import pytest

from cli.evaluation.inline import InlineParser


def test_a_library_may_be_kept_in_a_folder_named_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("note.txt").write_text("The attaché reports in May.\n", "utf-8")
    parsed = InlineParser({"note.txt": "A note"}).parse(Path("note.txt"), "note.txt", tmp_path)
    document = parsed.result().document
    assert document is not None
    assert "reports in May" in document.text
