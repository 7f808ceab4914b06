"""Writing a backup: read beside whoever holds the library."""

from dataclasses import asdict
from pathlib import Path

from api.upkeep_schemas import BackupOut
from assistant.library.backup import back_up
from assistant.library.servers import servers_of
from cli.console import counted, note, results
from cli.exits import Exits
from cli.setup import require_file, settings_for_command
from cli.telling import telling
from cli.wire import print_json


def write_backup(file: Path, *, force: bool, as_json: bool) -> Exits:
    """Writes the backup and tells what it holds; `INCOMPLETE` where originals are missing.

    Raises:
        ConfigurationError: the ledger is on a database server.
        LibraryError: the file exists and is not to be overwritten, or cannot be written.
        LibraryDamagedError: there is no library, or it cannot be read.
    """
    settings = settings_for_command()
    require_file(settings)
    folder = file.absolute().parent
    made = not folder.exists()
    with telling("Writing the backup…") as tell:
        written = back_up(settings.home, file, force=force, tell=tell, servers=servers_of(settings))
    report = BackupOut.model_validate(asdict(written))
    if as_json:
        print_json(report)
    else:
        results().print(
            f"{counted(report.documents, 'document')} with "
            f"{counted(report.originals, 'original file')}, "
            f"{report.bytes / 2**20:.1f} MB in {report.elapsed_s:.1f} s: {report.file}",
            soft_wrap=True,
        )
    if made:
        note(f"The folder {folder} was not there and was made.")
    if report.missing:
        note(f"{report.missing} original files are lost or damaged: `attache doctor --deep`.")
    return Exits.INCOMPLETE if report.missing else Exits.DONE
