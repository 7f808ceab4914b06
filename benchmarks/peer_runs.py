"""Other tools: how each is installed and asked."""

import hashlib
import subprocess
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path

from cli.console import note

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENTS = "environments"
ANSWERS = "answers"
WITHIN_S = 7200
"""The slowest takes seconds for a question with its history, where others work beside."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool: the module that asks it, and what pip installs for that."""

    name: str
    module: str
    requirements: tuple[str, ...]


PEERS = (
    Peer(
        "LangChain",
        "with_langchain",
        (
            "langchain-chroma==1.1.0",
            "langchain-classic==1.0.8",
            "langchain-community==0.4.2",
            "rank-bm25==0.2.2",
        ),
    ),
    Peer(
        "LlamaIndex",
        "with_llamaindex",
        ("llama-index-core==0.14.25", "llama-index-retrievers-bm25==0.8.0"),
    ),
    Peer("Haystack", "with_haystack", ("haystack-ai==3.4.0",)),
    Peer("txtai", "with_txtai", ("txtai==9.14.0",)),
)


def environment(peer: Peer, folder: Path) -> Path:
    """The peer's Python, installed where it is not yet. Raises `CalledProcessError`."""
    python = folder / "bin" / "python"
    stamp = folder / ".installed"
    wanted = "\n".join(peer.requirements)
    if stamp.is_file() and stamp.read_text() == wanted:
        return python
    note(f"{peer.name} is being installed into {folder}")
    venv.create(folder, with_pip=True, clear=True, symlinks=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *peer.requirements], check=True, capture_output=True, text=True)
    stamp.write_text(wanted)
    return python


def answers_of(peer: Peer, python: Path, folder: Path, kept: Path) -> Path:
    """What a peer found: kept by what it was handed, asked where nothing is kept.

    Raises:
        CalledProcessError: the peer failed.
        TimeoutExpired: it took longer than it may.
    """
    found = kept / f"{peer.name.lower()}-{_fingerprint(peer, folder)}.jsonl"
    if found.is_file():
        note(f"{peer.name} was asked before; its times are of then (remove {found} to ask again)")
        return found
    note(f"{peer.name} is being asked")
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept) as home:
        finding = Path(home) / "found.jsonl"
        subprocess.run(
            [python, "-m", f"benchmarks.peer_searches.{peer.module}", folder, finding],
            env=_surroundings(home),
            check=True,
            capture_output=True,
            text=True,
            timeout=WITHIN_S,
        )
        return finding.rename(found)


def _fingerprint(peer: Peer, folder: Path) -> str:
    """Of the texts and of the tool: the vectors follow from the texts."""
    digest = hashlib.sha256("\n".join(peer.requirements).encode())
    for path in sorted(folder.glob("*.jsonl")):
        digest.update(f"\n{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _surroundings(home: str) -> dict[str, str]:
    """What a peer sees: nothing of ours, and none of it reports to its makers."""
    quiet = {"HAYSTACK_TELEMETRY_ENABLED": "False", "ANONYMIZED_TELEMETRY": "False"}
    offline = {"HF_HUB_OFFLINE": "1", "LANGSMITH_TRACING": "false"}
    return {"PYTHONPATH": str(ROOT), "HOME": home, "PATH": "/usr/bin:/bin", **quiet, **offline}
