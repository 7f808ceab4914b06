"""What one caller does, written to the audit trail."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from api.work import current_request
from assistant.access.acting import Actor
from assistant.access.keys import LOCAL, Caller
from assistant.errors import LibraryError
from assistant.ports import KeepsAudit

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Notes:
    """Writes what one caller does. `texts` says whether questions are kept."""

    trail: KeepsAudit | None
    caller: Caller
    texts: bool = True

    @property
    def actor(self) -> Actor:
        """The caller, in the request that is being served."""
        return Actor(self.caller.name, self.caller.key_id, current_request.get() or "")

    def write(self, what: str, **told: object) -> None:
        """Appends a row to the trail, where there is one. Raises `LibraryDamagedError`."""
        if self.trail is not None:
            self.trail.note(what, told, self.actor)

    async def awrite(self, what: str, **told: object) -> None:
        """The same, without keeping other requests waiting for the disk."""
        if self.trail is not None:
            await asyncio.to_thread(self.write, what, **told)

    def write_later(self, what: str, **told: object) -> None:
        """The same, for who cannot wait for it any more; a row that cannot be written is logged."""
        if self.trail is not None:
            actor = self.actor
            asyncio.get_running_loop().run_in_executor(None, self._try, what, told, actor)

    def asked(self, text: str) -> dict[str, str]:
        """What was asked, where that is to be kept."""
        return {"question": text} if self.texts else {}

    @staticmethod
    def complain() -> None:
        """Says in the log, where an error is being handled, that a row could not be written."""
        logger.exception("a row of the audit trail could not be written")

    def _try(self, what: str, told: Mapping[str, object], actor: Actor) -> None:
        assert self.trail is not None
        try:
            self.trail.note(what, told, actor)
        except LibraryError as error:
            logger.error("a row of the audit trail could not be written: %s", error)  # noqa: TRY400


def nobody_notes() -> Notes:
    """Notes that are written nowhere."""
    return Notes(None, LOCAL)
