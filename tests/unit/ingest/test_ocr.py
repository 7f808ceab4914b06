import stat
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from assistant.errors import NoTextError
from ingest.limits import Limits
from ingest.loaders.garbled import is_unreadable
from ingest.loaders.pdf import load
from ingest.parsed import Reading
from ingest.sources import uploaded
from tests.unit.ingest.pdfs import image_of, printed, read, scan, scanned, set_lines

LETTER = [
    "The Permanent Mission presents its compliments to",
    "the Secretariat and has the honour to transmit the",
    "letter of the Minister on the conduct of cooper-",
    "ation among the armed forces of both countries.",
]
SAID = (
    "The Permanent Mission presents its compliments to the Secretariat and has the honour to "
    "transmit the letter of the Minister on the conduct of cooperation among the armed forces of "
    "both countries."
)
needs_tesseract = pytest.mark.ocr


def tool(folder: Path, script: str) -> None:
    """A program called `tesseract` in the folder, which does what the script says."""
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


@needs_tesseract
def test_a_scan_is_read_with_its_confidence_and_the_places_of_its_words() -> None:
    document = read(scanned(scan(LETTER)), Limits())
    assert document.text == SAID
    (page,) = document.pages
    assert page.confidence is not None
    assert 0.8 < page.confidence <= 1
    spoken = [document.text[word.start : word.end] for word in document.words]
    assert spoken == SAID.replace("cooperation", "cooper ation").split()
    assert all(0 <= w.left < w.right <= 1 and 0 <= w.top < w.bottom <= 1 for w in document.words)
    assert [word.start for word in document.words] == sorted(w.start for w in document.words)
    assert document.warnings[0].startswith("Page 1 was read from its image (mean confidence 0.9")


@needs_tesseract
def test_french_is_read_with_its_accents() -> None:
    letter = [
        "L’attaché de défense français a été reçu à l’État-major",
        "des armées où il a présenté la coopération bilatérale,",
        "les élèves étrangers et la sécurité européenne.",
    ]
    document = read(scanned(image_of(printed(set_lines(letter)))), Limits())
    for word in ("défense", "français", "où", "élèves"):
        assert word in document.text


@needs_tesseract
@pytest.mark.parametrize("turned", [90, 180])
def test_a_scan_that_lies_on_its_side_or_head_is_read(turned: int) -> None:
    lines = LETTER * 5  # the way a page lies is told by its letters, of which it needs some
    text = read(scanned(scan(lines, turned)), Limits()).text
    assert text.lower().count("the permanent mission presents its compliments") == 5


@needs_tesseract
def test_only_the_pages_that_lack_text_are_recognised_and_each_earns_time() -> None:
    ticks: list[None] = []
    data = scanned(
        None, scan(LETTER), None, text=["This page is printed text, and there is", "enough."]
    )
    reading = Reading(Limits(), Path(), page_recognised=lambda: ticks.append(None))
    document = load(uploaded("a.pdf", data), data, reading)
    assert [page.confidence is not None for page in document.pages] == [False, True, False]
    assert {word.page for word in document.words} == {2}
    assert len(ticks) == 1


@needs_tesseract
def test_a_photograph_has_no_text_and_is_not_taken_for_it() -> None:
    picture = Image.linear_gradient("L").resize((620, 877))
    with pytest.raises(NoTextError, match="no text could be read from its images"):
        read(scanned(picture), Limits())


def test_without_recognition_a_scan_is_said_to_be_one_and_how_to_read_it() -> None:
    with pytest.raises(NoTextError, match=r"looks like a scan.*ATTACHE_OCR=true"):
        read(scanned(scan(LETTER)))


def test_without_tesseract_a_scan_is_said_to_need_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoTextError, match=r"scan.*Tesseract is not installed.*make ocr"):
        read(scanned(scan(LETTER)), Limits())


def test_a_page_without_text_among_others_is_left_out_with_a_warning() -> None:
    document = read(scanned(None, scan(LETTER), text=["This page is printed."]))
    assert document.text == "This page is printed."
    assert document.warnings == (
        "Page 2 was left out: no readable text layer, and text recognition is switched off. "
        "Set ATTACHE_OCR=true and ingest it again.",
    )


def test_a_language_that_is_not_installed_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tool(
        tmp_path,
        'case "$1" in --list-langs) printf "List:\\nfra\\n";; *) echo "$*" >&2; exit 3;; esac',
    )
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(NoTextError, match="made Tesseract fail"):
        read(scanned(scan(LETTER)), Limits(ocr_languages="eng+fra"))
    with pytest.raises(NoTextError, match="not installed"):
        read(scanned(scan(LETTER)), Limits(ocr_languages="deu"))


def test_recognition_that_takes_too_long_is_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tool(tmp_path, 'case "$1" in --list-langs) printf "List:\\neng\\n";; *) exec sleep 60;; esac')
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    began = time.monotonic()
    with pytest.raises(NoTextError, match=r"took longer than 0.2 s.*ATTACHE_OCR_TIMEOUT_S"):
        read(scanned(scan(LETTER)), replace(Limits(), page_seconds=0.2))
    assert time.monotonic() - began < 30  # it would take a minute


def test_a_line_that_is_a_crest_or_a_signature_is_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    row = "5\\t1\\t1\\t1\\t%d\\t1\\t10\\t10\\t50\\t20\\t%d\\t%s\\n"
    tool(
        tmp_path,
        'case "$1" in --list-langs) printf "List:\\neng\\n";; '
        f"*) cat >/dev/null; printf '{row}' 1 96 UNITED 2 45 Sy 3 97 NATIONS;; esac",
    )
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    document = read(scanned(scan(LETTER)), Limits())
    assert document.text.split() == ["UNITED", "NATIONS"]
    assert document.pages[0].confidence == 0.965


def test_an_uncertain_page_is_left_out_with_a_warning(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    row = "5\\t1\\t1\\t1\\t1\\t%d\\t10\\t10\\t50\\t20\\t%d\\t%s\\n"
    words = " ".join(f"{i} {20 if i else 70} scribble" for i in range(12))
    tool(
        tmp_path,
        f'case "$1" in --list-langs) printf "List:\\neng\\n";; '
        f"*) cat >/dev/null; printf '{row}' {words};; esac",
    )
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    document = read(scanned(None, scan(LETTER), text=["This page is printed."]), Limits())
    assert document.text == "This page is printed."
    assert "too uncertain" in document.warnings[0]


@pytest.mark.parametrize("shown", ["\ue001\ue002\ue003", "\ufffd\ufffd a", "\x03\x04\x05\x06b"])
def test_characters_a_font_gives_no_meaning_are_no_text(shown: str) -> None:
    assert is_unreadable(shown)
    assert not is_unreadable(f"The Parties agree {shown} on it.")
