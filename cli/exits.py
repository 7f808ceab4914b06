"""Exit codes, and which error leads to which."""

from enum import IntEnum

from assistant.errors import AssistantError, ModelError


class Exits(IntEnum):
    """What a command tells the shell."""

    DONE = 0
    INCOMPLETE = 1
    """Some sources failed, the question was not answered, or the doctor found something."""
    MISUSED = 2
    """Wrong use, or a configuration or data directory that cannot be worked with."""
    INTERRUPTED = 130


def exit_of(error: AssistantError) -> Exits:
    """The exit code for an error that ended a command."""
    return Exits.INCOMPLETE if isinstance(error, ModelError) else Exits.MISUSED
