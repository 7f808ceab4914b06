"""What is asked who did it, or when: a sentence that does not speak of it tells neither."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from assistant.answers.asking import ASKING, CAPITAL
from assistant.answers.doers import did_it_himself, leaves_doer_unnamed
from assistant.answers.subjects import subject_of
from assistant.answers.words import Names, exact_words, read_names, stems
from assistant.grounding.meanings import may_be_a_verb, mean_the_same, opposite
from assistant.grounding.terms import key_of
from assistant.retrieval.standalone import content_words
from assistant.retrieval.translation import translated

_NAME = rf"(?P<of>{CAPITAL}(?:[\s-]+(?:(?:of|the|and|de|et)\s+)*{CAPITAL})*)"
_BE = r"(?:is|was|were|are|did|does|do|be|been|may|can|must|shall|should|a|an|the)"
_WHO = re.compile(
    rf"{ASKING}who\s+(?:(?:had|has|have|will|would|could|might|first|also|actually|really|"
    rf"originally|finally|then|now|currently)\s+)*(?P<act>(?!{_BE}\b)[a-z][\w-]{{2,}})",
    re.IGNORECASE,
)
_QUI = re.compile(
    r"\bqui\s+(?:(?:a|ont|avait|avaient|va|doit|peut)\s+)?"
    r"(?P<act>(?!(?:est|sont|était|étaient|fut|furent|a|ont)\b)[a-zà-ÿ]\w{2,})",
    re.IGNORECASE,
)
# In "the Hanse fleet sail?" the last of two words is what was done.
_WHEN = re.compile(
    rf"\bwhen\s+(?:did|does)\s+(?:the\s+)?{_NAME}\s+(?:(?-i:[a-z])\w+\s+(?=(?-i:[a-z])\w*\W*$))?"
    r"(?P<act>(?-i:[a-z])\w+)",
    re.IGNORECASE,
)
# "When was the treaty of Ribe signed?": of acts that are listed it is known how else they are told.
_WHEN_DONE = re.compile(
    rf"\bwhen\s+(?:was|were)\s+(?:the\s+)?{_NAME}\s+(?:\w+ly\s+|first\s+)?(?P<act>(?-i:[a-z])\w+)",
    re.IGNORECASE,
)
_QUAND = re.compile(
    rf"\bquand\s+(?:l[ae]s?\s+|l[’'])?{_NAME}\s+(?:a|ont|est|sont|avait|avaient)(?:-t)?-"
    r"(?:il|elle)s?\s+(?P<act>\w+)",
    re.IGNORECASE,
)
# When something was is told by what has it with its time, in whatever words.
_HAPPENED = re.compile(
    r"\bwhen\s+(?:did|does)\b.*\b(?:take\s+place|happen|occur|come\s+about)\W*$|"
    r"\bquand\b.*\b(?:eu\s+lieu|a\s+lieu|passé\w*|arrivé\w*)\W*$",
    re.IGNORECASE,
)
# "Who invaded Skagen?": to whom it was done.
_WHOM = re.compile(rf"\s+(?:the\s+)?(?P<whom>{CAPITAL}(?:[\s-]+{CAPITAL})*)")
# What one becomes says more than that one does.
_BECOMES = re.compile(r"\s+(?:an?\s+|the\s+|la\s+|le\s+|un\s+|une\s+)?(?P<what>\w+)", re.IGNORECASE)
_BECOME = frozenset({"become", "becom"})
_MEMBER = "member"
# What has many senses means an act in few of them.
_LIGHT = frozenset({"have", "be", "do", "make", "get", "take", "give", "go", "come", "part"})
# So many letters have what begins with an act, and what an act begins with.
_BEGINS, _BEGUN = 4, 5
# So many letters before an act its doer stands, and behind it what it was done to.
_NEAR, _BEHIND = 30, 60
_NAMED = re.compile(rf"\b{CAPITAL}|\b\w*\d\w*")
_WORD = re.compile(r"\w[\w’'-]*")
_DONE_TO = re.compile(
    r"\b(?:is|are|was|were|be|been|being|est|sont|était|étaient|été)\s+(?:\w+ly\s+|first\s+)?$",
    re.IGNORECASE,
)
# "Invited to join", "would become a member", "had not constituted recognition": not done then.
_NOT_YET = re.compile(
    r"\b(?:to|will|would|may|might|could|can|should|shall|must)\s+(?:\w+ly\s+)?"
    r"(?:(?:be|become)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?)?$|"
    r"\b(?:not|never|n[’']t)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
# "Never joined", "did not join", "refused to join": that answers when, too.
_NEVER = re.compile(
    r"\b(?:never|not|n[’']t|(?:refus|declin|fail)\w+\s+to)\s+(?:\w+ly\s+)?"
    r"(?:(?:be|become|became)\s+(?:an?\s+|the\s+)?)?$",
    re.IGNORECASE,
)
_LEADS_TO = re.compile(r"le(?:ads?|d|ading)\s+(?:\w+\s+)?to\b", re.IGNORECASE)
_OF = re.compile(r"\s+of\b")
_AGAIN = re.compile(r"\b(?:again|anew|once more)\b", re.IGNORECASE)
_DEED = re.compile(r"(?<!\bthe)(?<!\ba)(?<!\ban)(?<!\bof)(?<!\bin)(?<!\bto)\s+(?P<act>[a-z]\w{2,})")
_CLAUSE = re.compile(r"[,;:]\s")
# "Was reopened with Ada Lovelace as consul": by whom is told so, too.
_BY = re.compile(
    rf"^[^.;]{{0,80}}?\b(?:by|par)\b|^[^.;]{{0,60}}?\bwith\s+(?-i:{CAPITAL})[^.;]{{0,40}}?\bas\b",
    re.IGNORECASE,
)
_OF_SOMEBODY = re.compile(rf"^\s+(?:of\s+(?:the\s+)?\w+\s+)?(?P<whose>{CAPITAL})")


@dataclass(frozen=True, slots=True)
class Act:
    """What is asked to have been done, by the keys of its words.

    `by_whom` says that it is asked who did it; else it is asked when those `of` the `name` did.
    `titled` says that it is what somebody became, `rest` are the stems of what else is asked.
    `whom` are the names of what it is asked who did it to, `said` is the word for it there.
    """

    keys: frozenset[str]
    by_whom: bool
    of: Names | None = None
    titled: bool = False
    rest: frozenset[str] = frozenset()
    name: str = ""
    whom: Names | None = None
    said: str = ""

    def told_by(self, text: str, title: str, heading: str, *, leans: bool) -> bool:
        """Whether the text, under this title and heading, speaks of it as done by somebody.

        What `leans` on the sentence before it may have the name there.
        """
        if self.of and not leans:
            # A document of two countries does not say which of them it was.
            whose = f"{title}\n{text}" if subject_of(title, self.name) else text
            missing = self.of.missing_from(whose)
            # Of "Secretary of State Elihu Root" the last word tells who it was.
            if missing and (missing == self.of.words or missing & exact_words(_last(self.name))):
                return False
        if self.by_whom and any(is_akin(word, self.keys) for word in content_words(heading)):
            return True
        if any(self._is_done(text, one) for one in _WORD.finditer(text)):
            return True
        return not self.by_whom and bool(self.rest) and self.rest <= stems(text)

    def says_just_that(self, text: str, names: Names) -> bool:
        """Whether the doer, the act and the other names stand in a row: "Ribe recognized Lund"."""
        if self.by_whom or self.of is None or self.titled:
            return False
        doer = Names(exact_words(_last(self.name)), frozenset(), self.of.initials)
        others = Names(names.words - self.of.words, frozenset(), frozenset())
        return any(
            _key(one.group()) in self.keys
            and not _NOT_YET.search(text[: one.start()])
            and doer.missing_from(text[: one.start()][-_NEAR:]) != doer.words
            and not others.missing_from(text[one.end() :][:_BEHIND])
            for one in _WORD.finditer(text)
        )

    def denied_by(self, text: str) -> bool:
        """Whether the text says of those it is asked of that they never did it.

        The name has to stand in front in the same clause, "the United States never joined".
        """
        if self.by_whom or self.of is None:
            return False
        denials = (
            _CLAUSE.split(text[: one.start()])[-1]
            for one in _WORD.finditer(text)
            if self._tells(text, one) and _NEVER.search(text[: one.start()])
        )
        return any(not self.of.missing_from(before) for before in denials)

    def _tells(self, text: str, word: re.Match[str]) -> bool:
        """Whether a word is one for the act; in a name, as in "United States", it tells nothing."""
        said = word.group()
        named = said[0].isupper() and bool(text[: word.start()].strip())
        if _LEADS_TO.match(text, word.start()):
            return False  # a blockade that led to a crisis commanded nobody
        if named and not (self.by_whom or self.titled) and _key(said) not in self.keys:
            return False
        return is_akin(said, self.keys) and (not self.titled or _is_the_same(said, self.keys))

    def _is_done(self, text: str, word: re.Match[str]) -> bool:
        behind = text[word.end() :]
        if not self._tells(text, word):
            return False
        if self.titled:
            # In "President Ada Lovelace" another is President.
            held = _OF_SOMEBODY.match(behind)
            own = self.of.words if self.of else frozenset()
            return held is None or bool(exact_words(held["whose"]) & own)
        if not self.by_whom and _NOT_YET.search(text[: word.start()]):
            return False
        if not self.by_whom:
            return True
        if self._turned_by(text, word) or leaves_doer_unnamed(text, word, self.said, self.whom):
            return False
        return not _DONE_TO.search(text[: word.start()]) or _BY.match(behind) is not None

    def turns_round(self, text: str) -> bool:
        """Whether he to whom it is asked who did it does it there to another."""
        return any(
            self._tells(text, one) and self._turned_by(text, one) for one in _WORD.finditer(text)
        )

    def _turned_by(self, text: str, word: re.Match[str]) -> bool:
        """Whether a word of the text says that he did it himself."""
        return self.whom is not None and did_it_himself(text, word, self.whom)


def read_act(question: str) -> Act | None:
    """The act that a question asks who did, or when somebody with a name did; None for none."""
    if found := _WHO.search(question):
        return _by_whom(found)
    if found := _QUI.search(question):
        return Act(_in_english(found["act"]), by_whom=True)
    if _HAPPENED.search(question):
        return None
    if found := _WHEN.search(question) or _was_done(question):
        return _of_a_name(found) if _is_done_by_name(found) else _of_what_is_named(found)
    if found := _QUAND.search(question):
        return _of(found, _in_english(found["act"]), None)
    return None


def _is_done_by_name(found: re.Match[str]) -> bool:
    """Whether a verb stands behind the name, and no noun: "the Velm blockade of Ribe" is one."""
    key = _key(found["act"])
    done = may_be_a_verb(key) or key in _kin()
    return done and not _OF.match(found.string, found.end())


def _of_a_name(found: re.Match[str]) -> Act | None:
    # The first word of all is no name for opening what it opens.
    return _of(found, frozenset({_key(found["act"])}), read_names(f"- {found['of']}"))


def _of_what_is_named(found: re.Match[str]) -> Act | None:
    """The act of what a name is part of: "When did the Velm embassy in Ribe close?"."""
    behind = found.string[found.end() :]
    deeds = (_key(one["act"]) for one in _DEED.finditer(behind))
    key = next((each for each in deeds if may_be_a_verb(each)), None)
    rest = stems(_NAMED.sub(" ", behind))
    if key is None or key in _LIGHT | _BECOME or _AGAIN.search(behind):
        return None  # what opens again reopens, or resumes its work
    return Act(frozenset({key}), by_whom=False, rest=rest)


def _was_done(question: str) -> re.Match[str] | None:
    found = _WHEN_DONE.search(question)
    return found if found and _key(found["act"]) in _kin() else None


def _by_whom(found: re.Match[str]) -> Act | None:
    key, whom = _key(found["act"]), _WHOM.match(found.string, found.end())
    if key in _BECOME:
        return None  # one becomes minister by being made so, elected or appointed
    names = read_names(f"- {whom['whom']}") if whom else None
    return Act(frozenset({key}), by_whom=True, whom=names, said=found["act"].lower())


def _of(found: re.Match[str], keys: frozenset[str], of: Names | None) -> Act | None:
    if not keys & _BECOME:
        behind = _NAMED.sub(" ", found.string[found.end() :])
        return Act(keys, by_whom=False, of=of, rest=stems(behind), name=found["of"])
    what = _BECOMES.match(found.string, found.end())
    if what is None or what["what"].isdigit():
        return None
    words = _in_english(what["what"]) if of is None else frozenset({_key(what["what"])})
    return Act(words, by_whom=False, of=of, titled=True, name=found["of"])


def _last(name: str) -> str:
    return name.split()[-1] if name.split() else ""


def _in_english(word: str) -> frozenset[str]:
    return frozenset(map(_key, translated(word, every=True).split()))


_key = lru_cache(maxsize=8192)(key_of)


@lru_cache(maxsize=65536)
def is_akin(word: str, keys: frozenset[str]) -> bool:
    """Whether a word may tell an act by one of these keys."""
    key = _key(word)
    return key not in _LIGHT and any(_may_be(one, key) for one in keys)


def _is_the_same(word: str, keys: frozenset[str]) -> bool:
    """Whether a word names what somebody became; to join is to become a member."""
    key = _key(word)
    return key in keys or (_MEMBER in keys and key in _kin().get(_MEMBER, ()))


def _may_be(act: str, key: str) -> bool:
    """Whether a word may tell the act: it means the same, is of its list, or begins with it."""
    short, long = (act, key) if len(act) <= len(key) else (key, act)
    fewest = _BEGINS if short == act else _BEGUN
    if long == f"{short}t":
        return False  # a joint body has joined nobody
    begins = len(short) >= fewest and long.startswith(short) and not opposite(act, key)
    told = _kin().get(act)  # what is listed is told by that alone: in WordNet, joints join
    return begins or (mean_the_same(act, key) if told is None else key in told)


@cache
def _kin() -> dict[str, frozenset[str]]:
    """What each word of `acts.txt` is told by: all others of its lines."""
    found: dict[str, frozenset[str]] = {}
    for keys in _lines():
        for key in keys:
            found[key] = found.get(key, frozenset()) | frozenset(keys)
    return found


def _lines() -> Iterator[list[str]]:
    text = (files("assistant.answers") / "acts.txt").read_text("utf-8")
    yield from ([_key(word) for word in line.split()] for line in text.splitlines() if line)
