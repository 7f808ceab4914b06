"""French questions in English words, for an embedder that reads English and for English texts.

No sentence is made: a passage is found by what it is about, and word for word tells that. Words
are known by their stems, phrases before words; names and numbers stay as they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    "lors sous sur par depuis jusque dont était étaient contient peut peuvent doit doivent faut"
)
_SMALL = (
    "la l un de d en que qu ne n se s son sa il on y a ai as avait avaient était étaient fut soit "
    "nous vous je tu me te lui mais donc si plus très tout tous toute toutes même comme ainsi "
    "entre vers chez sans après avant selon partir c j m t puis rien cela ceci ça"
)
# Its neighbours have these too, or they stand in names, so that they tell only beside others.
_OTHERS_TOO = "de la que un le les des et ou au par sur ce une pas est"
_ENGLISH = "the of what who when where was did does is were are and how why which"
_NEIGHBOURS_TOO = frozenset(_OTHERS_TOO.split())
_TELL_FRENCH = frozenset(_TELLING.split()) - _NEIGHBOURS_TOO
_TELL_ENGLISH = frozenset(_ENGLISH.split())
_QUE = re.compile(r"\b(?:jus|lors|puis)?qu['’]", re.IGNORECASE)
_KEPT = (
    "quel quelle quels quelles qui combien pourquoi comment quand où peut peuvent doit doivent "
    "contient faut été était étaient fut furent est sont"
)
_DROPPED = frozenset(f"{_TELLING} {_SMALL}".split()) - frozenset(_KEPT.split())
_ENDINGS = (
    ("ger", "gé gée gés gées gent geait geaient geant"),
    ("cer", "cé cée cés cées cent çait çaient çant"),
    ("er", "é ée és ées e es ez ent ait aient ant"),
    ("é", "ée ées"),
    ("ir", "i ie is ies it issent issait issaient issant"),
    ("dre", "d du due dus dues dent dait daient dant"),
    ("al", "aux ale ales"),
    ("eau", "eaux"),
    ("eu", "eux"),
    ("eux", "euse euses"),
    ("if", "ive ives"),
    ("ien", "ienne iennes"),
)
_LONG_VERB = 6
_IRREGULAR = ("become", "withdraw", "understand", "forbid", "foresee", "oversee", "undertake")
_FEWEST = 2
_SHARE = 0.15


def with_translation(question: StandaloneQuestion) -> StandaloneQuestion:
    """The same with its English words where it is French.

    And with those of the question before it, where it takes something from that.
    """
    if not is_french(question.asked):
        return question
    whole = question.context is None or question.text == question.asked
    context = "" if whole else f" {question.context}"
    text = question.asked + context
    return replace(question, translated=translated(text), searched=translated(text, every=True))


def is_french(text: str) -> bool:
    """Whether a question is French, by its small words and by those of the list."""
    words = _WORD.findall(_apart(text))
    small = _small(words)
    strong = len(small & _TELL_FRENCH) + len(_QUE.findall(text))
    telling = strong + len(small & _NEIGHBOURS_TOO) + len(_ELIDED.findall(text))
    english = len(small & _TELL_ENGLISH)
    if english > (telling // 2 if strong else 0) or telling < _SHARE * len(words):
        return False
    if strong and telling >= _FEWEST:
        return True
    return (strong > 0 or telling >= _FEWEST) and _knows_any(words)


def _small(words: list[str]) -> set[str]:
    """The words without a capital, which makes a name of one, but for that which comes first."""
    if "".join(words).isupper():
        return {word.lower() for word in words}
    return {*(word.lower() for word in words[:1]), *(word for word in words if word.islower())}


def _knows_any(words: list[str]) -> bool:
    """Whether the list has a word that English does not write alike."""
    written = _words().written
    forms = _small(words) - _DROPPED
    return any(form not in _plain(written.get((form,), [form])) for form in forms)


def _plain(meanings: list[str]) -> set[str]:
    return {word.lower() for meaning in meanings for word in meaning.split()}


def translated(text: str, *, every: bool = False) -> str:
    """The words of a French text in English, in their order.

    Each as it is likeliest meant, or with `every` as all that it may mean.
    """
    words = _WORD.findall(_apart(text))
    forms = [word.lower() for word in words]
    stems = [_stem(word) for word in words]
    found: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            # A name is no form of a word that is like it: "Trent" of "trente".
            a_name = length == 1 and at and words[at].istitle()
            english = _meanings(forms[at : at + length], [] if a_name else stems[at : at + length])
            if english is not None:
                found += english if every else english[:1]
                break
        else:
            length = 1
            found.append(_left(words[at]))
        at += length
    return " ".join(word for word in found if word)


def _meanings(forms: list[str], stems: list[str]) -> list[str] | None:
    """What a run of words may be in English: as it is written, else by its stems."""
    if len(forms) == 1 and forms[0] in _DROPPED:
        return None
    words = _words()
    return words.written.get(tuple(forms)) or words.stemmed.get(tuple(stems))


def _left(word: str) -> str:
    """A word without an entry: nothing of a small word, a name as it is."""
    return "" if word.lower() in _DROPPED else word


def _apart(text: str) -> str:
    return _INVERTED.sub(" ", _ELIDED.sub(" ", text))


def _stem(word: str) -> str:
    return unaccented(_FRENCH.stem_word(word.lower()))


@dataclass(frozen=True, slots=True)
class _Words:
    """Runs of words with what they may be in English, the likeliest first."""

    written: dict[tuple[str, ...], list[str]]
    stemmed: dict[tuple[str, ...], list[str]]


@cache
def _words() -> _Words:
    text = (files("assistant.retrieval") / "french_words.tsv").read_text(encoding="utf-8")
    written: dict[tuple[str, ...], list[str]] = {}
    stemmed: dict[tuple[str, ...], list[str]] = {}
    for line in text.splitlines():
        french, _, english = line.partition("\t")
        forms = tuple(word.lower() for word in _WORD.findall(_apart(french)))
        for known, run in ((written, forms), (stemmed, tuple(map(_stem, forms)))):
            meanings = [*known.get(run, ()), *english.split(", ")]
            known[run] = list(dict.fromkeys(meanings))
    # The stem of "accordées" is that of the noun, and that of "commencent" is no other word's.
    for run, meanings in list(written.items()):
        for form in _participles(run[0]) if len(run) == 1 else ():
            written.setdefault((form,), list(dict.fromkeys((_past(meanings), *meanings))))
        for form in _inflected(run[0]) if len(run) == 1 else ():
            written.setdefault((form,), meanings)
    return _Words(written, stemmed)


def _participles(word: str) -> Iterator[str]:
    """The past participles of a verb that ends on "er"."""
    if word.endswith("er"):
        yield from (word.removesuffix("er") + one for one in ("é", "ée", "és", "ées"))


def _past(meanings: list[str]) -> str:
    """What a verb's participle is likeliest in English: "established"; of a short verb as it is.

    Short verbs are irregular more often than not.
    """
    first = meanings[0]
    known = next((one for one in meanings if one.endswith("ed") and one[:3] == first[:3]), "")
    if known or not first.isalpha() or len(first) < _LONG_VERB or first in _IRREGULAR:
        return known or first
    return f"{first.removesuffix('e')}ed" if first[-1] != "y" else f"{first[:-1]}ied"


def _inflected(word: str) -> Iterator[str]:
    """Forms that a word may have, the regular ones; some that none has do no harm."""
    yield f"{word}s"
    for ending, changed in _ENDINGS:
        if word.endswith(ending):
            yield from (word.removesuffix(ending) + one for one in changed.split())
            return
