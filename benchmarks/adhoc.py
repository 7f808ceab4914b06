"""Questions and statements without a conversation, made from what the development sets hold.

What people search for is often no question: a claim to be checked, a sentence to be found again.
`statements` are sentences of the answers that people wrote in a conversation, with the passages
that they wrote them from; `one_library` is a small library of its own, of paragraphs of squad2,
passages of clapnq_answers and the evidence of expertqa_claims, asked in four ways.
"""

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from cli.evaluation.judged import JudgedSet, Query, read_lines, source_of
from ingest.sources import Source

LIBRARY = "adhoc"
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_OF_THE_SPEAKER = re.compile(r"(?:I|I'm|You|Yes|No|If you|Sorry)\b")
_LEAST, _MOST = 7, 40
_ADDRESS = re.compile(r"^\[\d+\]\s*\S+\s*")
_MARKER = re.compile(r"\s*\[\d+\]")
_LEAST_OF_CLAIM = 6

Lines = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, with the passages that answer it or bear it out."""

    name: str
    text: str
    wanted: Sequence[str]


def statements(folder: Path) -> JudgedSet:
    """One sentence of each answer of a conversational set, asked by itself; without a corpus."""
    drawn = random.Random(7)
    asked: list[Asked] = []
    for conversation in _lines(folder / "conversations.jsonl"):
        for turn in conversation["turns"]:
            told = [one for one in _sentences(turn["reference_answer"]) if _tells(one)]
            if told and turn["gold_doc_ids"]:
                asked.append(Asked(turn["task_id"], drawn.choice(told), turn["gold_doc_ids"]))
    return _judged((), asked)


def one_library(data: Path) -> dict[str, JudgedSet]:
    """By their kind, what is asked of the library: all kinds have the same corpus."""
    pairs = _lines(data / "expertqa_claims" / "pairs.jsonl")
    corpus = tuple(_corpus(data, pairs))
    items = [one for one in _lines(data / "clapnq_answers" / "items.jsonl") if one["answerable"]]
    kinds = {
        "expertqa_claims, claims": _claims(pairs),
        "expertqa_claims, questions": _questions(pairs),
        "clapnq_answers, questions": _of_items(items, "question"),
        "clapnq_answers, answers": _of_items(items, "answers"),
    }
    return {name: _judged(corpus, asked) for name, asked in kinds.items()}


def _claims(pairs: Lines) -> list[Asked]:
    """Claims that an expert found borne out in full."""
    found: list[Asked] = []
    for one in pairs:
        claim = _MARKER.sub("", one["claim"]).strip()
        borne_out = one["human_support"] == "Complete" and one["evidence_passages"]
        if borne_out and len(claim.split()) >= _LEAST_OF_CLAIM:
            found.append(Asked(one["_id"], claim, _names(one)))
    return found


def _questions(pairs: Lines) -> list[Asked]:
    """The experts' questions, with the evidence of all claims that answer one."""
    wanted: dict[str, dict[str, None]] = {}
    for one in pairs:
        if one["human_support"] == "Complete":
            wanted.setdefault(one["question"], {}).update(dict.fromkeys(_names(one)))
    return [Asked(_hash(text), text, [*names]) for text, names in wanted.items() if names]


def _of_items(items: Lines, what: str) -> list[Asked]:
    """The questions of clapnq_answers, or the first sentence of the answer to each."""
    found: list[Asked] = []
    for one in items:
        text = one[what] if what == "question" else _sentences("".join(one[what][:1]))[0]
        if text:
            found.append(Asked(one["_id"], text, [f"c:{name}" for name in one["doc_id_list"]]))
    return found


def _corpus(data: Path, pairs: Lines) -> Iterator[Source]:
    texts: dict[str, tuple[str, str]] = {}
    for one in _lines(data / "squad2" / "corpus.jsonl"):
        texts[f"s:{one['_id']}"] = one["title"], one["text"]
    for one in _lines(data / "clapnq_answers" / "passages.jsonl"):
        texts[f"c:{one['_id']}"] = one["title"], one["text"]
    for one in pairs:
        evidence = map(_evidence, one["evidence_passages"])
        texts.update((name, ("", text)) for name, text in zip(_names(one), evidence, strict=True))
    for number, (name, (title, text)) in enumerate(texts.items(), start=1):
        yield source_of(number, name, text, title)


def _names(pair: Mapping[str, Any]) -> list[str]:
    return [f"e:{_hash(_evidence(one))}" for one in pair["evidence_passages"]]


def _evidence(passage: str) -> str:
    """A passage without its number and address, which would give it away."""
    return _ADDRESS.sub("", passage).strip()


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def _tells(sentence: str) -> bool:
    return _LEAST <= len(sentence.split()) <= _MOST and not _OF_THE_SPEAKER.match(sentence)


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in _SENTENCE.split(text.strip())]


def _judged(corpus: Sequence[Source], asked: Sequence[Asked]) -> JudgedSet:
    queries = tuple(Query(one.name, one.text, ()) for one in asked)
    return JudgedSet(tuple(corpus), queries, {a.name: dict.fromkeys(a.wanted, 1.0) for a in asked})


def _lines(path: Path) -> Lines:
    return [json.loads(line) for _, line in read_lines(path)]
