"""A folder in two editions, before a run and after; each sentence in it has a mark of its own."""

import json
import random
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TypeAlias

from ingest.sources import is_readable

MARK = re.compile(r"\bpaper(\d+)x(\d+)x(\d+)\b")
Marks: TypeAlias = tuple[tuple[int, int, int], ...]
_TOPICS = ("exercises", "training", "procurement", "mediation", "patrols", "borders")


@dataclass(frozen=True, slots=True)
class Paper:
    """What a document says in one edition: so many sentences, each with a mark of its own."""

    number: int
    edition: int
    sentences: int
    kept: int = 0
    """How many sentences at its beginning are those of the first edition."""

    def marks(self) -> Marks:
        """The marks of its sentences, in order."""
        return tuple(
            (self.number, 1 if n < self.kept else self.edition, n) for n in range(self.sentences)
        )

    def paragraphs(self) -> Iterator[str]:
        """Its sentences, each a paragraph."""
        for number, edition, n in self.marks():
            topic = _TOPICS[(number + n) % len(_TOPICS)]
            yield (
                f"In paper{number}x{edition}x{n} the attaché reports on talks about {topic}, "
                f"and asks the delegation for its answer within {n + 2} days."
            )


Content: TypeAlias = Paper | tuple[Paper, ...]
Edition: TypeAlias = Mapping[str, Content]
Told: TypeAlias = tuple[str, Marks]
"""The URI of a file, and what one document in it says."""


def first_edition(chance: random.Random, files: int, long: int) -> dict[str, Content]:
    """A new folder: small files of several kinds, one long file, archives, and copies."""
    edition: dict[str, Content] = {}
    for number in range(files):
        kind = (".txt", ".md", ".html")[number % 3]
        folder = ("", "été/", "b c/d/")[number % 3 if number % 4 else 0]
        edition[f"{folder}paper {number}{kind}"] = Paper(number, 1, chance.randint(2, 9))
    edition["long.md"] = Paper(100, 1, long)
    for number, name in ((200, "box.zip"), (300, "records.jsonl")):
        if is_readable(name):
            edition[name] = tuple(Paper(number + n, 1, 3) for n in range(4))
    edition["copy of 0.txt"] = edition["paper 0.txt"]
    edition["été/the same as 1.md"] = edition["été/paper 1.md"]
    return edition


def second_edition(before: Edition, chance: random.Random) -> dict[str, Content]:
    """The same folder with files changed, renamed, removed, copied and new."""
    after = dict(before)
    names = [name for name, one in before.items() if isinstance(one, Paper) and one.number < 100]
    chance.shuffle(names)
    part = len(names) // 9
    for name in names[: 3 * part]:
        paper = before[name]
        assert isinstance(paper, Paper)
        after[name] = replace(paper, edition=2, kept=chance.randint(0, 2))
    for name in names[3 * part : 4 * part]:
        after[f"moved/{PurePath(name).name}"] = after.pop(name)
    for name in names[4 * part : 5 * part]:
        del after[name]
    for number in range(400, 404):
        after[f"new {number}.md"] = Paper(number, 2, 4)
    after["copy of new.md"] = after["new 400.md"]
    after["copy of old" + PurePath(names[-1]).suffix] = after[names[-1]]
    long = before["long.md"]
    assert isinstance(long, Paper)
    most = long.sentences * 6 // 7
    after["long.md"] = replace(long, edition=2, kept=most, sentences=long.sentences + 10)
    for name in ("box.zip", "records.jsonl"):
        if isinstance(kept := before.get(name), tuple):
            after[name] = (*kept[1:3], replace(kept[3], edition=2), replace(kept[0], number=500))
    if isinstance(archive := after.get("box.zip"), tuple):
        after["box.zip"] = (*archive[:3], replace(archive[3], number=501))
    return after


def write(folder: Path, edition: Edition, before: Edition | None = None) -> None:
    """Makes the folder hold this edition; files that are the same stay untouched."""
    for name in set(before or ()) - set(edition):
        (folder / name).unlink()
    for name, content in edition.items():
        if before is None or before.get(name) != content:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            _write(folder / name, content)


def told(folder: Path, edition: Edition) -> set[Told]:
    """What each source of an edition says: its URI, and the marks of one paper in it."""
    return {
        ((folder / name).as_uri(), paper.marks())
        for name, content in edition.items()
        for paper in (content if isinstance(content, tuple) else (content,))
    }


def _write(path: Path, content: Content) -> None:
    if isinstance(content, Paper):
        path.write_text(text_of(content, path.suffix), encoding="utf-8")
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            for paper in content:
                archive.writestr(f"in/paper {paper.number}.md", text_of(paper, ".md"))
    else:
        records = (
            {"_id": f"p{one.number}", "title": f"Paper {one.number}", "text": text_of(one, ".txt")}
            for one in content
        )
        path.write_text("".join(json.dumps(record) + "\n" for record in records))


def text_of(paper: Paper, suffix: str) -> str:
    """A paper as a file of this kind."""
    if suffix == ".html":
        body = "".join(f"<p>{paragraph}</p>\n" for paragraph in paper.paragraphs())
        return f"<html><body><h1>Paper {paper.number}</h1>\n{body}</body></html>\n"
    gap = "\n\n## Another day\n\n" if suffix == ".md" else "\n\n"
    return f"# Paper {paper.number}\n\n" + gap.join(paper.paragraphs()) + "\n"
