"""Questions of something that nobody has named yet: "Is it still in force?", "How many troops?"."""

import re

from assistant.retrieval.grammar import AUXILIARIES, CONJUNCTIONS, PRONOUNS
from assistant.retrieval.names import names_in
from assistant.retrieval.pronouns import stands_for_nothing
from assistant.retrieval.standalone import (
    always_of_something,
    says_of_what_not,
    telling_words,
)

_MOST = 2  # words that tell something
_NAMES = re.compile(r"(?<!^)(?<![.?!] )\b[A-ZÀ-Þ][\w’'-]+|\b[A-ZÀ-Þ]{2,}\b|\d")
_FOR_SOMETHING = re.compile(
    # "Who was there?", but no "Are there lighthouses?"
    rf"\b(?:(?<!is )(?<!are )(?<!was )(?<!were )there|there(?=\W*$)|(?!there\b)(?:{PRONOUNS})|"
    r"il|elle|ils|elles|cela|ça)\b(?!\s+(?:is|are|was|were)\s+(?:an?|the)\b)",
    re.IGNORECASE,
)
# "What are fjords and where do they …", "How did Oslo get its …": what is named before it in the
# question is what is meant, behind a conjunction by any of them, within a clause by an owner's.
_NAMED_BEFORE = re.compile(
    rf"\b(?:{AUXILIARIES})\s+(?P<what>(?!(?:{PRONOUNS})\b).+?)"
    rf"(?P<on>,?\s+(?:{CONJUNCTIONS}|or|if|when|ou)\s.*)?$",
    re.IGNORECASE,
)
_OWNERS = re.compile(r"(?:its|theirs?|his|her)", re.IGNORECASE)
_HOW_MANY = re.compile(
    r"^\W*(?:and\s+)?how\s+(?:many|much)\s+(?:[a-z-]+\s+)?[a-z-]+(?:\s+(?:is|are|was|were)\s+there)?"
    r"\W*$",
    re.IGNORECASE,
)
_COMBIEN = re.compile(r"^\W*(?:et\s+)?combien\s+(?:de\s+|d['’])[a-zà-ÿ-]+\W*$", re.IGNORECASE)
# What is between some, or of something, whatever its article.
_OF_SOME = (
    r"(?:relations?|ties|contacts|negotiations?|talks|co-?operation|support|assistance|policy|"
    r"policies|treat(?:y|ies)|agreements?|conventions?|protocols?|pacts?|wars?|conflicts?|cris[ei]s|"
    r"forces|troops|members|operations?|missions?|exercises?|conferences?|meetings?|visits?|"
    r"measures|activities|programmes?|programs?|projects?|traités?|accords?|guerres?|coopération|"
    r"négociations?)"
)
_TELL = re.compile(
    r"^\W*(?:(?:please\s+)?(?:tell me|talk|say something)(?:\s+(?:more|something))?\s+about|"
    r"(?:what|how) about|and|qu['’]en est-il\s+(?:de\b|du\b|des\b|d['’])|"
    r"parle[rz]?-moi\s+(?:de\b|du\b|des\b|d['’]))\s*"
    r"(?:(?:the|this|that|these|those|la|les?)\s+|l['’])?(?P<what>[a-zà-ÿ-]+)\W*$",
    re.IGNORECASE,
)
_INVERTED = re.compile(r"-(?:t-)?(?:ils?|elles?)\b", re.IGNORECASE)
# "How does an attaché get there?" says of whom it asks.
_OF_ONE = re.compile(r"\b(?:an?|une?)\s+[a-zà-ÿ]", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:the|la|les?)\s|\bl['’]", re.IGNORECASE)


def is_of_something_unsaid(question: str) -> bool:
    """Whether a question that nothing was said before leaves open what it is asked of."""
    if _NAMES.search(question.strip()) or names_in(question):
        return False
    if told := _TELL.match(question):
        return re.fullmatch(_OF_SOME, told["what"], re.IGNORECASE) is not None
    if _HOW_MANY.match(question) or _COMBIEN.match(question):
        return True
    few = len(telling_words(_INVERTED.sub("", question))) <= _MOST
    if few and (found := _FOR_SOMETHING.search(question)):
        before = question[: found.start()]
        told_there = _OF_ONE.search(before) or _is_named_before(before, found[0])
        return not told_there and not stands_for_nothing(question)
    definite = _DEFINITE.search(question) is not None
    return few and definite and always_of_something(question) and says_of_what_not(question)


def _is_named_before(before: str, pronoun: str) -> bool:
    """Whether a pronoun stands for what the question itself names in front of it."""
    named = _NAMED_BEFORE.search(f"{before.strip()} ")
    if named is None or not telling_words(named["what"]):
        return False
    return bool(named["on"]) or _OWNERS.fullmatch(pronoun) is not None
