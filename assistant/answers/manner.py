"""How something was done, which only what speaks of its being done can tell."""

import re
from collections.abc import Sequence

from assistant.answers.akin import LIGHT, act_key, is_akin, kin
from assistant.answers.pool import Pooled
from assistant.answers.question import QuestionForm
from assistant.grounding.meanings import may_be_a_verb, wordings_of
from assistant.grounding.terms import is_irregular, keys_of
from assistant.retrieval.standalone import content_words

_ASKED = re.compile(
    r"^\W*(?:and\s+|so\s+|but\s+)?how\s+(?P<aux>did|does|do|can|could|may|might|must|will|would|"
    r"shall|should|was|were|is|are|has|have|had)\s+(?P<said>.+?)\W*$",
    re.IGNORECASE,
)
_PASSIVE = frozenset({"was", "were", "is", "are", "has", "have", "had"})
_BE = re.compile(r"\bbe(?:en|ing)?\s+(?:\w+ly\s+)?(?P<verb>[a-z]\w+)")
# What stands behind one of these is no verb.
_WORD = re.compile(
    r"(?<!\bthe)(?<!\ba)(?<!\ban)(?<!\bof)(?<!\bin)(?<!\bon)(?<!\bits)(?<!\btheir)(?<!\bhis)"
    r"\s(?P<verb>[a-z][\w-]*)"
)
_NOUN = re.compile(r"(?:tion|sion|ment|ness|ity|ance|ence)$")
# How something works or came about is told in other words than these.
_SAYS_LITTLE = LIGHT | keys_of(
    "work function happen occur become start begin look gain obtain receive acquire achieve reach"
)
_LIKELY = 0.1
_ANY_WORD = re.compile(r"\b[A-Za-z][\w-]+")
_MEANS = re.compile(
    r"[^.;]{0,60}?\s(?:by|through|via|using|when|upon|after|from|in exchange|in return)\s",
    re.IGNORECASE,
)
# Of more words than so many, others tell what is asked where the verb stands in none.
_FEW = 2


def asked_how(question: str) -> str:
    """The key of the verb that a question asks how it was done; empty for other questions.

    "How did Ada Lovelace die?", "How can the treaty of Ribe be ended?"
    """
    asked = _ASKED.match(question)
    if asked is None:
        return ""
    if behind := _BE.search(asked["said"]):
        return _key(behind["verb"])
    done = asked["aux"].lower() in _PASSIVE
    for word in _WORD.finditer(f" {asked['said']}"):
        verb = word["verb"]
        if _key(verb) and _has_form(verb, done=done):
            return _key(verb)
    return ""


def told_how(form: QuestionForm, fit: Sequence[Pooled]) -> list[Pooled]:
    """Those that say by what the deed was done, or else speak of it; all where none is asked after.

    None where nothing likely speaks of it and little else is asked: what is said of the same thing
    is no way to do it.
    """
    deed = form.manner
    if not deed or form.asks_contrast or not fit or says_how(deed, fit[0].text):
        return list(fit)
    likely = [one for one in fit if one.chance >= _LIKELY]
    if told := [one for one in likely if says_how(deed, one.text)]:
        return told
    little = len(form.plain) <= _FEW
    if speaks_of(deed, fit[0].text) and not little:
        return list(fit)
    told = [one for one in likely if speaks_of(deed, one.text)]
    return told or ([] if little else list(fit))


def speaks_of(deed: str, text: str) -> bool:
    """Whether a word of the text may tell the deed, in its own word or one that is put for it."""
    keys, put_for_it = frozenset({deed}), wordings_of(deed)
    return any(is_akin(one, keys) or act_key(one) in put_for_it for one in content_words(text))


def says_how(deed: str, text: str) -> bool:
    """Whether it says by what or upon what the deed was done: "was killed by the explosion"."""
    words = kin().get(deed, frozenset()) | wordings_of(deed) | {deed}
    return any(
        act_key(one.group()) in words and _MEANS.match(text, one.end())
        for one in _ANY_WORD.finditer(text)
    )


def _key(verb: str) -> str:
    key = act_key(verb)
    return key if may_be_a_verb(key) and key not in _SAYS_LITTLE else ""


def _has_form(verb: str, *, done: bool) -> bool:
    """Whether it has the form of a verb behind "did", or behind "was"."""
    if done:
        return verb.endswith("ed") or is_irregular(verb)
    return _NOUN.search(verb) is None and (not verb.endswith("s") or verb.endswith("ss"))
