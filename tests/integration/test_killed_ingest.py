"""Real ingests, killed: whatever the moment, each document is wholly old or wholly new."""

import random
import shutil
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import pytest

from assistant.library.ledger import open_ledger
from assistant.library.library import open_library
from assistant.models.encoder import LocalEncoder
from assistant.runs import RunRequest
from ingest.planned import IngestPlan
from ingest.requests import plan_request
from tests.editions import first_edition, second_edition, told, write
from tests.integration.commands import attache
from tests.killing import Moment, kill_at, moments
from tests.wholeness import Stood, faults, phase, standing, unlike

SEED = 20_260_401
FEW, MANY = 6, 200
MOST = 9
"""So often a run is killed at most, before it is let finish."""
WRITES = {"ledger": 20, "vectors": 25, "postings": 3, "originals": 16}
"""How many writes of each store, about, there are in a run."""
SYNC = ("ingest", "--sync", "--json")


@dataclass
class Figures:
    """What became of the kills."""

    phases: Counter[str] = field(default_factory=Counter)
    moments: Counter[str] = field(default_factory=Counter)
    late: int = 0
    violations: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        return self.phases.total()

    def __str__(self) -> str:
        return (
            f"seed {SEED}: {self.kills} kills, {self.late} came too late, "
            f"by phase {dict(self.phases)}, by moment {dict(self.moments)}, "
            f"{len(self.violations)} violations {self.violations[:20]}"
        )


class Stage:
    """A folder and a library of its first edition, laid out anew for each run that is killed."""

    def __init__(
        self,
        room: Path,
        embedder: str,
        chance: random.Random,
        files: int,
        long: int,
    ) -> None:
        self.folder, self.home, self._kept = room / "files", room / "home", room / "kept"
        self.embedder, self._chance = embedder, chance
        self._first = first_edition(chance, files, long)
        write(self.folder, self._first)
        begun = time.monotonic()
        self.sync()
        self.longest_s = time.monotonic() - begun
        with open_library(self.home, embedder) as library:
            self._stood = standing(library)
        shutil.copytree(self.home, self._kept / "home")
        shutil.copytree(self.folder, self._kept / "files")
        self.before, self.new = self._stood, told(self.folder, self._first)
        assert unlike(self.home, embedder, self.new) == []

    def lay_out(self, *, empty: bool) -> None:
        """An empty library before a first run, or that of the first edition before a second."""
        shutil.rmtree(self.home)
        shutil.rmtree(self.folder)
        if empty:
            write(self.folder, self._first)
            self.before, edition = Stood(self._stood.at, frozenset(), frozenset()), self._first
        else:
            shutil.copytree(self._kept / "home", self.home)
            shutil.copytree(self._kept / "files", self.folder)
            self.before, edition = self._stood, second_edition(self._first, self._chance)
            write(self.folder, edition, self._first)
        self.new = told(self.folder, edition)

    def sync(self) -> None:
        ended = attache(self.home, *SYNC, self.folder)
        assert ended.code == 0, ended.err

    def kill(self, moment: Moment, figures: Figures, *, look: bool) -> bool:
        """Kills a run at the moment; whether it came before the run had ended."""
        killed = kill_at(self.home, moment, *SYNC, self.folder)
        figures.violations.extend(f"outlived the run: {one}" for one in killed.orphans)
        if not killed.was_killed:
            figures.late += 1
            return False
        figures.moments[moment.name] += 1
        figures.phases[phase(self.home)] += 1
        if look:
            found = faults(self.home, self.embedder, self.before, self.new)
            figures.violations.extend(f"{moment}: {one}" for one in found)
        return True

    def finish(self, figures: Figures) -> None:
        """Lets the run go to its end: all is new, and another run has nothing to do."""
        self.sync()
        found = unlike(self.home, self.embedder, self.new)
        figures.violations.extend(f"at the end: {one}" for one in found)
        ledger = open_ledger(self.home)
        request = RunRequest("sync", (str(self.folder),))
        planned = plan_request(request, ledger, self.folder)
        ledger.close()
        if planned != replace(IngestPlan(), unchanged=planned.unchanged, same=planned.same):
            figures.violations.append(f"at the end there is more to do: {planned}"[:2000])


def harass(room: Path, embedder: str, kills: int, files: int, long: int) -> Figures:
    """Kills runs so many times, and lets each finish in the end."""
    chance, figures = random.Random(SEED), Figures()
    stage = Stage(room, embedder, chance, files, long)
    coming = moments(chance, WRITES, stage.longest_s)
    while figures.kills < kills:
        stage.lay_out(empty=chance.random() < 0.25)
        for moment in islice(coming, min(chance.randint(1, MOST), kills - figures.kills)):
            if not stage.kill(moment, figures, look=chance.random() < 0.75):
                break
        stage.finish(figures)
    return figures


def test_a_run_killed_at_any_moment_leaves_each_document_wholly_old_or_new(
    tmp_path: Path, encoder: LocalEncoder
) -> None:
    figures = harass(tmp_path, encoder.name, FEW, files=21, long=20)
    assert figures.violations == [], str(figures)


@pytest.mark.long
def test_runs_killed_two_hundred_times_leave_each_document_wholly_old_or_new(
    tmp_path: Path, encoder: LocalEncoder
) -> None:
    figures = harass(tmp_path, encoder.name, MANY, files=36, long=420)
    sys.stderr.write(f"{figures}\n")
    assert figures.kills >= MANY, str(figures)
    assert figures.violations == [], str(figures)
