"""What a question is about, and whom its answer names: what "it", "they", "there" and "he" mean.

Nothing lists the things of a library, so they are told by the form of words: capitals, numbers,
small words before them, and the nouns that name kinds.
"""

import re
from dataclasses import dataclass, replace

from assistant.retrieval.names import (
    FRAME,
    KIND,
    RUN,
    TITLE,
    is_several,
    kind_of,
    names_in,
    names_said,
    unowned,
)
from assistant.retrieval.standalone import content_words, subject

_PERSON = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ’'-]+(?: [A-Z]\.)*(?: [A-ZÀ-Þ][\w’'-]+)+")
_WHO = re.compile(r"^\W*(?:(?:and|et)\s+)?(?:who|whom|qui|by whom)\b", re.IGNORECASE)
_WHO_IS = re.compile(r"^\W*(?:who|qui)\s+(?:is|was|were|are|est|était|fut)\s+(?P<who>.+)$", re.I)
_WHICH = re.compile(
    r"^\W*(?:which|what|quel(?:le)?s?)\s+(?P<noun>[a-zà-ÿ-]+)\s+(?!is|are|was)", re.IGNORECASE
)
# What is left of these without the words that ask is the name of a thing.
OF_A_THING = re.compile(
    r"^\s*(?:(?:what|who)(?:['’]s|\s+(?:is|are|was|were))\b|define\b|describe\b|explain\b|"
    r"(?:can you |please )*tell\s+me\b|"
    r"qu[’']est-ce\b|qui\s+(?:est|sont)\b|quel(?:le)?s?\s+(?:est|sont)\b|parle[rz]?-moi\b)",
    re.IGNORECASE,
)
# "What is the purpose of exercises", "the main types of networks"
_OF = re.compile(
    r"^(?:the|an?|some|la|le|les|l['’])\s*(?:[\w’'-]+\s+){1,3}?(?:of|behind|about|d[eu]s?|de la)\s+"
    r"(?P<thing>.+)$",
    re.IGNORECASE,
)
_ARTICLED = re.compile(r"^(?:(?:the|an?|la|le|les|une?)\s+|l['’])", re.IGNORECASE)
_OWNS = re.compile(r"['’]s?\s")
_ARTICLE = re.compile(r"^(?:an?|une?|some|des)\s+", re.IGNORECASE)
_UNFIT = re.compile(
    r"^(?:when|where|why|how|what|who|if|whether|best|good|bad)\b|"
    r"\b(?:it|its|they|them|their|he|she|him|his|her|this|that|these|those|there|one|ones)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s+(?:and (?=why|how|what)|used for|good for|like|for|in the world|today|now|who|which|that|"
    r"when|because|if)\b.*$|[,;:(].*$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:do|did|can|may|must|should)\s+(?P<np>(?:[a-zà-ÿ-]+\s)?[a-zà-ÿ]{3,}(?<![sui])s)"
    r"(?=\s\w)"
)
_DETERMINED = re.compile(
    r"(?P<aux>\b(?:do|does|did|can|could|will|would|should)\s+)?"
    r"\b(?P<the>(?:the|an?|your|my|our|la|le|les|une?)\s+|l['’])(?P<np>[a-zà-ÿ-]+(?:\s[a-zà-ÿ-]+){0,3})"
)
_LAST_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S+\s\S)")
_PLURAL_PHRASE = re.compile(r"\b(?:the|les)\s+(?:[a-zà-ÿ-]+\s)?[a-zà-ÿ]{2,}(?<![sui])s\b")
_LONGEST = 60  # characters of what a pronoun stands for
_OF_ANSWER = 300  # characters of an answer that are looked at
_PLACE = re.compile(rf"\b(?:in|at|to|from|of|with|border|recogni[sz]ed?)\s+(?:the\s+)?({RUN})")


@dataclass(frozen=True, slots=True)
class Subject:
    """What was spoken of last, by the words that may stand for it; empty where there is none."""

    thing: str = ""
    several: str = ""
    person: str = ""
    place: str = ""

    @property
    def any(self) -> str:
        """What is spoken of, whatever it is."""
        return self.thing or self.several or self.person


def subject_of(question: str, before: Subject) -> Subject:
    """What a question that stands by itself is about; `before` is what the last one was about."""
    question = _LAST_SENTENCE.split(question.strip())[-1]
    names = [unowned(one.group()) for one in names_in(question)]
    if before.any and before.any.lower() in question.lower():
        return before
    thing = _thing(question, names, before.any)
    if not thing:
        return Subject()
    several = _several_of(thing, question, names)
    return Subject(
        thing="" if several == thing else _with_the(thing, question),
        several=several,
        person=_person_asked_of(question, names),
        place=_place(question, names),
    )


