"""A message that asks several things, as the questions it holds."""

import re

from assistant.retrieval.standalone import content_words, subject

MOST = 4
"""Questions of one message that are searched each by itself; what follows stays with the last."""

_ASKS = (
    r"(?:who|whom|whose|what|when|where|why|how|which|"
    r"qui|quoi|quand|où|pourquoi|comment|combien|quel(?:le)?s?)"
)
_BEFORE = r"(?:(?:in|to|by|from|for|with|since|on|at|under|à|de|par|depuis|dans|en)\s+)?"
# "and who is …", "; how …", and "and is it …", but no "who and where" and no "and has been".
_NEXT = re.compile(
    rf"\s*(?:;|,?\s*\b(?:and|et)\b)\s+(?:also\s+|aussi\s+)?"
    rf"(?={_BEFORE}{_ASKS}\b|"
    r"(?:is|are|was|were|does|do|did|has|have|can|could|should|will)\s+"
    r"(?:(?:it|its|they|their|he|she|there|the|a|an)\b|(?-i:[A-ZÀ-Þ])))",
    re.IGNORECASE,
)
_END = re.compile(r"(?<=\?)\s+")
# "When and where was it signed?"
_TWICE = re.compile(
    rf"^(?P<one>{_BEFORE}{_ASKS})\s*(?:,|,?\s+and|,?\s+et)\s+(?P<other>{_BEFORE}{_ASKS})\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_ASKS_SOMETHING = re.compile(
    rf"^(?:.*\b{_ASKS}\b|\s*(?:is|are|was|were|does|do|did|has|have|can|could|should|will|"
    r"explain|describe|define|list|name|tell|compare|est-ce)\b)",
    re.IGNORECASE,
)
_ENDS_ASKING = re.compile(rf"\b{_ASKS}\W*$", re.IGNORECASE)
_STANDS_FOR = re.compile(r"\b(?:it|they|them|he|she|him|this|that|these|those)\b", re.IGNORECASE)
_OWNS = re.compile(r"\b(?:its|their|his)\b", re.IGNORECASE)
_NAMED = re.compile(
    r"(?<!^)\b[A-ZÀ-Þ][\w’'&-]*(?:\s+(?:(?:of|on|the|for|and|in|de|du|des)\s+){0,2}"
    r"[A-ZÀ-Þ0-9][\w’'&-]*)*"
)
_ARTICLE = re.compile(r"^(?:an?|une?)\s+", re.IGNORECASE)
# "What is the purpose of exercises and who pays for them?"
_OF = re.compile(r"^(?:the|an?)\s+\w+\s+of\s+(?P<thing>.+)$", re.IGNORECASE)
# What is left of these without the words that ask is the name of a thing.
_OF_A_THING = re.compile(
    r"^\s*(?:(?:what|who)\s+(?:is|are|was|were)\b|define\b|describe\b|explain\b|tell\s+me\b|"
    r"qu[’']est-ce\b|qui\s+(?:est|sont)\b|quel(?:le)?s?\s+(?:est|sont)\b)",
    re.IGNORECASE,
)
_LONGEST = 40  # characters of what a pronoun stands for
_LONGEST_MESSAGE = 600  # characters of what may be several questions and is no text to be read


def questions_in(text: str) -> tuple[str, ...]:
    """The questions that a message asks, in its order; itself alone where it asks one thing.

    A later one says by name what it refers to, as far as the first names it.
    """
    if len(text) > _LONGEST_MESSAGE:
        return (text,)
    found = [part for each in _END.split(text.strip()) for part in _split(each)]
    found = [*found[: MOST - 1], " ".join(found[MOST - 1 :])] if len(found) > MOST else found
    if len(found) < 2 or not all(map(_is_question, found)):
        return (text,)
    return (found[0], *(_named(later, found[0]) for later in found[1:]))


def leaves_unnamed(later: str, first: str) -> bool:
    """Whether a later question names nothing where the first does: "Who was the ambassador?"."""
    return _NAMED.search(later) is None and _NAMED.search(first) is not None


def _split(sentence: str) -> list[str]:
    """The questions of one sentence."""
    if twice := _TWICE.match(sentence):
        rest = twice["rest"]
        return [f"{twice['one']} {rest}", f"{_capital(twice['other'])} {rest}"]
    parts: list[str] = []
    at = 0
    for joint in _NEXT.finditer(sentence):
        before, after = sentence[at : joint.start()], sentence[joint.end() :]
        if _is_question(before) and _is_question(after) and not _ENDS_ASKING.search(before):
            parts.append(f"{before.rstrip(' ,;?')}?")
            at = joint.end()
    return [*parts, _capital(sentence[at:])] if parts else [sentence]


def _is_question(text: str) -> bool:
    return bool(_ASKS_SOMETHING.match(text)) and bool(content_words(text))


def _named(later: str, first: str) -> str:
    """The later question with the name of what the first is about in place of a pronoun."""
    if not (_STANDS_FOR.search(later) or _OWNS.search(later)):
        return later
    name = _about(first)
    if not name:
        return later
    owner = f"{name}’" if name.endswith("s") else f"{name}’s"
    if _OWNS.search(later):
        return _OWNS.sub(owner, later, count=1)
    return _STANDS_FOR.sub(name, later, count=1)


def _about(question: str) -> str:
    """What a question is about: its subject where that is short, else the longest name in it."""
    about = subject(question)
    if _OF_A_THING.match(question):
        if of := _OF.match(about):
            about = of["thing"]
        if len(about) <= _LONGEST and not (_STANDS_FOR.search(about) or _OWNS.search(about)):
            return _ARTICLE.sub("the ", about)
    return max(_NAMED.findall(question), key=len, default="")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
