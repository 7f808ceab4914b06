"""How fast chunks are embedded, alone and inside a real ingest, beside other ways of doing it.

    python -m benchmarks.ingest ../shared/data/documents/state_milestones --rounds 5

The chunks are made of the documents in the folder by the product's loaders and splitter. Every way
embeds the same sample of them in turn, round by round, so that what else the machine does falls on
all alike; an ingest of the folder into a fresh library runs between two measures of the bare model.
Printed are tables for `docs/benchmarks.md`.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import onnxruntime  # type: ignore[import-untyped]  # it ships no types
import psutil
from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

from assistant.errors import AssistantError
from assistant.models.encoder import LocalEncoder, open_local_encoder
from assistant.models.minilm import MiniLM
from assistant.models.weights import default_weights
from assistant.settings import Settings
from assistant.types import DocumentId, VersionId
from ingest.chunking import split
from ingest.limits import Limits
from ingest.loaders.load import load
from ingest.parsed import Reading
from ingest.sources import Source, find

BARE = "bare model, like lengths together, one thread a batch"
ENCODER = "`LocalEncoder.embed_documents`"
CHROMA = "Chroma's default: 32 texts, padded to 256, as they come"
AS_IT_IS = "the file's graph as it is, like lengths together, threads inside"
CHROMA_SHARE = 4
"""Chroma's way gets one in four of the sample: it takes that much longer."""
POLL_S = 0.1

Way = Callable[[], int]


@dataclass(slots=True)
class Measured:
    """Chunks a second and processor milliseconds a chunk, by round."""

    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)

    def take(self, way: Way) -> None:
        """Measures one round."""
        wall, processor = time.perf_counter(), time.process_time()
        done = way()
        self.rates.append(done / (time.perf_counter() - wall))
        self.costs.append(1000 * (time.process_time() - processor) / done)


@dataclass(frozen=True, slots=True)
class Ingested:
    """What the ingest took, with the most memory its processes had together, in bytes."""

    chunks: int
    seconds: float
    peak: int


def chunk_texts(folder: Path, encoder: LocalEncoder) -> list[str]:
    """What is embedded of the folder's documents; those that cannot be read are passed over."""
    texts: list[str] = []
    for source in find([folder]):
        if not isinstance(source, Source):
            continue
        with tempfile.TemporaryDirectory() as room:
            try:
                document = load(source, Reading(Limits(ocr=False), Path(room))).document
            except AssistantError:
                continue
        if document is not None:
            chunks = split(document, DocumentId("d"), VersionId("v"), encoder)
            texts += [chunk.embedding_text for chunk in chunks]
    return texts


def chromas(weights: Path, home: Path) -> ONNXMiniLM_L6_V2:
    """Chroma's own class over the same file, where it would look for the one it downloads."""
    folder = home / "chroma" / "onnx"
    folder.mkdir(parents=True)
    for name in ("model.onnx", "tokenizer.json"):
        shutil.copyfile(weights / name, folder / name)
    function = ONNXMiniLM_L6_V2()
    function.DOWNLOAD_PATH = folder.parent
    return function


def as_it_is(weights: Path, ids: Sequence[Sequence[int]]) -> Way:
    """The original graph with the runtime's own threads, eight texts of like length a batch."""
    session = onnxruntime.InferenceSession(
        str(weights / "model.onnx"), providers=["CPUExecutionProvider"]
    )
    batches = [sorted(ids, key=len)[i : i + 8] for i in range(0, len(ids), 8)]

    def run() -> int:
        for batch in batches:
            longest = max(map(len, batch))
            words = [[*one, *[0] * (longest - len(one))] for one in batch]
            mask = [[1] * len(one) + [0] * (longest - len(one)) for one in batch]
            nothing = [[0] * longest for _ in batch]
            session.run(
                None, {"input_ids": words, "attention_mask": mask, "token_type_ids": nothing}
            )
        return len(ids)

    return run


def ways(texts: list[str], encoder: LocalEncoder, home: Path) -> Iterator[tuple[str, Way]]:
    weights = default_weights(home / "models")
    model = MiniLM(weights, None)
    ids = [one.ids for one in model.tokenizer.encode_batch_fast(texts)]
    few = texts[: max(1, len(texts) // CHROMA_SHARE)]
    chroma = chromas(weights, home)
    yield BARE, lambda: len(model.embedded(ids)[0])
    yield ENCODER, lambda: len(encoder.embed_documents(texts))
    yield AS_IT_IS, as_it_is(weights, ids)
    yield CHROMA, lambda: len(chroma._forward(few))  # noqa: SLF001 - past its download


def ingest(folder: Path, home: Path) -> Ingested:
    """Takes the folder into a fresh library by the command itself."""
    command = [str(Path(sys.executable).with_name("attache")), "ingest", str(folder), "--json"]
    with tempfile.TemporaryFile("w+") as out:
        running = psutil.Popen(
            command, stdout=out, stderr=subprocess.DEVNULL, env=_environment(home)
        )
        peak = 0
        while running.poll() is None:
            peak = max(peak, _memory(running))
            time.sleep(POLL_S)
        out.seek(0)
        report = json.load(out)
    return Ingested(report["chunks"], report["elapsed_s"], peak)


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "ATTACHE_HOME": str(home), "ATTACHE_OCR": "false"}  # noqa: TID251


def _memory(process: psutil.Process) -> int:
    total = 0
    for one in [process, *process.children(recursive=True)]:
        try:
            total += one.memory_info().rss
        except psutil.Error:
            continue
    return total


def table(measured: dict[str, Measured]) -> None:
    print("| way | chunks/s | processor ms a chunk | times Chroma's: least, median, most |")
    print("|---|---|---|---|")
    other = measured[CHROMA].rates
    for name, one in measured.items():
        ratios = sorted(mine / theirs for mine, theirs in zip(one.rates, other, strict=True))
        spread = f"{ratios[0]:.1f}, {median(ratios):.1f}, {ratios[-1]:.1f}"
        print(f"| {name} | {median(one.rates):.0f} | {min(one.costs):.1f} | {spread} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--chunks", type=int, default=256, help="size of the sample")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-ingest", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        encoder = open_local_encoder(Settings(home=home))
        texts = chunk_texts(options.folder, encoder)
        sample = random.Random(7).sample(texts, min(options.chunks, len(texts)))
        found = dict(ways(sample, encoder, home))
        measured = {name: Measured() for name in found}
        for _ in range(options.rounds):
            for name, way in found.items():
                measured[name].take(way)
        table(measured)
        if not options.no_ingest:
            around(texts, home, options.folder, Measured())


def around(texts: list[str], home: Path, folder: Path, bare: Measured) -> None:
    """An ingest between two measures of the bare model on the same chunks."""
    model = MiniLM(default_weights(home / "models"), None)
    ids = [one.ids for one in model.tokenizer.encode_batch_fast(texts)]
    bare.take(lambda: len(model.embedded(ids)[0]))
    done = ingest(folder, home / "library")
    bare.take(lambda: len(model.embedded(ids)[0]))
    rate = done.chunks / done.seconds
    ratios = [rate / one for one in sorted(bare.rates, reverse=True)]
    print(
        f"\nIngest: {done.chunks} chunks in {done.seconds:.1f} s, {rate:.0f} a second; "
        f"{ratios[0]:.2f} to {ratios[1]:.2f} of the bare model just before and after "
        f"({bare.rates[0]:.0f} and {bare.rates[1]:.0f} a second, {len(texts)} chunks); "
        f"peak memory of all its processes {done.peak / 1e6:.0f} MB."
    )


if __name__ == "__main__":
    main()
