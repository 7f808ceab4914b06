"""Words as they are compared: stems for what a sentence is about, exact names for whom."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from py_rust_stemmers import SnowballStemmer

from assistant.answers.numerals import numbered_there, without_years_of_decades
from assistant.answers.peoples import countries_named_otherwise, named_otherwise
from assistant.retrieval.standalone import content_words
from assistant.spelling import respelled, unaccented

_ENGLISH = SnowballStemmer("english")

# Proper names, acronyms and numbers of a question; its first word is capitalised anyway.
_NAME = re.compile(r"(?<!^)\b[A-ZÀ-Þ][\w’'&]*|\b\w*\d\w*\b|^[A-ZÀ-Þ]{2,}\b")
# "Supreme Allied Commander Europe", "Treaty on the Non-Proliferation of Nuclear Weapons".
_NAME_RUN = re.compile(
    r"\b[A-ZÀ-Þ][\w’'.]*(?:[ -](?:(?:of|on|the|for|and|in|de|du|des|la|le) ){0,2}[A-ZÀ-Þ][\w’'.]*)+"
)
# "Defense Security Cooperation Agency" is one thing: its words apart from each other name others.
_BODY = re.compile(
    r"(?:agenc(?:y|ies)|organi[sz]ations?|committees?|commissions?|councils?|offices?|bureaus?|"
    r"institutes?|academ(?:y|ies)|authorit(?:y|ies)|commands?|cent(?:re|er)s?|funds?|banks?|courts?|"
    r"tribunals?)",
    re.IGNORECASE,
)
_FEWEST_OF_A_BODY = 3
_MOST_OWNERS = 2
_ANOTHER = r"(?-i:Free|Vichy|West|East|North|South|New|Northern|Southern|Western|Eastern)"
_ELIDED = re.compile(r"^(?:[ldnsjcmt]|qu)'")
_POSSESSIVE = re.compile(r"[’']s\b")
_WORD = re.compile(r"\w+")
_WORD_OR_NAME = re.compile(r"\w[\w’'.&-]*")
_SHORTEST_ACRONYM = 2
# "Dr. Ole Holm" is not Dag Ribe.
_ADDRESSED = frozenset(["dr", "mr", "ms", "st", "jr", "sr", "lt", "no", "co"])


@dataclass(frozen=True, slots=True)
class Names:
    """The names, acronyms and numbers of a question, as words, and how they may be shortened.

    `runs` are the words that belong to names of several words, `initials` what those make.
    `bodies` are names of agencies, committees and their like, which stand whole or not at all.
    """

    words: frozenset[str]
    runs: frozenset[str]
    initials: frozenset[str]
    bodies: tuple[str, ...] = ()

    def missing_from(self, text: str) -> frozenset[str]:
        """Those that the text has neither in full nor as an acronym, nor a country's other name."""
        return _missing(self, text)

    def scattered(self, text: str, found: frozenset[str]) -> frozenset[str]:
        """The words of bodies whose names the text, with those `found`, has in pieces at most."""
        there = _plain(text)
        lacking = (b for b in self.bodies if not _named_whole(b, there) and not _short(b, found))
        return frozenset(word for body in lacking for word in exact_words(body)) & self.words

    def share_in(self, text: str) -> float:
        """The share of them that the text has, in [0, 1]; 1 where there are none."""
        return 1 - len(self.missing_from(text)) / len(self.words) if self.words else 1.0


# Every sentence of a passage is asked for the names in all of it.
@lru_cache(maxsize=1024)
def _missing(names: Names, text: str) -> frozenset[str]:
    found = exact_words(text)
    missing = frozenset(w for w in names.words - found if not named_otherwise(w, text))
    if missing:
        missing -= countries_named_otherwise(names.words, text)
        missing -= initials(text)
        missing = frozenset(w for w in missing if not numbered_there(w, text))
    if names.initials & found and missing <= names.runs:
        missing = frozenset()
    return missing | names.scattered(text, found) if names.bodies else missing


def named_with_another_word(names: Names, text: str) -> bool:
    """Whether one of the names stands there only behind a word that makes another of it.

    "Free France" is not France, nor "West Berlin" Berlin.
    """
    for word in names.words:
        there = re.findall(rf"(?:\b({_ANOTHER}) )?\b{re.escape(word)}\b", text, re.IGNORECASE)
        if there and all(other and other.lower() not in names.words for other in there):
            return True
    return False


