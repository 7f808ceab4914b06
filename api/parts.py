"""The files of a multipart upload, written to disk while they arrive."""

import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from fastapi.exceptions import RequestValidationError
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from api.filenames import safe_name

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

FIELD = "files"
MOST_FILES = 1000
DRAINED_BYTES = 16 * 1024 * 1024


@dataclass(slots=True)
class SentFile:
    """A file as it was sent. `path` is None where it was not kept, for the reason `too_large`."""

    name: str
    path: Path | None
    size: int = 0
    too_large: bool = False


@dataclass(slots=True)
class _Part:
    """What is known of the part that is arriving."""

    disposition: bytes = b""
    header: bytes = b""
    value: bytes = b""
    file: SentFile | None = None


@dataclass(slots=True)
class _Pieces:
    """What one piece of the body holds of files, to be written outside the event loop."""

    work: list[Callable[[], None]] = field(default_factory=list)

    def carry_out(self) -> None:
        for step in self.work:
            step()
        self.work.clear()


class Parts:
    """Parses a form and writes the files of its field `files` into a folder, numbered."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._part = _Part()
        self._pieces = _Pieces()
        self._open: BinaryIO | None = None
        self._ended = False
        self._no_file = False
        self.files: list[SentFile] = []

    async def read(self, request: Request) -> list[SentFile]:
        """The files, once the whole form has arrived.

        Raises:
            HTTPException: the form cannot be read.
            RequestValidationError: it has no files.
            OSError: the disk takes no more.
        """
        kind, options = parse_options_header(request.headers.get("content-type"))
        if kind != b"multipart/form-data":
            raise _invalid("missing", "Field required")
        if not options.get(b"boundary"):
            raise _unreadable()
        stream = request.stream()
        try:
            parser = MultipartParser(options[b"boundary"], self._callbacks())
            async for piece in stream:
                parser.write(piece)
                await run_in_threadpool(self._pieces.carry_out)
        except FormParserError as error:
            raise _unreadable() from error
        except OSError:
            await _drain(stream)
            raise
        finally:
            self._close()
        return self._found()

    def _found(self) -> list[SentFile]:
        if self._no_file:
            raise _invalid("value_error", "Value error, expected UploadFile")
        if not self._ended:
            raise _unreadable()
        if not self.files:
            raise _invalid("missing", "Field required")
        return self.files

    def _callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": self._data,
            "on_part_end": self._end_part,
            "on_end": self._end,
        }

    def _begin(self) -> None:
        self._part = _Part()

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._part.header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._part.value += data[start:end]

    def _header_end(self) -> None:
        if self._part.header.lower() == b"content-disposition":
            self._part.disposition = self._part.value
        self._part.header = self._part.value = b""

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._part.disposition)
        if b"name" not in options:
            raise FormParserError("a part without a name")
        if options[b"name"].decode("utf-8", "replace") != FIELD:
            return
        if b"filename" not in options:
            self._no_file = True
            return
        if len(self.files) >= MOST_FILES:
            raise HTTPException(413, f"The form has more than {MOST_FILES} files. Send fewer")
        name = safe_name(options[b"filename"].decode("utf-8", "replace"))
        file = SentFile(name, self._folder / uuid.uuid4().hex)
        self._part.file = file
        self.files.append(file)
        self._pieces.work.append(lambda: self._create(file))

    def _data(self, data: bytes, start: int, end: int) -> None:
        file = self._part.file
        if file is not None:
            piece = data[start:end]
            self._pieces.work.append(lambda: self._write(file, piece))

    def _end_part(self) -> None:
        self._pieces.work.append(self._close)

    def _end(self) -> None:
        self._ended = True

    def _create(self, file: SentFile) -> None:
        assert file.path is not None
        self._open = file.path.open("wb")

    def _write(self, file: SentFile, piece: bytes) -> None:
        file.size += len(piece)
        if file.size > self._max_bytes and not file.too_large:
            file.too_large = True
            self._close()
            if file.path is not None:
                file.path.unlink()
                file.path = None
        if self._open is not None:
            self._open.write(piece)

    def _close(self) -> None:
        opened, self._open = self._open, None
        if opened is not None:
            opened.close()


async def _drain(stream: AsyncIterator[bytes]) -> None:
    """Reads on and forgets, so that a client still sending sees the answer to come."""
    forgotten = 0
    async for piece in stream:
        forgotten += len(piece)
        if forgotten > DRAINED_BYTES:
            return


def _invalid(kind: str, message: str) -> RequestValidationError:
    return RequestValidationError([{"type": kind, "loc": ("body", FIELD), "msg": message}])


def _unreadable() -> HTTPException:
    return HTTPException(400, "The body is no multipart form, or is broken off")
