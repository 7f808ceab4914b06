"""What the parts ask of each other. Chat models and embedders speak LangChain's own interfaces."""

from assistant.ports.encoders import (
    QuestionVectors,
    Reranker,
    TextEncoder,
    TokenEncoder,
    Vector,
)
from assistant.ports.ledger import (
    KeepsAudit,
    KeepsKeys,
    KeepsRuns,
    KeepsVersions,
    Ledger,
)
from assistant.ports.searching import (
    ChunkRows,
    LexicalIndex,
    LexicalSearch,
    Narrowed,
    Occurrences,
    Retriever,
    Snapshots,
    VectorIndex,
    VectorSearch,
)

__all__ = [
    "ChunkRows",
    "KeepsAudit",
    "KeepsKeys",
    "KeepsRuns",
    "KeepsVersions",
    "Ledger",
    "LexicalIndex",
    "LexicalSearch",
    "Narrowed",
    "Occurrences",
    "QuestionVectors",
    "Reranker",
    "Retriever",
    "Snapshots",
    "TextEncoder",
    "TokenEncoder",
    "Vector",
    "VectorIndex",
    "VectorSearch",
]