def read_names(question: str) -> Names:
    """The names of a question."""
    return Names(
        words=without_years_of_decades(exact_words(" ".join(_names(question)))),
        runs=exact_words(" ".join(_NAME_RUN.findall(question))),
        initials=initials(question) - _ADDRESSED,
        bodies=tuple(_plain(name) for name in _whole_names(question) if _names_a_body(name)),
    )


def _whole_names(question: str) -> list[str]:
    """Names of several words; of "the Coastal Council and the Tern Bank" there are two."""
    return [name for run in _NAME_RUN.findall(question) for name in run.split(" and the ")]


def _names_a_body(run: str) -> bool:
    words = run.split()
    return len(words) >= _FEWEST_OF_A_BODY and any(map(_BODY.fullmatch, (words[0], words[-1])))


def _named_whole(body: str, text: str) -> bool:
    """Whether the name is there; whose it is may be said elsewhere ("UN", "United Nations")."""
    words = body.split()
    least = max(_FEWEST_OF_A_BODY - 1, len(words) - _MOST_OWNERS)
    return any(" ".join(words[i:]) in text for i in range(len(words) - least + 1))


def _short(body: str, found: Collection[str]) -> bool:
    """Whether the initials are there, those of what the name goes on with too: "OSC", "OSCE"."""
    letters = "".join(word[0] for word in body.split() if content_words(word))
    return any(word.startswith(letters) and len(word) <= len(letters) + 1 for word in found)


def _plain(text: str) -> str:
    """Lower-case words in one spelling with a space between, for a name that is looked for."""
    return " ".join(_WORD.findall(unaccented(respelled(text).lower())))


def written_names(question: str) -> dict[str, frozenset[str]]:
    """The names of a question as they are written, each with its `exact_words`."""
    return {name: exact_words(name) for name in _names(question)}


def _names(question: str) -> list[str]:
    """The names as written; a question within the question begins with a capital for no reason."""
    return [word for word in _NAME.findall(_POSSESSIVE.sub("", question)) if content_words(word)]


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The stems of the content words, without accents, in one spelling."""
    return frozenset(
        unaccented(_ENGLISH.stem_word(bare))
        for word in content_words(respelled(text))
        if (bare := _bare(word)) == word or content_words(bare)
    )


@lru_cache(maxsize=1024)
def exact_words(text: str) -> frozenset[str]:
    """The words, lower-case and without accents; of a plural or possessive also the singular.

    "Resolute" is not in "resolution": a name is itself or it is not.
    """
    words = {unaccented(word.lower()) for word in _WORD.findall(respelled(text))}
    return frozenset(words | {word[:-1] for word in words if len(word) > 2 and word[-1] == "s"})


def initials(text: str) -> frozenset[str]:
    """The initials of every run of names: "eu" for "European Union", "nac" for the Council's."""
    found = set[str]()
    for run in _NAME_RUN.findall(text):
        letters = [word[0].lower() for word in re.split(r"[\s-]+", run) if word[0].isupper()]
        found |= {
            "".join(letters[i:j])
            for i in range(len(letters))
            for j in range(i + _SHORTEST_ACRONYM, len(letters) + 1)
        }
    return frozenset(found)


def together(wanted: frozenset[str], text: str, between: int = 0) -> list[tuple[int, int]]:
    """Where words with all of these stems stand beside each other, as spans of the text.

    At most so many others stand `between` them, as a middle name does.
    """
    words = [
        (found.span(), stems(found.group()))
        for found in _WORD_OR_NAME.finditer(text)
        if content_words(found.group())
    ]
    width = min(len(wanted) + between, len(words))
    return [
        (words[i][0][0], words[i + width - 1][0][1])
        for i in range(len(words) - width + 1)
        if wanted <= frozenset().union(*(found for _, found in words[i : i + width]))
    ]


def names_in(name: str, text: str) -> bool:
    """Whether the text has all the words of a name, or its initials, or what they stand for."""
    missing = stems(name) - stems(text)
    return missing <= initials(text) or bool(initials(name) & exact_words(text))


def _bare(word: str) -> str:
    """A word without what only joins it: "l'accord" is "accord", and "défis" the same as "défi"."""
    bare = _ELIDED.sub("", word.replace("’", "'")).removesuffix("'s").removesuffix("'")
    # The stemmer takes no letter with an accent for a vowel, and leaves the plural then.
    return bare if bare.isascii() else bare.removesuffix("s")
