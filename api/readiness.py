"""Whether everything that a question needs works, asked of each part and not asked too often."""

import logging
from collections.abc import Callable, Mapping
from threading import Lock
from time import monotonic

from assistant.errors import AssistantError

_KEPT_S = 5.0

logger = logging.getLogger(__name__)


class Checks:
    """The parts by name, each with what fails when it does not work. For many threads at once."""

    def __init__(self, parts: Mapping[str, Callable[[], object]], kept_s: float = _KEPT_S) -> None:
        self._parts = parts
        self._kept_s = kept_s
        self._guard = Lock()
        self._found: dict[str, str] = {}
        self._looked: float | None = None

    @property
    def names(self) -> list[str]:
        """The parts that are looked at."""
        return list(self._parts)

    def failing(self) -> Mapping[str, str]:
        """What is wrong with each part that does not work, as found now or moments ago.

        Whoever can reach the server may ask, so that what is asked of a model is not theirs to say.
        """
        with self._guard:
            if self._looked is None or monotonic() - self._looked > self._kept_s:
                found = {name: _complaint(name, check) for name, check in self._parts.items()}
                self._found = {name: said for name, said in found.items() if said}
                self._looked = monotonic()
            return self._found


def _complaint(name: str, check: Callable[[], object]) -> str:
    try:
        check()
    except AssistantError as error:
        return str(error)
    except Exception:  # whatever it is, the part does not work
        logger.exception("the %s does not work", name)
        return "It failed; the server's log says how."
    return ""
