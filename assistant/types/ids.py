"""The names of things."""

from typing import NewType

DocumentId = NewType("DocumentId", str)
VersionId = NewType("VersionId", str)
ChunkId = NewType("ChunkId", str)
RunId = NewType("RunId", str)
