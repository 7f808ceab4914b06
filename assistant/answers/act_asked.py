"""Which act a question asks about: who did it, or when those it names did it."""

import re
from dataclasses import replace

from assistant.answers.acts import Act
from assistant.answers.akin import LIGHT, act_key, kin
from assistant.answers.asking import ASKING, CAPITAL
from assistant.answers.words import Names, read_names, stems
from assistant.grounding.meanings import may_be_a_verb
from assistant.grounding.terms import keys_of
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
# "What did Brandt propose to Velm?": what he did otherwise is no answer.
_WHAT = re.compile(
    rf"^\W*(?i:what)\s+(?:did|does)\s+(?:the\s+)?{_NAME}\s+(?:\w+ly\s+)?(?P<act>[a-z][\w-]{{2,}})"
)
# What was done then says little of how it is told.
_SAID = keys_of(
    "happen mean include say state provide think believe want need look work know find see feel "
    "entail involve contain cover call use try like lead show help start begin cause"
)
# When something was is told by what has it with its time, in whatever words.
_HAPPENED = re.compile(
    r"\bwhen\s+(?:did|does)\b.*\b(?:take\s+place|happen|occur|come\s+about)\W*$|"
    r"\bquand\b.*\b(?:eu\s+lieu|a\s+lieu|passé\w*|arrivé\w*)\W*$",
    re.IGNORECASE,
)
# "Who invaded Skagen?": to whom it was done.
_WHOM = re.compile(rf"\s+(?:the\s+)?(?P<whom>{CAPITAL}(?:[\s-]+{CAPITAL})*)")
# "Who controls the northern harbour of Skagen?": what it was done to.
_WHAT_IT_IS_DONE_TO = re.compile(
    r"\s+(?:(?:the|an?|this|that|its|their|his|her|all)\s+)?"
    r"(?P<done_to>(?-i:[a-z])[\w-]*(?:\s+(?-i:[a-z])[\w-]*){0,3}?)"
    r"(?=\s+(?:of|in|at|on|for|from|to|with|by|during|under|between|after|before|that|which|and|as|when)\b|\W*$)",
    re.IGNORECASE,
)
# What one becomes says more than that one does.
_BECOMES = re.compile(r"\s+(?:an?\s+|the\s+|la\s+|le\s+|un\s+|une\s+)?(?P<what>\w+)", re.IGNORECASE)
_BECOME = frozenset({"become", "becom"})
_NAMED = re.compile(rf"\b{CAPITAL}|\b\w*\d\w*")
_AGAIN = re.compile(r"\b(?:again|anew|once more)\b", re.IGNORECASE)
_DEED = re.compile(r"(?<!\bthe)(?<!\ba)(?<!\ban)(?<!\bof)(?<!\bin)(?<!\bto)\s+(?P<act>[a-z]\w{2,})")
_OF = re.compile(r"\s+of\b")


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


def read_deed(question: str) -> Act | None:
    """What somebody with a name is asked to have done to what; None of what is told otherwise."""
    found = _WHAT.search(question)
    if found is None:
        return None
    key = act_key(found["act"])
    if not may_be_a_verb(key) or key in LIGHT | _BECOME | _SAID:
        return None
    act = _of_a_name(found)
    return replace(act, intended=True) if act else None


def _is_done_by_name(found: re.Match[str]) -> bool:
    """Whether a verb stands behind the name, and no noun: "the Velm blockade of Ribe" is one."""
    key = act_key(found["act"])
    done = may_be_a_verb(key) or key in kin()
    return done and not _OF.match(found.string, found.end())


def _of_a_name(found: re.Match[str]) -> Act | None:
    # The first word of all is no name for opening what it opens.
    return _of(found, frozenset({act_key(found["act"])}), read_names(f"- {found['of']}"))


def _of_what_is_named(found: re.Match[str]) -> Act | None:
    """The act of what a name is part of: "When did the Velm embassy in Ribe close?"."""
    behind = found.string[found.end() :]
    deeds = (act_key(one["act"]) for one in _DEED.finditer(behind))
    key = next((each for each in deeds if may_be_a_verb(each)), None)
    rest = stems(_NAMED.sub(" ", behind))
    if key is None or key in LIGHT | _BECOME or _AGAIN.search(behind):
        return None  # what opens again reopens, or resumes its work
    return Act(frozenset({key}), by_whom=False, rest=rest)


def _was_done(question: str) -> re.Match[str] | None:
    found = _WHEN_DONE.search(question)
    return found if found and act_key(found["act"]) in kin() else None


def _by_whom(found: re.Match[str]) -> Act | None:
    key, whom = act_key(found["act"]), _WHOM.match(found.string, found.end())
    if key in _BECOME:
        return None  # one becomes minister by being made so, elected or appointed
    names = read_names(f"- {whom['whom']}") if whom else None
    done_to = _WHAT_IT_IS_DONE_TO.match(found.string, found.end())
    return Act(
        frozenset({key}),
        by_whom=True,
        whom=names,
        said=found["act"].lower(),
        done_to=frozenset(map(act_key, content_words(done_to["done_to"] if done_to else ""))),
    )


def _of(found: re.Match[str], keys: frozenset[str], of: Names | None) -> Act | None:
    if not keys & _BECOME:
        behind = _NAMED.sub(" ", found.string[found.end() :])
        return Act(keys, by_whom=False, of=of, rest=stems(behind), name=found["of"])
    what = _BECOMES.match(found.string, found.end())
    if what is None or what["what"].isdigit():
        return None
    words = _in_english(what["what"]) if of is None else frozenset({act_key(what["what"])})
    return Act(words, by_whom=False, of=of, titled=True, name=found["of"])


def _in_english(word: str) -> frozenset[str]:
    return frozenset(map(act_key, translated(word, every=True).split()))
