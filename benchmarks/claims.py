"""Sentences of the development sets, what they are held against, and whether it carries them.

True are sentences of the answers that people wrote from passages (clapnq_answers, mtrag, mtrag_un),
sentences of documents as they stand and in other words, and what people judged so
(expertqa_claims), and who did what to whom, taken out of a longer sentence. Untrue are the same
with an error planted, turned round, or held against what does not say it.
"""

import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.grounding.claims import states_nothing
from assistant.grounding.marks import bare, before_stops
from assistant.grounding.sentences import sentences
from assistant.retrieval.standalone import content_words
from benchmarks import additions, plants
from benchmarks.additions import FITTED, Pool
from benchmarks.plants import Plant, names_of
from benchmarks.rewordings import TRUE_KINDS
from cli.evaluation.judged import read_lines

SEED = 11
# These can be planted nearly everywhere.
_COMMON = (
    "called false", "word", "opposite", "name", "near name", "foreign word", "put in", "small word",
    "led falsely", "no", "undone",
)  # fmt: skip
_SELDOM = 0.4
# And these can seldom be planted, so that they come first.
_RARE = ("month", "number", "negation removed", "stronger", "bolder", "bound", "unit", "turned")
FEWEST_WORDS, MOST_WORDS = 5, 60
_OF_DOCUMENTS, _OF_TALKS, _OF_PLANTED, _OF_PLANTED_TALKS = 0.2, 0.25, 0.45, 0.35
_OF_ADDED = 0.3
_VERB = re.compile(r" (?:is|was|are|were|has|had|have|can|will|may|did)\b")
# Nearly every document tells this, so that only some are taken.
_OFTEN, _OF_OFTEN = " recognized ", 0.25
_PICTURE = re.compile(r"[#*|>]|https?:|<[^>]+>")
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


def other_word(text: str, draw: random.Random, known: Sequence[str]) -> str:
    """A word put for another that ends alike, from the same texts."""
    mine = [word for word in re.findall(r"\b[a-z]{4,}\b", text) if content_words(word)]
    draw.shuffle(mine)
    for word in mine:
        others = [o for o in known if o[-2:] == word[-2:] and o[:4] != word[:4] and o.islower()]
        if others:
            return re.sub(rf"\b{word}\b", draw.choice(others), text, count=1)
    return text


FALSE_KINDS: Mapping[str, Plant] = {
    "number": plants.other_number,
    "month": plants.other_month,
    "name": plants.other_name,
    "near name": plants.other_name,
    "negation": plants.negated,
    "negation removed": plants.affirmed,
    "called false": plants.called_false,
    "names exchanged": plants.exchanged,
    "stronger": plants.replaced(plants.STRONGER),
    "bolder": plants.bolder,
    "bound": plants.replaced(plants.BOUNDS),
    "unit": plants.replaced(plants.UNITS),
    "opposite": plants.exchanged_word(plants.related("opposites.txt")),
    "antonym": plants.exchanged_word(plants.related("antonyms.txt")),
    "word": other_word,
    "foreign word": other_word,
    "put in": plants.put_in,
    "small word": plants.replaced(plants.SMALL),
    "led falsely": plants.led(plants.FALSE_LEADS),
    "no": plants.no_noun,
    "undone": plants.undone,
    "turned": plants.turned,
}


def claims(data: Path) -> Iterator[Claim]:
    draw = random.Random(SEED)
    true = [*answered(data), *conversed(data), *documents(data, draw)]
    known = sorted({name for one in true for text in one.evidence for name in names_of(text.text)})
    words = sorted({w for one in true for w in re.findall(r"\b[a-z]{4,}\b", one.text)})
    clauses, chance = Pool.of([one.text for one in true]), random.Random(SEED)
    for one in true:
        yield one
        yield from _planted(one, draw, known, words)
        yield from _added(one, chance, clauses)
        if removed := _without(one):
            yield removed
    yield from judged(data / "expertqa_claims" / "pairs.jsonl")
    yield from deeds(data, random.Random(SEED))


def some(found: Iterable[Claim]) -> list[Claim]:
    """All that people judged or wrote from one passage, and some of the rest, by whole groups.

    The rest has thousands of each kind, and all of them take an hour.
    """
    every, draw, other = list(found), random.Random(1), random.Random(2)
    groups = sorted({one.group for one in every if one.source != "clauses"})
    fifth = {group for group in groups if draw.random() < _OF_DOCUMENTS}
    quarter = {group for group in groups if draw.random() < _OF_TALKS}
    return [
        one
        for one in every
        if _chosen(one, fifth, quarter, other if is_addition(one.kind) else draw)
    ]


def _chosen(one: Claim, fifth: set[str], quarter: set[str], draw: random.Random) -> bool:
    if one.source in {"expertqa", "clauses"}:
        return True
    if is_addition(one.kind) and draw.random() > _OF_ADDED:
        return False
    if one.source == "clapnq":
        return one.carried or draw.random() < _OF_PLANTED
    if one.source in {"documents", "reworded"}:
        return one.group in fifth
    return one.group in quarter and (one.carried or draw.random() < _OF_PLANTED_TALKS)


