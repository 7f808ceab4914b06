"""A data directory that its user alone can open: also one that others could before."""

import logging
import os
import stat
from contextlib import suppress
from pathlib import Path

_OTHERS = stat.S_IRWXG | stat.S_IRWXO

logger = logging.getLogger(__name__)


def keep_private(home: Path) -> None:
    """Takes a directory from everybody but its user, with all that is in it.

    Nothing is looked through where the directory itself is closed: what lies in it then is too.
    Where it cannot be closed, that is told, and the work goes on.
    """
    if os.name != "posix" or not home.stat().st_mode & _OTHERS:
        return
    try:
        home.chmod(home.stat().st_mode & ~_OTHERS)
    except OSError as error:
        logger.warning(
            "The data directory %s can be opened by others (%s). Close it: chmod -R go= %s",
            home,
            error.strerror or error,
            home,
        )
        return
    for folder, folders, files in os.walk(home):
        for name in (*folders, *files):
            _close(Path(folder, name))
    logger.warning("The data directory %s could be opened by others; it was closed to them.", home)


def _close(path: Path) -> None:
    """Takes one from others; what goes away meanwhile, or is another's, lies in a closed folder."""
    with suppress(OSError):
        mode = path.lstat().st_mode
        if mode & _OTHERS and not stat.S_ISLNK(mode):
            path.chmod(stat.S_IMODE(mode) & ~_OTHERS)
