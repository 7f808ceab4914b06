"""Claims with an error planted in them, or in other words that say the same."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.grounding.sentences import sentences
from assistant.retrieval.standalone import content_words
from benchmarks import additions, plants
from benchmarks.additions import FITTED, Pool
from benchmarks.plants import Plant, names_of
from benchmarks.rewordings import TRUE_KINDS
from benchmarks.told_claims import MOST_WORDS, Claim, Text, fits

# These can be planted nearly everywhere.
_COMMON = (
    "called false", "word", "opposite", "name", "near name", "foreign word", "put in", "small word",
    "led falsely", "no", "undone",
)  # fmt: skip
_SELDOM = 0.4
# And these can seldom be planted, so that they come first.
_RARE = ("month", "number", "negation removed", "stronger", "bolder", "bound", "unit", "turned")
_MORE_KINDS = ("denial cut off", "name joined", "two in one")
_VERB = re.compile(r" (?:is|was|are|were|has|had|have|can|will|may|did)\b")


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


def is_addition(kind: str) -> bool:
    """Whether a claim of this kind has more in it than its texts say, or two of its sentences."""
    return kind.startswith(FITTED) or kind in _MORE_KINDS


_MORE_KINDS = ("denial cut off", "name joined", "two in one")


def planted(
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


def added(one: Claim, draw: random.Random, others: Pool) -> Iterator[Claim]:
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
    if not after or not fits(after[0]) or after[0].split()[0] not in plants.OPENINGS:
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


def without(one: Claim) -> Claim | None:
    """A verbatim sentence held against the rest of its text."""
    if one.source != "documents":
        return None
    rest = tuple(
        Text(text.title, " ".join(text.text.replace(one.text, " ").split()))
        for text in one.evidence
    )
    return Claim(one.source, one.group, "said nowhere", one.text, rest, False)
