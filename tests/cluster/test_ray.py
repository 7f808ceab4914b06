"""Ingestion on a real Ray cluster with two worker nodes: what it takes in, and what it loses."""

import sqlite3
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.integration.commands import attache
from tests.integration.served import begun
from tests.ray_cluster import RayCluster, running_ray
from tests.wholeness import ledger_faults

pytestmark = pytest.mark.cluster

DOCUMENTS = 60
_FLOAT = np.dtype("<f4")


@pytest.fixture(scope="module")
def ray() -> Iterator[RayCluster]:
    with running_ray(workers=2, cores=1) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents, an archive with more of them, and a file that cannot be read."""
    folder = tmp_path_factory.mktemp("documents")
    for number in range(DOCUMENTS):
        (folder / f"report-{number}.md").write_text(_report(number))
    with zipfile.ZipFile(folder / "annexes.zip", "w") as archive:
        for number in range(3):
            archive.writestr(f"annex-{number}.md", f"# Annex {number}\n\nIt has {number} parts.\n")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    return folder


def _report(number: int) -> str:
    parts = [
        f"## Part {part}\n\nBattalion {number * 100 + part} trained with partner {part} for "
        f"{number + part} days, and the attaché reported on day {part}. " * 6
        for part in range(8)
    ]
    return "\n\n".join([f"# Report {number}", *parts])


def contents(home: Path) -> tuple[set[tuple[object, ...]], dict[bytes, bytes]]:
    """The standing passages with their spans, and the vector of each text."""
    with closing(sqlite3.connect(home / "ledger.db")) as ledger:
        chunks = ledger.execute('SELECT chunk_id, version_id, start, "end", text_key FROM chunks')
        found = set(chunks.fetchall())
        return found, dict(ledger.execute("SELECT text_key, vector FROM embeddings").fetchall())


@pytest.fixture(scope="module")
def here(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same folder, taken in by one process without a cluster."""
    home = tmp_path_factory.mktemp("here")
    assert attache(home, "ingest", folder).code == 1
    return home


def test_a_cluster_takes_in_what_one_process_takes_in(
    ray: RayCluster, folder: Path, here: Path, tmp_path: Path
) -> None:
    ended = attache(tmp_path, "ingest", folder, "--ray", ray.address, "--json")
    assert ended.code == 1, ended.err
    report = ended.json()
    assert report["added"] == DOCUMENTS + 3
    failed = report["failed"]
    assert "broken.pdf" in str(failed)
    require_same(tmp_path, here)
    again = attache(tmp_path, "ingest", folder, "--ray", ray.address, "--json").json()
    assert (again["added"], again["updated"]) == (0, 0)


def test_a_lost_node_loses_nothing(
    ray: RayCluster, folder: Path, here: Path, tmp_path: Path
) -> None:
    lost = ray.workers[0]
    ingest = begun(tmp_path, "ingest", folder, "--ray", ray.address, "--json")
    seen: set[int] = set()
    until = time.monotonic() + 120
    while len(seen) < 2:
        assert ingest.poll() is None, ingest.communicate()
        assert time.monotonic() < until
        if (done := _done(tmp_path)) and done < DOCUMENTS:
            seen.add(done)
        time.sleep(0.1)
    lost.kill()
    out, err = ingest.communicate(timeout=300)
    assert ingest.returncode == 1, (out, err)
    require_same(tmp_path, here)
    lost.start()


def _done(home: Path) -> int:
    """How many sources the run says it has done."""
    if not (home / "ledger.db").exists():
        return 0
    with closing(sqlite3.connect(home / "ledger.db")) as ledger:
        try:
            row = ledger.execute("SELECT done_sources FROM runs").fetchone()
        except sqlite3.OperationalError:
            return 0
    return int(row[0]) if row else 0


def require_same(home: Path, other: Path) -> None:
    """Both hold the same passages with the same vectors, and contradict themselves nowhere."""
    chunks, vectors = contents(home)
    expected, known = contents(other)
    assert chunks == expected
    assert vectors.keys() == known.keys()
    for key, vector in vectors.items():
        found, wanted = np.frombuffer(vector, _FLOAT), np.frombuffer(known[key], _FLOAT)
        assert np.allclose(found, wanted, atol=1e-2)
    assert list(ledger_faults(home)) == []


def test_a_cluster_that_is_not_there_is_told(folder: Path, tmp_path: Path) -> None:
    ended = attache(tmp_path, "ingest", folder, "--ray", "127.0.0.1:9")
    assert ended.code == 2
    assert "no Ray cluster" in ended.err
