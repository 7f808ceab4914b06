"""A message that asks several things, as the questions it holds."""

import re

from assistant.retrieval.grammar import ASKS, ASKS_IN_FRENCH, AUXILIARIES, BE, PRONOUNS
from assistant.retrieval.pronouns import named
from assistant.retrieval.referents import Subject, subject_of
from assistant.retrieval.standalone import content_words

MOST = 4
"""Questions of one message that are searched each by itself; what follows stays with the last."""

_ASKS = rf"(?:{ASKS}|{ASKS_IN_FRENCH})"
_BEFORE = r"(?:(?:in|to|by|from|for|with|since|on|at|under|à|de|par|depuis|dans|en)\s+)?"
# "and who is …", "; how …", and "and is it …", but no "who and where" and no "and has been".
_NEXT = re.compile(
    rf"\s*(?:;|,?\s*\b(?:and|et)\b)\s+(?:also\s+|aussi\s+)?"
    rf"(?={_BEFORE}{_ASKS}\b|"
    rf"(?:{AUXILIARIES})\s+"
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
    rf"^(?:.*\b{_ASKS}\b|\s*(?:{AUXILIARIES}|"
    r"explain|describe|define|list|name|tell|compare|est-ce)\b)",
    re.IGNORECASE,
)
_COMMA = re.compile(
    r",\s*(?:(?:and|et)\s+)?|(?<!when)(?<!where)(?<!what)(?<!how)(?<!why)(?<!who)(?<!quand)"
    rf"(?<!où)\s+(?:and|et)\s+(?={_BEFORE}{_ASKS}\b)",
    re.IGNORECASE,
)
# "Marshall, who became Secretary" goes on about him; "…, who mediated it" asks.
_RELATIVE = re.compile(r"(?:who|whom|whose|which|qui)\b", re.IGNORECASE)
_LEANS = re.compile(rf"\b(?:{PRONOUNS}|there)\b", re.IGNORECASE)
_OPENS_ASKING = re.compile(rf"{_BEFORE}{_ASKS}\b(?:\W+\w+){{2}}", re.IGNORECASE)
_FEWEST_LISTED = 3
_ENDS_ASKING = re.compile(rf"\b{_ASKS}\W*$", re.IGNORECASE)
_NAMED = re.compile(
    r"(?<!^)\b[A-ZÀ-Þ][\w’'&-]*(?:\s+(?:(?:of|on|the|for|and|in|de|du|des)\s+){0,2}"
    r"[A-ZÀ-Þ0-9][\w’'&-]*)*"
)
# "Who succeeded Rey, and when did he resign?" asks that of whoever the answer names.
_WHO_DID = re.compile(rf"^\W*(?:who|qui)\s+(?!(?:{BE}|est|sont|était|étaient)\b)", re.IGNORECASE)
_HE = re.compile(r"\b(?:he|she|him|her|his)\b", re.IGNORECASE)
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
    if _WHO_DID.match(found[0]) and any(map(_HE.search, found[1:])):
        return (text,)
    about = subject_of(found[0], Subject())
    return (found[0], *(named(later, about) for later in found[1:]))


def leaves_unnamed(later: str, first: str) -> bool:
    """Whether a later question names nothing where the first does: "Who was the ambassador?"."""
    return _NAMED.search(later) is None and _NAMED.search(first) is not None


def _split(sentence: str) -> list[str]:
    """The questions of one sentence."""
    return [part for each in _listed(sentence) for part in _split_once(each)]


def _listed(sentence: str) -> list[str]:
    """Three questions and more, one after the other: each of them opens with what it asks by."""
    parts = _COMMA.split(sentence)
    if len(parts) < _FEWEST_LISTED or not all(map(_OPENS_ASKING.match, parts)):
        return [sentence]
    goes_on = any(_RELATIVE.match(one) and not _LEANS.search(one) for one in parts[1:-1])
    if goes_on or not all(map(_is_question, parts)):
        return [sentence]
    ended = [f"{part.rstrip(' ?')}?" for part in parts]
    return [ended[0], *map(_capital, ended[1:])]


def _split_once(sentence: str) -> list[str]:
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


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
