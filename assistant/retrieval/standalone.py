"""From a follow-up to a question that can be searched without its history."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from assistant.retrieval.designations import written_apart
from assistant.retrieval.grammar import BE, CONJUNCTIONS
from assistant.types import Role, StandaloneQuestion, Turn

_OPENS_ON_CONTEXT = re.compile(
    r"^\s*(and|but|so|also|what about|how about|what else|why so|for example|such as|or|then|"
    r"et|mais|qu'en est-il|et pour|donne[rz]?(?:-moi)? (?:un|des) exemples?)\b",
    re.IGNORECASE,
)
_REFERS_BACK = re.compile(
    r"\b(it|its|they|them|their|theirs|this|that|these|those|he|she|his|her|him|"
    r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!n't )there(?! (?:is|are|was|were)\b)|"
    r"such|one|ones|former|latter|same|others?|another|more|else|"
    r"il|elle|ils|elles|cela|ça|ceci|leurs?|y|en)\b",
    re.IGNORECASE,
)
# What opens a question and says nothing of its subject. "How many" and "when" stay: a follow-up
# often asks the same of something else.
_ASKS = re.compile(
    r"^\s*(?:(?:can|could|would|will)\s+you\s+|please\s+)*(?:"
    r"(?:tell\s+me|explain|describe|define|explique[rz]?|décri(?:s|vez))(?:\s+(?:more\s+)?about)?|"
    r"(?:what|who)\s+(?:is|are|was|were|does|do|did|has|have|had|can|could|would|will|should)|"
    r"what(?:'|’)s|who(?:'|’)s|do\s+you\s+know|is|are|was|were|does|do|did|"
    r"qu(?:'|’)est-ce\s+qu(?:e\b|'|’)|que\s+sont|qui\s+(?:est|sont|était|étaient)|"
    r"quel(?:le)?s?\s+(?:est|sont|était|étaient)|parle[rz]?-moi\s+d(?:es?\b|u\b|'|’)"
    r")(?=\W|(?<=['’]))\s*",
    re.IGNORECASE,
)
_LONGEST_SUBJECT = 120  # characters

# A question with fewer content words than this cannot be searched by itself.
_FEW = 2
_TELL_MORE = re.compile(
    r"^\W*(?:(?:can|could) you )?(?:please )?tell me more about\b", re.IGNORECASE
)
# "Who is the president?", "when was the embassy opened?": of what is not said.
_OF_NOTHING = re.compile(
    r"^(?:(?!\b(?:of|between|for|in|on|with|from|to|about|under|by|at|du|de|des|en|"
    r"a(?!\s[\wà-ÿ]+é)|an|this|that)\b)"
    r"(?:GDP|GNP|PIB|[^A-ZÀ-Þ\d]))*$"
)
_DEFINITE = re.compile(r"\b(?:the|la|le|les)\s+\w|\bl['’]\w", re.IGNORECASE)
_GOES_ON = re.compile(r",?\s+(?:and|but|et|mais)\s+(?=.*\b(?:it|its|they|their|them)\b)", re.I)
_INVERTED = re.compile(r"[\wà-ÿ]+(?P<who>-(?:t-)?(?:ils?|elles?))\b", re.IGNORECASE)
# "Who objected at first?", "under which president?"
_OF_NOBODY = re.compile(
    r"^\W*(?:who|what|when|where|why|how)\s+(?:\w{3,}ed|came|went|won|lost|left|paid|led|began|"
    r"attended|voted)(?:\s+(?:at first|at last|first|last|then|next|afterwards|for|against))?\W*$|"
    r"^\W*(?:by|in|under|with|from|for|to|at|on)\s+(?:which|what|whom|how many)(?:\s\w+)?\W*$",
    re.IGNORECASE,
)
# What always is something's, with an article or without.
_HAD = re.compile(
    r"\b(?:types?|kinds?|forms?|causes?|effects?|benefits?|(?:dis)?advantages?|costs?|risks?|symptoms?|"
    r"differences?|examples?|members?|tasks?|duties|duty|reasons?|results?|consequences?|sources?|"
    r"uses?|features?|objectives?|aims?|goals?|rules?|limits?|conditions?|criteria|exceptions?|"
    r"origins?|purposes?|alternatives?|applications?|challenges?|criticisms?|treatments?|"
    r"missions?|presidents?|capitals?|populations?|heads?|leaders?|chiefs?|commanders?|ministers?|"
    r"ambassadors?|governments?|currenc(?:y|ies)|languages?|religions?|neighbou?rs?|borders?|areas?|"
    r"size|budget|staff|strength|seat|headquarters|mandate|history|meaning|definition|roles?|"
    r"functions?|prices?|dates?|authors?|signator(?:y|ies)|part(?:y|ies)|outcome|status|basis|"
    r"structure|composition|chairman|director|founders?|names?|exports?|imports?|econom(?:y|ies)|"
    r"rates?|gdp|inflation|unemployment|climate|flag|anthem|constitution|parliament|pros|cons|"
    r"membres?|effets?|coûts?|tâches?|raisons?|avantages?|objectifs?|capitale|président|langues?)\b",
    re.IGNORECASE,
)
_MOST_OF_NOTHING = 3
# "What is a STANAG?" stands by itself, "what is the capital?" does not.
_NAMES_ONE_THING = re.compile(
    rf"^\W*(?:(?:what|who)(?:['’]s|\s+(?:{BE}))|define|explain|describe|tell me about|"
    r"qu(?:['’])est-ce\s+qu(?:e|['’])|qui\s+(?:est|était|sont))\s*"
    r"(?:(?:an?|une?)\s+\S|l['’]\S|(?:the\s+|la\s+|le\s+|les\s+)?(?-i:[A-ZÀ-Þ])\w|"
    r"(?!the\b|an?\b|next\b|first\b)[\w-]{4,}\s*\??$)",
    re.IGNORECASE,
)
# Asks when, where or why, with nothing of what: the whole of the last question is meant.
_ADVERBIAL = re.compile(
    rf"^\W*(?:(?:{CONJUNCTIONS})\s+)?(?:(?:since|by|from|for|until|depuis|par|pour)\s+)?"
    r"(?:when|where|why|how|whom?|which|what|quand|où|pourquoi|comment|combien|qui|quel\w*)\b"
    rf"(?:\s+(?:{BE})\s+(?:that|this))?\W*(?:\w+\W*)?$",
    re.IGNORECASE,
)
# "What does the article say?" is asked of the article.
_SAYS = re.compile(r"\s+(?:say|provide|state|mean)$", re.IGNORECASE)
# "What about women?" after "What is the military service age in Mali?"
_WHAT_ABOUT = re.compile(r"^\W*(?:(?:and|but)\s+)?(?:what|how)\s+about\s", re.IGNORECASE)
_WHAT_IS_THE = re.compile(rf"^\W*what(?:['’]s|\s+(?:{BE}))\s+the\s", re.IGNORECASE)
_FOLLOW_UP_WEIGHT = 0.5
_SAME_CONVERSATION_WEIGHT = 0.3
# "Why is that?" says nothing of what it is about.
_EMPTY_QUESTION_WEIGHT = 2.0

CARRIES = " — "
"""What stands between a question and what of the conversation is put behind it."""

# How far back a conversation is looked at, and how much of its last answer, in characters.
_TURNS = 4
_ANSWERS = 2
_OF_ANSWER = 400

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


def resolve(
    question: str,
    history: Sequence[Turn],
    *,
    leans: bool = False,
    stands: bool = False,
    about: str = "",
    before: str = "",
) -> StandaloneQuestion:
    """The question in words that need no history, and what of the history to mix in.

    A follow-up ("and for partners?", "why is that?") carries the last question that stood by
    itself. Any other question of a conversation is searched in its own words, with a smaller
    share of the question before it: people stay with a subject more often than they leave it. One
    that `leans` is a follow-up, though its words do not tell.
    """
    asked = written_apart(" ".join(question.split()))
    earlier = [" ".join(t.content.split()) for t in history if t.role is Role.USER]
    earlier = [text for text in earlier if text]
    if not earlier:
        return StandaloneQuestion(text=asked, asked=asked)
    answers = [" ".join(t.content.split()) for t in history if t.role is Role.ASSISTANT]
    follow_up = StandaloneQuestion(
        text=asked,
        asked=asked,
        context=before or earlier[-1],
        weight=_SAME_CONVERSATION_WEIGHT,
        earlier=tuple(earlier[-_TURNS:]),
        answers=tuple(answers[-_ANSWERS:]),
        background=_background(earlier, answers),
    )
    if stands or not (leans or needs_context(asked)):
        about = about if not stands and says_of_what_not(asked) else ""
        return replace(follow_up, text=f"{asked}{CARRIES}{about}") if about else follow_up
    standing = (text for text in reversed(earlier) if not needs_context(text))
    context = before or next(standing, earlier[0])
    weight = _FOLLOW_UP_WEIGHT if content_words(asked) else _EMPTY_QUESTION_WEIGHT
    said = "\n".join(t.content for t in history if t.role is Role.ASSISTANT)
    last, *more = context.split(CARRIES)
    of_last = CARRIES.join((_SAYS.sub("", subject(last)), *more))
    whole = _ADVERBIAL.match(asked) or (_is_of_some(asked, last) and about in of_last)
    carried = about if about and not whole else of_last
    text = f"{asked}{CARRIES}{carried}"
    return replace(follow_up, text=text, context=context, weight=weight, said=said)


def _is_of_some(asked: str, last: str) -> bool:
    """Whether the last question is asked of some only, and of nothing else of the same."""
    some = _WHAT_ABOUT.match(asked) and not always_of_something(asked)
    return bool(some) and _WHAT_IS_THE.match(last) is not None


def subject(question: str) -> str:
    """What a question asks about, in its own words, for a reader; a long one is cut at a word."""
    bare = question.rstrip(" ?.!…") or question
    about = _ASKS.sub("", bare, count=1) or bare
    if len(about) > _LONGEST_SUBJECT:
        about = about[:_LONGEST_SUBJECT].rpartition(" ")[0] or about[:_LONGEST_SUBJECT]
        about = f"{about} …"
    return about


def _background(earlier: Sequence[str], answers: Sequence[str]) -> str:
    """What is read before the question: how the conversation began, and where it is."""
    last = [answer[:_OF_ANSWER] for answer in answers[-1:]]
    return " ".join(dict.fromkeys((earlier[0], earlier[-1], *last)))


def needs_context(question: str) -> bool:
    """Whether the question says too little by itself to be searched."""
    question = _first_part(_TELL_MORE.sub("", question))
    inverted = _INVERTED.search(question)
    if inverted and content_words(question[: inverted.start()]):
        # "Quand la Tunisie est-elle devenue indépendante ?" says who she is.
        question = question.replace(inverted["who"], "")
    if _OPENS_ON_CONTEXT.search(question) or _REFERS_BACK.search(question):
        return True
    if _OF_NOBODY.match(question):
        return True
    return len(content_words(question)) < _FEW and not _NAMES_ONE_THING.match(question)


def _first_part(question: str) -> str:
    """What stands before an "and" that goes on from it: there "it" is what was named before."""
    found = _GOES_ON.search(question)
    before = question[: found.start()] if found else ""
    return before if content_words(before) else question


def says_of_what_not(question: str, *, had: bool = False) -> bool:
    """Whether it asks of "the president" or of costs, and names nothing that has them.

    With `had`, only of what always is something's.
    """
    if not _OF_NOTHING.match(question.strip()[1:]) or _NAMES_ONE_THING.match(question):
        return False
    asks = _HAD.search(question) or (not had and _DEFINITE.search(question))
    said = content_words(_INVERTED.sub("", question).replace(" été ", " "))
    return bool(asks) and len(said) <= _MOST_OF_NOTHING


def always_of_something(words: str) -> bool:
    """Whether words name what always is something's, as "costs"."""
    return _HAD.search(words) is not None


def content_words(text: str) -> list[str]:
    """The words that carry meaning, lower-case, in order."""
    words = (word.lower() for word in _WORD.findall(text))
    common = _common_words()
    return [word for word in words if word not in common]


def telling_words(text: str) -> list[str]:
    """The content words but those that stand for something said before, as "it"."""
    return [word for word in content_words(text) if not _REFERS_BACK.fullmatch(word)]


@cache
def _common_words() -> frozenset[str]:
    file = files("assistant.retrieval") / "common_words.txt"
    return frozenset(file.read_text(encoding="utf-8").split())