def asked_of(question: str, before: Subject) -> Subject:
    """The same subject after a question of something that it has: "What are the costs?"."""
    found = _PLURAL_PHRASE.search(question)
    return replace(before, several=found.group()) if found and before.thing else before


def _several_of(thing: str, question: str, names: list[str]) -> str:
    """The thing where it is more than one; of "a defence attaché", defence attachés."""
    if is_several(thing) and (thing not in names or thing.split()[-1].islower()):
        return thing
    bare = thing.removeprefix("the ")
    if bare == bare.lower() and re.search(rf"\b(?:an?|une?)\s+{re.escape(bare)}", question):
        return f"{bare}s"
    return ""


def answered(subject: Subject, question: str, answer: str) -> Subject:
    """The subject after a question was answered, with the person or thing that the answer names."""
    names = [TITLE.sub("", name) for name in names_said(answer[:_OF_ANSWER])]
    names = [name for name in names if name.lower() not in question.lower()]
    people = [name for name in names if _PERSON.fullmatch(name) and not kind_of(name)]
    if people:
        subject = replace(subject, person=people[0])
    elif names and _WHO.match(question):
        body = kind_of(names[0])
        subject = replace(subject, several=names[0]) if body else replace(subject, person=names[0])
    which = _WHICH.match(question)
    kin = [name for name in names if which and kind_of(name) == which["noun"].lower()]
    return replace(subject, thing=f"the {kin[0]}", several="") if kin else subject


def _thing(question: str, names: list[str], before: str) -> str:
    own = [name for name in names if not FRAME.fullmatch(name)]
    if defined := _defined(question, own):
        return defined
    if own:
        typed = [name for name in own if kind_of(name)]
        return _whole((typed or own[-1:])[0], question)
    if names:
        return names[-1]
    if several := _SEVERAL.search(question):
        return several["np"]
    # What a question only touches does not take the place of what was spoken of.
    return "" if before else _noun_phrase(question)


def _defined(question: str, names: list[str]) -> str:
    """What a question asks the meaning of, or what has the thing that it asks for."""
    if not OF_A_THING.match(question):
        return ""
    bare = _ENDS.sub("", subject(question).rstrip(" ?.!…"))
    if (of := _OF.match(bare)) and not names:
        bare = of["thing"]
    named = _ARTICLED.sub("", bare)
    if names and not (named.startswith(names[0]) and not _OWNS.match(named[len(names[0]) :])):
        return ""
    if not bare or len(bare) > _LONGEST or _UNFIT.search(bare):
        return ""
    if names:
        return named
    return _ARTICLE.sub("the ", bare) if not is_several(bare) else bare


def _whole(name: str, question: str) -> str:
    """A name with the noun after it that tells what it is of: "Bay of Pigs invasion"."""
    found = re.search(rf"{re.escape(name)}(?:['’]s)?((?: [a-z]+)?) ({KIND.pattern})", question)
    return found.group().strip() if found and content_words(found[1] or "x") else name


def _noun_phrase(question: str) -> str:
    """The first thing with an article that a question without names speaks of."""
    bare = question.rstrip(" ?.!…").lower()
    for found in _DETERMINED.finditer(bare):
        words = found["np"].split()
        kept = [word for word, told in zip(words, map(content_words, words), strict=True) if told]
        if kept != words[: len(kept)]:
            kept = words[: next(i for i, word in enumerate(words) if not content_words(word))]
        if found["aux"] and found.start("np") + len(" ".join(kept)) >= len(bare):
            kept = kept[:-1]  # the verb
        while kept and kept[-1].endswith("ed"):
            kept.pop()
        if kept and not _UNFIT.search(" ".join(kept)):
            return f"{_article(found['the'])}{' '.join(kept)}"
    return ""


def _with_the(name: str, question: str) -> str:
    """A name with an article, where the question gives it one."""
    article = rf"\b(an?\s|the\s|le\s|la\s|les\s|l['’])\s*{re.escape(name)}"
    found = re.search(article, question, re.IGNORECASE)
    return f"{_article(found.group(1))}{name}" if found else name


def _article(found: str) -> str:
    """The article by which something is meant that was named with this one."""
    word = found.strip().lower()
    if word in {"le", "la", "les"}:
        return f"{word} "
    return {"l'": "l'", "l’": "l’", "un": "le ", "une": "la "}.get(word, "the ")


def _person_asked_of(question: str, names: list[str]) -> str:
    found = _WHO_IS.match(question)
    if found is None:
        return ""
    for name in names:
        if found["who"].startswith(name) and not kind_of(name):
            return name
    return ""


def _place(question: str, names: list[str]) -> str:
    plain = [name for name in names if not kind_of(name) and not FRAME.fullmatch(name)]
    stated = [unowned(one) for one in _PLACE.findall(question)]
    return next((name for name in reversed(plain) if name in stated), plain[-1] if plain else "")
