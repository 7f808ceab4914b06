"""How messages are logged: as lines to read, or as JSON for what collects them."""

import json
import logging
from datetime import UTC, datetime
from typing import Literal

from api.work import current_request

_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# What every record has; anything else was given by who logged it.
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """A JSON object a line: time, level, logger, message, and what came with it."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        said: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := current_request.get():
            said["request_id"] = request_id
        said |= {name: value for name, value in vars(record).items() if name not in _OWN}
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)


def log(level: str, form: Literal["text", "json"]) -> None:
    """Logs to standard error, which leaves standard output to results."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else logging.Formatter(_LINE))
    logging.basicConfig(level=level, handlers=[handler])