def _planted(
    one: Claim, draw: random.Random, known: Sequence[str], words: Sequence[str]
) -> Iterator[Claim]:
    """The claim with errors of some kinds, and where it is verbatim, in other words."""
    inside = [name for text in one.evidence for name in names_of(text.text)]
    near = [w for text in one.evidence for w in re.findall(r"\b[a-z]{4,}\b", text.text)]
    kinds = list(FALSE_KINDS)
    draw.shuffle(kinds)
    kinds.sort(key=lambda kind: kind not in _RARE)
    made = 0
    for kind in kinds:
        if kind in _COMMON and draw.random() > _SELDOM:
            continue
        names = {"near name": inside, "word": near, "foreign word": words, "put in": words}.get(
            kind, known
        )
        wrong = FALSE_KINDS[kind](one.text, draw, names)
        if wrong != one.text and made < (7 if one.source == "documents" else 4):
            made += 1
            yield Claim(one.source, one.group, kind, wrong, one.evidence, False)
    if one.source == "documents":
        for kind, change in TRUE_KINDS.items():
            same = change(one.text, draw, known)
            if same != one.text:
                yield Claim("reworded", one.group, kind, same, one.evidence, True)
        if mixed := _mixed(one, draw):
            yield mixed


def is_addition(kind: str) -> bool:
    """Whether a claim of this kind has more in it than its texts say, or two of its sentences."""
    return kind.startswith(FITTED) or kind in _MORE_KINDS


_MORE_KINDS = ("denial cut off", "name joined", "two in one")


def _added(one: Claim, draw: random.Random, others: Pool) -> Iterator[Claim]:
    """The claim with a clause more; and with the next sentence, which is as true."""
    own = Pool.of([s.text for text in one.evidence for s in sentences(text.text)])
    inside = [name for text in one.evidence for name in names_of(text.text)]
    plain = {
        "denial cut off": additions.affirmed_short(one.text, draw, inside),
        "name joined": additions.name_joined(one.text, draw, [t.text for t in one.evidence]),
    }
    wrong = [*additions.added(one.text, draw, own, others), *plain.items()]
    for kind, text in wrong:
        if text != one.text and len(text.split()) <= MOST_WORDS:
            yield Claim(one.source, one.group, kind, text, one.evidence, False)
    if one.source == "documents" and (joined := _with_next(one)):
        yield Claim("reworded", one.group, "two in one", joined, one.evidence, True)


def _with_next(one: Claim) -> str:
    """The sentence and the next of its paragraph, as one."""
    found = [s.text for line in one.evidence[0].text.split("\n") for s in sentences(line)]
    after = found[found.index(one.text) + 1 :][:1] if one.text in found else []
    if not after or not _fits(after[0]) or after[0].split()[0] not in plants.OPENINGS:
        return ""
    joined = f"{one.text[:-1]}, and {after[0][0].lower()}{after[0][1:]}"
    return joined if len(joined.split()) <= MOST_WORDS else ""


def _mixed(one: Claim, draw: random.Random) -> Claim | None:
    """Who or what of the sentence, with what another sentence of the text says of another."""
    own = _VERB.search(one.text)
    others = [s.text for s in sentences(one.evidence[0].text) if s.text != one.text]
    draw.shuffle(others)
    for other in others:
        verb = _VERB.search(other)
        if (
            own
            and verb
            and not set(content_words(other[: verb.start()]))
            & set(content_words(one.text[: own.start()]))
        ):
            text = one.text[: own.start()] + other[verb.start() :]
            if content_words(one.text[: own.start()]) and len(text.split()) <= MOST_WORDS:
                return Claim(one.source, one.group, "mixed", text, one.evidence, False)
    return None


def _without(one: Claim) -> Claim | None:
    """A verbatim sentence held against the rest of its text."""
    if one.source != "documents":
        return None
    rest = tuple(
        Text(text.title, " ".join(text.text.replace(one.text, " ").split()))
        for text in one.evidence
    )
    return Claim(one.source, one.group, "said nowhere", one.text, rest, False)


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
        if _fits(words) and not _HEDGED_ANSWER.search(words):
            yield Claim(source, group, "written", words, evidence, True)


def _fits(words: str) -> bool:
    count = len(words.split())
    return FEWEST_WORDS <= count <= MOST_WORDS and not states_nothing(words, alone=False)


def documents(data: Path, draw: random.Random) -> Iterator[Claim]:
    """Sentences of documents as they stand, each with the paragraphs around it."""
    for path in sorted((data / "documents").rglob("*.md")):
        lines = [line.strip() for line in path.read_text("utf-8", "replace").splitlines()]
        paragraphs = [one for one in lines if len(one.split()) > 40 and not _PICTURE.search(one)]
        for i in sorted(draw.sample(range(len(paragraphs)), min(1, len(paragraphs)))):
            text = "\n".join(paragraphs[max(0, i - 1) : i + 2])
            fit = [s.text for s in sentences(paragraphs[i]) if _fits(s.text) and s.text[-1] == "."]
            for one in draw.sample(fit, min(2, len(fit))):
                evidence = (Text(path.stem.replace("_", " "), text),)
                yield Claim("documents", path.name, "verbatim", one, evidence, True)


def deeds(data: Path, draw: random.Random) -> Iterator[Claim]:
    """Who did what to whom, out of a longer sentence, as it is told and turned round."""
    for path in sorted((data / "documents").rglob("*.md")):
        lines = [line.strip() for line in path.read_text("utf-8", "replace").splitlines()]
        paragraphs = [one for one in lines if len(one.split()) > 40 and not _PICTURE.search(one)]
        for i, paragraph in enumerate(paragraphs):
            found = plants.clause(paragraph)
            if found and (_OFTEN not in found[0] or draw.random() < _OF_OFTEN):
                text = "\n".join(paragraphs[max(0, i - 1) : i + 2])
                evidence = (Text(path.stem.replace("_", " "), text),)
                yield Claim("clauses", path.name, "told", found[0], evidence, True)
                yield Claim("clauses", path.name, "told turned", found[1], evidence, False)


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
