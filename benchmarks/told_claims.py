"""Sentences of the development sets that people wrote or judged, and what they are held against."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.grounding.claims import states_nothing
from assistant.grounding.marks import bare, before_stops
from assistant.grounding.sentences import sentences
from benchmarks import plants
from cli.evaluation.judged import read_lines

FEWEST_WORDS, MOST_WORDS = 5, 60
# Nearly every document tells this, so that only some are taken.
_OFTEN, _OF_OFTEN = " recognized ", 0.25
_PICTURE = re.compile(r"[#*|>]|https?:|<[^>]+>")
_LINK = re.compile(r"\]\([^)]*\)")
_OF_PASSAGE = 1_500
LIBRARY = Path(__file__).parents[1] / "library"
_HEDGED_ANSWER = re.compile(r"\b(?:sorry|I do(?:n't| not)|provided|information)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """A text that a claim is held against."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence and texts; claims of one `group` are never on both sides of a fit."""

    source: str
    group: str
    kind: str
    text: str
    evidence: tuple[Text, ...]
    carried: bool


def answered(data: Path) -> Iterator[Claim]:
    for _, line in read_lines(data / "clapnq_answers" / "items.jsonl"):
        item = json.loads(line)
        if item["answerable"]:
            evidence = (Text(item["title"], item["passage"]),)
            yield from _stated("clapnq", item["_id"], item["answers"][0], evidence)


def conversed(data: Path) -> Iterator[Claim]:
    for domain in ("clapnq", "fiqa", "cloud"):
        folder = data / f"mtrag_{domain}"
        corpus = {}
        for _, line in read_lines(folder / "corpus.jsonl"):
            text = json.loads(line)
            corpus[text["_id"]] = Text(text["title"], text["text"])
        for _, line in read_lines(folder / "conversations.jsonl"):
            talk = json.loads(line)
            for turn in talk["turns"]:
                if turn["answerability"] == "ANSWERABLE" and turn["turn"] % 2:
                    found = tuple(corpus[i] for i in turn["gold_doc_ids"] if i in corpus)
                    group = talk["conversation_id"]
                    yield from _stated("mtrag", group, turn["reference_answer"], found)
    for _, line in read_lines(data / "mtrag_un" / "tasks.jsonl"):
        task = json.loads(line)
        if task["answerability"] == "ANSWERABLE":
            found = tuple(map(_gold, task["gold_passages"]))
            group = task["conversation_id"]
            yield from _stated("mtrag_un", group, task["reference_answer"], found)


def _gold(passage: Any) -> Text:
    if isinstance(passage, str):
        return Text("", passage)
    return Text(passage.get("title") or "", passage["text"])


def _stated(source: str, group: str, answer: str, evidence: tuple[Text, ...]) -> Iterator[Claim]:
    if not evidence:
        return
    for sentence in sentences(before_stops(answer)):
        _, words, _ = bare(sentence.text)
        if fits(words) and not _HEDGED_ANSWER.search(words):
            yield Claim(source, group, "written", words, evidence, True)


def fits(words: str) -> bool:
    """Whether words are a claim of a length that can be checked."""
    count = len(words.split())
    return FEWEST_WORDS <= count <= MOST_WORDS and not states_nothing(words, alone=False)


def documents(data: Path, draw: random.Random) -> Iterator[Claim]:
    """Sentences of documents as they stand, each with the paragraphs around it."""
    for path in sorted((data / "documents").rglob("*.md")):
        paragraphs = _paragraphs(path)
        for i in sorted(draw.sample(range(len(paragraphs)), min(1, len(paragraphs)))):
            text = "\n".join(paragraphs[max(0, i - 1) : i + 2])
            fit = [s.text for s in sentences(paragraphs[i]) if fits(s.text) and s.text[-1] == "."]
            for one in draw.sample(fit, min(2, len(fit))):
                evidence = (Text(path.stem.replace("_", " "), text),)
                yield Claim("documents", path.name, "verbatim", one, evidence, True)


def deeds(data: Path, draw: random.Random) -> Iterator[Claim]:
    """Who did what to whom, out of a longer sentence, as it is told and turned round."""
    for path in sorted((data / "documents").rglob("*.md")):
        paragraphs = _paragraphs(path)
        for i, paragraph in enumerate(paragraphs):
            found = plants.clause(paragraph)
            if found and (_OFTEN not in found[0] or draw.random() < _OF_OFTEN):
                text = "\n".join(paragraphs[max(0, i - 1) : i + 2])
                evidence = (Text(path.stem.replace("_", " "), text),)
                yield Claim("clauses", path.name, "told", found[0], evidence, True)
                yield Claim("clauses", path.name, "told turned", found[1], evidence, False)


def rewritten(data: Path) -> Iterator[Claim]:
    """Sentences in our own words, true and false, each with the whole document it is about."""
    rows = (Path(__file__).with_name("paraphrases.tsv")).read_text("utf-8").splitlines()
    texts: dict[str, tuple[Text, ...]] = {}
    for document, truth, sentence in (row.split("\t") for row in rows if row[0] != "#"):
        if document not in texts:
            root = LIBRARY if document.startswith(f"{LIBRARY.name}/") else data / "documents"
            path = LIBRARY.parent / document if root is LIBRARY else root / document
            texts[document] = tuple(_passages(path))
        name = Path(document).name
        yield Claim("rewritten", name, "own words", sentence, texts[document], truth == "T")


def _passages(path: Path) -> Iterator[Text]:
    """The text in pieces of about the length of a passage, by its lines."""
    lines = _LINK.sub("]", path.read_text("utf-8")).splitlines(keepends=True)
    title = next((line.lstrip("# ").strip() for line in lines if line.startswith("#")), "")
    piece = ""
    for line in lines:
        if piece.strip() and len(piece) + len(line) > _OF_PASSAGE:
            yield Text(title, piece)
            piece = ""
        piece += line
    if piece.strip():
        yield Text(title, piece)


def judged(path: Path) -> Iterator[Claim]:
    for _, line in read_lines(path):
        pair = json.loads(line)
        if pair["human_support"] in {"Complete", "Partial", "Incomplete"}:
            _, words, _ = bare(before_stops(pair["claim"]))
            texts = tuple(Text("", _passage(text)) for text in pair["evidence_passages"])
            carried = pair["human_support"] == "Complete"
            kind = pair["human_support"].lower()
            yield Claim("expertqa", pair["question"], kind, words, texts, carried)


def _passage(text: str) -> str:
    """Without the number and the address that stand before it."""
    return re.sub(r"^\[\d+\]\s*(?:https?://\S+)?\s*", "", text)


def _paragraphs(path: Path) -> list[str]:
    """The lines of a document that are long enough to be prose."""
    lines = map(str.strip, path.read_text("utf-8", "replace").splitlines())
    return [one for one in lines if len(one.split()) > 40 and not _PICTURE.search(one)]
