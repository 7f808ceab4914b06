"""What one caller does, written to the audit trail."""

import asyncio
from dataclasses import dataclass

from assistant.access.keys import LOCAL, Caller
from assistant.ports import KeepsAudit


@dataclass(frozen=True, slots=True)
class Notes:
    """Writes what one caller does. `texts` says whether questions are kept."""

    trail: KeepsAudit | None
    caller: Caller
    texts: bool = True

    def write(self, what: str, **told: object) -> None:
        """Appends a row to the trail, where there is one."""
        if self.trail is not None:
            self.trail.note(self.caller.name, self.caller.key_id, what, told)

    async def awrite(self, what: str, **told: object) -> None:
        """The same, without keeping other requests waiting for the disk."""
        if self.trail is not None:
            await asyncio.to_thread(self.write, what, **told)

    def asked(self, text: str) -> dict[str, str]:
        """What was asked, where that is to be kept."""
        return {"question": text} if self.texts else {}


def nobody_notes() -> Notes:
    """Notes that are written nowhere."""
    return Notes(None, LOCAL)
