"""The ledger's tables. Times are UTC with microseconds; spans are Unicode code points."""

from assistant.library.schema.access import (
    AuditRow,
    KeyRow,
)
from assistant.library.schema.base import (
    REVISION,
    Base,
    UtcDateTime,
)
from assistant.library.schema.conversations import (
    ConversationRow,
    FeedbackRow,
    TurnRow,
)
from assistant.library.schema.documents import (
    ChunkRow,
    DocumentRow,
    PlaceRow,
    TextRow,
    ValidityRow,
    VersionRow,
)
from assistant.library.schema.indexes import (
    EmbeddingRow,
    FactRow,
    TokenSignsRow,
)
from assistant.library.schema.runs import (
    FailureRow,
    RunItemRow,
    RunOwnerRow,
    RunRow,
)

__all__ = [
    "REVISION",
    "AuditRow",
    "Base",
    "ChunkRow",
    "ConversationRow",
    "DocumentRow",
    "EmbeddingRow",
    "FactRow",
    "FailureRow",
    "FeedbackRow",
    "KeyRow",
    "PlaceRow",
    "RunItemRow",
    "RunOwnerRow",
    "RunRow",
    "TextRow",
    "TokenSignsRow",
    "TurnRow",
    "UtcDateTime",
    "ValidityRow",
    "VersionRow",
]
