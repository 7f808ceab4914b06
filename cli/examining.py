"""Comparing the stores, and mending them: here, or in the server that holds the data directory."""

from dataclasses import asdict, dataclass, field

from api.upkeep_schemas import CheckOut, FindingOut, RepairOut
from assistant.backends import open_backends
from assistant.errors import AssistantError, LibraryInUseError
from assistant.library.checking import check, check_ledger
from assistant.library.ledger import SqlLedger, has_ledger, open_ledger
from assistant.library.lock import DirectoryLock
from assistant.library.repairing import repair
from assistant.runs import Run
from assistant.settings import Settings
from cli.abandoned import end_abandoned
from cli.control import RunningServer, hold_or_find
from cli.keeping import check_out, repair_out
from cli.telling import Telling

PURPOSE = "attache doctor"


@dataclass(slots=True)
class Found:
    """What was learnt of the library; None where it could not be."""

    report: CheckOut | None = None
    mended: list[FindingOut] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    embedder: str | None = None
    answerer: str | None = None
    in_use: str | None = None


class Examination:
    """One examination of the library that the settings name; a `deep` one reads all contents."""

    def __init__(self, settings: Settings, tell: Telling, *, repair: bool, deep: bool) -> None:
        self._settings = settings
        self._tell = tell
        self._repair = repair
        self.deep = deep

    def carry_out(self) -> Found:
        """What is wrong with the stores, after mending them where asked.

        Raises:
            AssistantError: the library cannot be opened.
        """
        try:
            holder = hold_or_find(self._settings.home, PURPOSE)
        except LibraryInUseError as error:
            # Another command at work is no ailment, and the ledger can be read beside it.
            found = self.of_ledger()
            found.in_use = str(error)
            if self._repair:
                found.problems.append(str(error))
            return found
        if isinstance(holder, RunningServer):
            return self._there(holder)
        with holder:
            return self._here(holder)

    def of_ledger(self) -> Found:
        """What the ledger alone tells, beside whoever holds the library."""
        if not has_ledger(self._settings.home, self._settings.ledger_url):
            return Found()
        try:
            ledger = open_ledger(self._settings.home, self._settings.ledger_url)
        except AssistantError as error:
            return Found(problems=[str(error)])
        try:
            return Found(report=_ledger_report(ledger), embedder=ledger.embedder())
        except AssistantError as error:
            return Found(problems=[str(error)])
        finally:
            ledger.close()

    def last_run(self) -> str | None:
        """What became of the last ingest, where it was cut short; None where all went well."""
        if not has_ledger(self._settings.home, self._settings.ledger_url):
            return None
        try:
            ledger = open_ledger(self._settings.home, self._settings.ledger_url)
        except AssistantError:
            return None
        try:
            end_abandoned(self._settings.home, ledger)
            return next(map(_cut_short, ledger.runs.recent(1)), None)
        except AssistantError:
            return None  # that the ledger cannot be read is told by the stores
        finally:
            ledger.close()

    def _here(self, held: DirectoryLock) -> Found:
        with open_backends(self._settings, PURPOSE, held, mend=self._repair) as backends:
            found = Found(embedder=backends.encoder.name, answerer=backends.answerer.name)
            backends.encoder.embed_query("Does the embedder answer?")
            if self._repair:
                mended = repair(
                    backends.library,
                    backends.encoder,
                    deep=self.deep,
                    quiet=backends.library.ledger.sharing.alone,
                    tell=self._tell,
                )
                _take(found, repair_out(mended))
            else:
                found.report = check_out(check(backends.library, deep=self.deep, tell=self._tell))
        return found

    def _there(self, server: RunningServer) -> Found:
        found = Found(in_use=f"by the server at {server.url}, process {server.pid}")
        task = "repair" if self._repair else "check"
        answer = server.call("POST", f"/v1/maintenance/{task}", {"deep": self.deep}, self._tell)
        if self._repair:
            _take(found, RepairOut.model_validate(answer))
        else:
            found.report = CheckOut.model_validate(answer)
        return found


def _take(found: Found, mended: RepairOut) -> None:
    found.report = mended.after
    left = {(each.kind, each.what): each.count for each in mended.after.findings}
    for finding in mended.before.findings:
        fewer = finding.count - left.get((finding.kind, finding.what), 0)
        if fewer > 0:
            found.mended.append(finding.model_copy(update={"count": fewer}))


def _cut_short(run: Run) -> str | None:
    if run.state not in ("interrupted", "failed"):
        return None
    return (
        f"The last ingest, begun at {run.started_at:%Y-%m-%d %H:%M} UTC, was cut short: "
        f"{run.error} `attache runs retry {run.run_id[:12]}` takes in the rest."
    )


def _ledger_report(ledger: SqlLedger) -> CheckOut:
    documents, _ = ledger.count()
    findings = [FindingOut.model_validate(asdict(each)) for each in check_ledger(ledger)]
    return CheckOut(
        documents=documents,
        chunks=ledger.chunk_count(),
        vectors=None,
        postings=None,
        originals=None,
        findings=findings,
    )
