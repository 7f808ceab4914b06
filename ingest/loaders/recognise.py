"""Tesseract, where it is installed: the words in the image of a page."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

_COLUMNS = 12
_WORD_LEVEL = "5"
_LIST_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class GreyImage:
    """An image of `width * height` bytes, row by row, 255 for white; `dpi` is its resolution."""

    width: int
    height: int
    dpi: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word in an image, its place in fractions of width and height from the upper left.

    `confidence` is in [0, 1]; `line` and `paragraph` tell words that stand together.
    """

    text: str
    confidence: float
    line: tuple[str, ...]
    paragraph: tuple[str, ...]
    left: float
    top: float
    right: float
    bottom: float


class RecognitionError(Exception):
    """Tesseract failed on a page, or took too long; the message says which."""


class Tesseract:
    """The program with the languages it is to read, as `eng+fra`.

    `orients` says that it finds out how a page is turned.
    """

    def __init__(self, program: str, languages: str, *, orients: bool) -> None:
        self._command = (program, "stdin", "stdout", "-l", languages)
        self._mode = "1" if orients else "3"

    def words(self, image: GreyImage, seconds: float) -> list[SeenWord]:
        """The words of a page in reading order.

        Raises:
            RecognitionError: it failed, or took longer than `seconds`; its process is ended then.
        """
        header = f"P5 {image.width} {image.height} 255\n".encode()
        settings = ("--dpi", str(image.dpi), "--psm", self._mode, "tsv")
        table = _run((*self._command, *settings), header + image.pixels, seconds)
        return list(_words(table, image))


def find_tesseract(languages: str) -> Tesseract | None:
    """Tesseract with those of the languages, as `eng+fra`, that it has; None where it has none."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        listed = _run((program, "--list-langs"), b"", _LIST_SECONDS)
    except RecognitionError:
        return None
    installed = {line.strip() for line in listed.splitlines()[1:]}
    wanted = [name for name in languages.split("+") if name in installed]
    if not wanted:
        return None
    # Named first, English costs other languages accents it does not have; named last, nothing.
    wanted.sort(key=lambda name: name == "eng")
    return Tesseract(program, "+".join(wanted), orients="osd" in installed)


def _run(command: tuple[str, ...], given: bytes, seconds: float) -> str:
    # One thread a page: the cores are kept busy by reading documents side by side.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # noqa: TID251 - handed on, not read
    try:
        done = subprocess.run(  # noqa: S603 - the program found on the path, no shell
            command, input=given, capture_output=True, timeout=seconds, check=True, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise RecognitionError(f"took longer than {seconds:g} s") from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise RecognitionError("made Tesseract fail") from error
    return done.stdout.decode("utf-8", "replace")


def _words(table: str, image: GreyImage) -> Iterator[SeenWord]:
    for row in table.split("\n"):
        cells = row.split("\t")
        if len(cells) == _COLUMNS and cells[0] == _WORD_LEVEL and cells[11].strip():
            left, top, width, height = (int(cell) for cell in cells[6:10])
            yield SeenWord(
                text=cells[11].strip(),
                confidence=min(max(float(cells[10]) / 100, 0.0), 1.0),
                line=tuple(cells[1:5]),
                paragraph=tuple(cells[1:4]),
                left=left / image.width,
                top=top / image.height,
                right=(left + width) / image.width,
                bottom=(top + height) / image.height,
            )
