"""The sentences for a source that asks for more than is allowed, or ends its reader."""

import signal

from assistant.errors import SourceLimitError, SourceUnreadableError
from ingest.limits import MEGABYTE, Limits


def out_of_time(limits: Limits) -> SourceLimitError:
    """For a source that takes too long."""
    return SourceLimitError(
        f"took longer than {limits.seconds:g} s to read. Split it, or raise "
        "ATTACHE_PARSE_TIMEOUT_S."
    )


def out_of_time_on_a_page(limits: Limits) -> SourceLimitError:
    """For a source one of whose pages takes too long to be recognised."""
    return SourceLimitError(
        f"took longer than {limits.page_seconds:g} s to recognise a page. Scan it anew with less "
        "detail, or raise ATTACHE_OCR_TIMEOUT_S."
    )


def out_of_memory(limits: Limits) -> SourceLimitError:
    """For a source that takes too much memory."""
    return SourceLimitError(
        f"needs more than {limits.memory // MEGABYTE} MB of memory to be read. Split it, or raise "
        "ATTACHE_PARSE_MEMORY_MB."
    )


def out_of_room(limits: Limits) -> SourceLimitError:
    """For a source that unpacks to too much."""
    return SourceLimitError(
        f"unpacks to more than {limits.unpacked // MEGABYTE} MB. Split it, or raise "
        "ATTACHE_MAX_UNPACKED_MB."
    )


def too_many_members(limits: Limits) -> SourceLimitError:
    """For a source that holds too many others."""
    return SourceLimitError(
        f"holds more than {limits.members} documents. Split it, or raise ATTACHE_MAX_MEMBERS."
    )


def died(status: int) -> SourceUnreadableError:
    """For a source whose reader ended by itself; `status` as of a shell, 128 and more a signal."""
    how = f"with status {status}"
    if status > 128:
        try:
            how = f"by signal {status - 128}, {signal.Signals(status - 128).name}"
        except ValueError:
            how = f"by signal {status - 128}"
    return SourceUnreadableError(
        f"made its reader stop ({how}). It is probably damaged: save it anew and ingest that."
    )


def babbled() -> SourceUnreadableError:
    """For a source whose reader answered what cannot be."""
    return SourceUnreadableError(
        "made its reader answer nonsense. It is probably damaged: save it anew and ingest that."
    )
