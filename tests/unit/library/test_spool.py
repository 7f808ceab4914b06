"""Copies of sources on their way in: no larger than allowed, and gone afterwards."""

import hashlib
from io import BytesIO
from pathlib import Path

import pytest

from assistant.errors import SourceTooLargeError, SourceUnreadableError
from assistant.library.spool import BLOCK, Spool, copy


class Torn(BytesIO):
    """A file on a disk that fails after a while."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() >= BLOCK:
            raise OSError(5, "Input/output error")
        return super().read(size)


def test_a_copy_is_named_by_its_content(tmp_path: Path) -> None:
    data = b"said" * BLOCK
    spooled = copy(BytesIO(data), tmp_path / "copy", len(data))
    assert spooled.path.read_bytes() == data
    assert (spooled.size, spooled.sha256) == (len(data), hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize("most", [0, 1, BLOCK, 2 * BLOCK])
def test_a_source_that_is_larger_than_allowed_is_refused(tmp_path: Path, most: int) -> None:
    with pytest.raises(SourceTooLargeError, match="ATTACHE_MAX_UPLOAD_MB"):
        copy(BytesIO(bytes(most + 1)), tmp_path / "copy", most)


def test_a_source_that_cannot_be_read_to_its_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadableError, match="Input/output error"):
        copy(Torn(bytes(3 * BLOCK)), tmp_path / "copy", 4 * BLOCK)


def test_a_room_is_gone_with_all_that_was_put_there(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "incoming")
    with spool.room() as one, spool.room() as other:
        (one / "file").write_bytes(b"x")
        assert one != other
    assert list((tmp_path / "incoming").iterdir()) == []
