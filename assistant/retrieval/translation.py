"""French questions in English words, for an embedder that reads English and for English texts.

No sentence is made: a passage is found by what it is about, and word for word tells that. Words
are known by their stems, phrases before words; names and numbers stay as they are.
"""

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files

from py_rust_stemmers import SnowballStemmer

from assistant.spelling import unaccented
from assistant.types import StandaloneQuestion

_FRENCH = SnowballStemmer("french")
_WORD = re.compile(r"[\w/.]*\w(?:-\w+)*")
_ELIDED = re.compile(r"\b(?:[ldnsjcmt]|qu|jusqu|lorsqu|puisqu)['’]", re.IGNORECASE)
_INVERTED = re.compile(r"-(?:t-)?(?:ils?|elles?|on|je|tu|nous|vous|ce|en|y|l[aes]|leur)\b", re.I)
_MOST_WORDS = 7
# Words that French alone has, or has far more often than its neighbours.
_TELLING = (
    "le les des du une est quel quelle quels quelles qui combien pourquoi comment quand où dans "
    "pour avec pas au aux ce cette ces ses leur leurs et ou elle ils elles à été être ont sont "
    "lors sous sur par depuis jusque dont"
)
_SMALL = (
    "la l un de d en que qu ne n se s son sa il on y a ai as avait avaient était étaient fut soit "
    "nous vous je tu me te lui mais donc si plus très tout tous toute toutes même comme ainsi "
    "entre vers chez sans après avant selon partir c j m t puis rien cela ceci ça"
)
# Other languages have these too, in names and abbreviations with a capital.
_OTHERS_TOO = frozenset({"de", "la", "que", "un"})
_TELL_FRENCH = frozenset(_TELLING.split())
_DROPPED = (_TELL_FRENCH | frozenset(_SMALL.split())) - {"qui", "combien", "pourquoi", "comment"}
_FEWEST = 2
_SHARE = 0.15


def with_translation(question: StandaloneQuestion) -> StandaloneQuestion:
    """The same with its English words, and those of the one it follows, where it is French."""
    if not is_french(question.asked):
        return question
    context = "" if question.context is None else f" {question.context}"
    text = question.asked + context
    return replace(question, translated=translated(text), searched=translated(text, every=True))


def is_french(text: str) -> bool:
    """Whether a question is French, by its small words."""
    words = _WORD.findall(_apart(text))
    telling = sum(word.lower() in _TELL_FRENCH or word in _OTHERS_TOO for word in words)
    telling += len(_ELIDED.findall(text))
    return telling >= _FEWEST and telling >= _SHARE * len(words)


def translated(text: str, *, every: bool = False) -> str:
    """The words of a French text in English, in their order.

    Each as it is likeliest meant, or with `every` as all that it may mean.
    """
    words = _WORD.findall(_apart(text))
    stems = [_stem(word) for word in words]
    known = _phrases()
    found: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            english = known.get(tuple(stems[at : at + length]))
            if english is not None:
                found += english if every else english[:1]
                break
        else:
            length = 1
            found.append(_left(words[at]))
        at += length
    return " ".join(word for word in found if word)


def _left(word: str) -> str:
    """A word without an entry: nothing of a small word, a name as it is."""
    return "" if word.lower() in _DROPPED else word


def _apart(text: str) -> str:
    return _INVERTED.sub(" ", _ELIDED.sub(" ", text))


def _stem(word: str) -> str:
    return unaccented(_FRENCH.stem_word(word.lower()))


@cache
def _phrases() -> dict[tuple[str, ...], list[str]]:
    """What each run of stems may be in English, the likeliest first."""
    found: dict[tuple[str, ...], list[str]] = {}
    text = (files("assistant.retrieval") / "french_words.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        french, _, english = line.partition("\t")
        stems = tuple(map(_stem, _WORD.findall(_apart(french))))
        meanings = [*found.get(stems, ()), *english.split(", ")]
        found[stems] = list(dict.fromkeys(meanings))
    return found
