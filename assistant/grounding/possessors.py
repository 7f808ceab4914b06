"""What somebody's successor, deputy or rival does, told of himself.

"Reid resigned. Her deputy signed" has all words of "Reid signed" side by side. "He" and "she" go on
telling of whom the sentence before did; who is somebody's own to him is another.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from assistant.grounding.meanings import akin
from assistant.grounding.names import stem_of, stems_of
from assistant.grounding.predicates import Deed, deed_of, tells
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase

# Who speaks of his own deeds, where it is told that "he" does them.
_APART = (
    r"successor|predecessor|rival|opponent|competitor|challenger|counterpart|enemy|ally|neighbou?r|"
    r"assassin|critic"
)
# A state's minister or envoy acts for it, and a man's envoy for him.
_OF_HIM = (
    r"deputy|colleague|advis[eo]r|aide|assistant|secretary|minister|president|chancellor|governor|"
    r"ambassador|general|lieutenant|commander|chief|director|boss|superior|mentor|friend|partner|"
    r"wife|husband|widow|father|mother|brother|sister|uncle|aunt|cousin|nephew|niece|son|daughter|"
    r"grandson|heir|student|disciple|subordinate"
)
# It opens a sentence, what is joined to one, or what follows on where or when.
_WHOSE = re.compile(
    r"(?:^|[;:.!?][”\"’)]*\s+|,?\s(?:and|but|while|whereas)\s+|"
    r"(?<![^.!?]\s)(?:In|On|At|By|After|During|Later|Meanwhile|However|Instead|Then)\b[^,.;]{0,40},\s+)"
    rf"(?P<who>(?:(?P<of>his|her)\s+(?:[\w’'-]+\s+){{0,2}}?(?:(?P<apart>{_APART})|{_OF_HIM})"
    rf"|(?:its|their)\s+(?:[\w’'-]+\s+){{0,2}}?(?P<theirs>{_APART}))(?!['’-]))\b",
    re.IGNORECASE,
)
# In "met Bush and his deputy and signed" he is one of those met.
_LISTED = re.compile(r"(?:,[^,;.]{2,60},)?\s*(?:and|or)\s")
_ENDS = re.compile(r";|(?<!\s[A-Z])[.!?](?=\s)")
_BY = re.compile(r"\bby\s+(?=[A-ZÀ-Þ])")
_HIM = re.compile(r"\b(?:him|himself|herself|them|her)\b(?!\s+[a-z])")
_PRONOUN = re.compile(r"\b(?P<one>he|she|it|they)\s+(?:[a-z]+\s+){0,3}$")
_OTHER = {"his": "she", "her": "he"}
_MOST = 0.6
_WHEN = frozenset({Kind.NUMBER, Kind.MONTH})


def done_by_theirs(sentence: str, span: str) -> str:
    """What is wrong where the span says of "his successor" what is said here of himself."""
    deed = deed_of(sentence)
    subject = _subject(sentence, deed) if deed else ()
    if deed is None or not subject:
        return ""
    rest = [one for one in terms(sentence) if tells(one) and one not in subject]
    named = stem_of(subject[-1].text)
    for whose in _WHOSE.finditer(span):
        before, behind = span[: whose.start()], _clause(span[whose.end() :])
        others = f"{before} {span[whose.end() + len(behind) :]}"
        if _LISTED.match(behind) or named not in stems_of(before) or named in stems_of(behind):
            continue
        if _is_told(deed.verb, rest, behind, others) and _is_his(deed.verb, behind, whose):
            said = sentence[subject[0].start : subject[-1].end]
            return phrase("done-by-theirs", whose=whose["who"], said=said)
    return ""


def _subject(sentence: str, deed: Deed) -> Sequence[Term]:
    """The names of who does it; none where other words stand beside them."""
    subject: Sequence[Term] = deed.subject
    if deed.passive:
        by = _BY.search(sentence, deed.verb.end)
        after = [one for one in terms(sentence) if by and one.start >= by.end()]
        subject = tuple(takewhile(lambda one: one.text[0].isupper(), after))
    subject = [one for one in subject if one.kind not in _WHEN]
    return subject if all(one.text[0].isupper() for one in subject) else ()


def _clause(behind: str) -> str:
    end = _ENDS.search(behind)
    return behind[: end.start()] if end else behind


def _is_told(verb: Term, rest: Sequence[Term], clause: str, others: str) -> bool:
    """Whether a clause tells most of it, and nothing else does so."""
    here = [one for one in rest if _find(one, clause)]
    if _find(verb, clause) is None or _find(verb, others):
        return False
    return len(here) >= _MOST * len(rest)


def _find(said: Term, text: str) -> Term | None:
    return next((one for one in terms(text) if akin(one.key, said.key)), None)


def _is_his(verb: Term, clause: str, whose: re.Match[str]) -> bool:
    """Whether the deed of a clause is that of whom it begins with: none that is done to "him"."""
    deed = _find(verb, clause)
    before = clause[: deed.start] if deed else ""
    if _HIM.search(before):
        return False
    pronoun = _PRONOUN.search(before)
    if pronoun is None or whose["apart"] or whose["theirs"]:
        return True
    return _OTHER.get((whose["of"] or "").lower()) == pronoun["one"]
