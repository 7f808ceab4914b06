"""Makes the lists of words that mean the same, are akin or mean opposites, from WordNet 3.0.

    python -m benchmarks.word_relations /usr/share/wordnet

The folder is that of Debian's package `wordnet-base`. Kept are single words in the senses they most
often have, so that a word is not taken for another by a sense that nobody means; a word of one
sense with another that has a hundred means little. Akin are a word and the more general, what it
follows from, and adjectives that are like each other, of words that its texts use. All are keys, as
the product compares words: whoever changes `terms.key_of` runs this again. WordNet's licence is in
each list.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from assistant.grounding.terms import key_of

OUT = Path(__file__).parents[1] / "assistant" / "grounding"
KINDS = ("noun", "verb", "adj", "adv")
KEPT = frozenset("nvas")
SENSES = 4
"""Of each word, so many of its senses as a kind of word."""
USED = 3
"""Of each word that its texts use, so many of the senses used, where it is akin to others."""
A_LINE = 10
KIN = {"noun": "@", "verb": "@*$", "adj": "&^", "adv": ""}
"""Signs of what is more general, follows, goes together or is alike."""
NOTICE = """\
# {what}. Made by benchmarks/word_relations.py from WordNet 3.0:
# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved.
# Permission to use, copy, modify and distribute this software and database and its documentation
# for any purpose and without fee or royalty is hereby granted, provided that you agree to comply
# with the following copyright notice and statements, including the disclaimer, and that the same
# appear on ALL copies of the software, database and documentation, including modifications that
# you make for internal use or for distribution.
# THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS
# OR WARRANTIES, EXPRESS OR IMPLIED. BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON UNIVERSITY
# MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANTABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE
# OR THAT THE USE OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT INFRINGE ANY THIRD
# PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS.
# The name of Princeton University or Princeton may not be used in advertising or publicity
# pertaining to distribution of the software and/or database. Title to copyright in this software,
# database and any associated documentation shall at all times remain with Princeton University and
# LICENSEE agrees to preserve same.
"""
_WORD = re.compile(r"[a-z]{2,}")
_PARTICLES = "up down out off in on over away back through apart along forth aside by into"
_PHRASAL = re.compile(rf"(?P<verb>[a-z]{{2,}})_(?P<particle>{'|'.join(_PARTICLES.split())})")


@dataclass(frozen=True, slots=True)
class Set:
    """Words of one meaning.

    `opposites` are of a word here and one of another set; `kin` signs and sets of the same file.
    """

    words: tuple[str, ...]
    opposites: tuple[tuple[int, str, int], ...]
    kin: tuple[tuple[str, str], ...] = ()


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes lists of words from WordNet.")
    parser.add_argument("folder", type=Path, help="the folder with data.noun and the rest")
    folder: Path = parser.parse_args().folder
    same: set[tuple[str, ...]] = set()
    other: set[tuple[str, str]] = set()
    near: dict[str, set[str]] = defaultdict(set)
    for kind in KINDS:
        sets = read(folder / f"data.{kind}")
        usual = senses(folder / f"index.{kind}")
        same |= set(together(sets, usual))
        other |= set(against(sets))
        for one, akin in kin(sets, used(folder / f"index.{kind}"), KIN[kind]):
            near[one].add(akin)
    write("synonyms.txt", "Words that can mean the same, one set a line", sorted(same))
    write("antonyms.txt", "Words that mean opposites, one set a line", sorted(other))
    lines = sorted((one, *sorted(others)) for one, others in near.items())
    write("kin.txt", "Words that are akin, the first to all others, one set a line", lines)
    phrasal = sorted(phrasals(read(folder / "data.verb"), senses(folder / "index.verb")))
    write("phrasals.txt", "Verbs with a particle, and verbs that mean the same", phrasal)
    verbs = {key_of(word) for word in senses(folder / "index.verb") if _WORD.fullmatch(word)}
    write("verbs.txt", "Words that are verbs in one of their senses", lines_of(sorted(verbs)))


def read(path: Path) -> dict[str, Set]:
    """The sets of a file by their numbers."""
    found: dict[str, Set] = {}
    for line in path.read_text("ascii").splitlines():
        if line.startswith(" "):
            continue
        parts = line.partition("|")[0].split()
        count = int(parts[3], 16)
        words = tuple(word.partition("(")[0].lower() for word in parts[4 : 4 + 2 * count : 2])
        at = 4 + 2 * count
        pointers = [parts[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(parts[at]))]
        opposites = tuple(
            (int(places[:2], 16), target, int(places[2:], 16))
            for sign, target, _kind, places in pointers
            if sign == "!"
        )
        related = tuple((sign, target) for sign, target, kind, _places in pointers if kind in KEPT)
        found[parts[0]] = Set(words, opposites, related)
    return found


def senses(path: Path) -> dict[str, frozenset[str]]:
    """Of each word, the numbers of the sets of its most usual senses."""
    found: dict[str, frozenset[str]] = {}
    for line in path.read_text("ascii").splitlines():
        if not line.startswith(" "):
            parts = line.split()
            found[parts[0]] = frozenset(parts[len(parts) - int(parts[2]) :][:SENSES])
    return found


def used(path: Path) -> dict[str, frozenset[str]]:
    """Of each word that the texts use, the numbers of the sets in whose sense they do most."""
    found: dict[str, frozenset[str]] = {}
    for line in path.read_text("ascii").splitlines():
        if not line.startswith(" "):
            parts = line.split()
            senses_of = parts[len(parts) - int(parts[2]) :]
            count = int(parts[-len(senses_of) - 1])
            found[parts[0]] = frozenset(senses_of[: min(count, USED)])
    return found


def kin(
    sets: dict[str, Set], usual: dict[str, frozenset[str]], signs: str
) -> Iterator[tuple[str, str]]:
    """Keys of words that are akin, the first in the alphabet first."""

    def meant(number: str) -> list[str]:
        words = sets[number].words if number in sets else ()
        return [w for w in words if _WORD.fullmatch(w) and number in usual.get(w, frozenset())]

    for number, one in sets.items():
        for sign, target in one.kin:
            if sign in signs:
                for here, there in product(meant(number), meant(target)):
                    first, second = sorted((key_of(here), key_of(there)))
                    if first != second:
                        yield first, second


def phrasals(sets: dict[str, Set], usual: dict[str, frozenset[str]]) -> Iterator[tuple[str, ...]]:
    """The key of a verb and its particle, and the keys of verbs that mean the same."""
    meant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for number, one in sets.items():
        mine = [word for word in one.words if number in usual.get(word, frozenset())]
        for match in filter(None, map(_PHRASAL.fullmatch, mine)):
            single = (key_of(word) for word in mine if _WORD.fullmatch(word))
            own = key_of(match["verb"])
            meant[own, match["particle"]].update(key for key in single if key != own)
    for pair, keys in meant.items():
        if keys:
            yield (*pair, *sorted(keys))


def together(sets: dict[str, Set], usual: dict[str, frozenset[str]]) -> Iterator[tuple[str, ...]]:
    for number, one in sets.items():
        words = (w for w in one.words if _WORD.fullmatch(w) and number in usual.get(w, frozenset()))
        keys = sorted(set(map(key_of, words)))
        if len(keys) > 1:
            yield tuple(keys)


def against(sets: dict[str, Set]) -> Iterator[tuple[str, str]]:
    for one in sets.values():
        for own, target, place in one.opposites:
            here, there = one.words[own - 1], sets[target].words[place - 1]
            if _WORD.fullmatch(here) and _WORD.fullmatch(there):
                first, second = sorted((key_of(here), key_of(there)))
                # Who employs and who is employed are opposites, and to employ is neither.
                if not second.startswith(first):
                    yield first, second


def lines_of(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The words, ten a line."""
    return [tuple(words[i : i + A_LINE]) for i in range(0, len(words), A_LINE)]


def write(name: str, what: str, lines: Sequence[tuple[str, ...]]) -> None:
    text = "".join(f"{' '.join(line)}\n" for line in lines)
    (OUT / name).write_text(NOTICE.format(what=what) + text, "ascii")


if __name__ == "__main__":
    main()
