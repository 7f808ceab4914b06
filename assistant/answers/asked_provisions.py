"""Which article of which text a question asks for, and what of it."""

import re
from dataclasses import dataclass

from assistant.answers.numerals import KINDS
from assistant.answers.texts import Name, is_of_a_kind, name_of
from assistant.answers.words import stems
from assistant.roman import in_figures

NUMBER = r"\d{1,4}[a-z]?|[IVXLC]{1,6}|[A-Z]"
_ASKED = re.compile(
    rf"\b(?P<kind>{KINDS})\s+(?P<number>(?-i:{NUMBER}))\b(?:\s*\(\w+\))*"
    r"(?:\s*,?\s*(?:of|in|to|under|de|du|des)\s+(?:the\s+|la\s+|l[’'])?(?P<whole>\w.*?))?\W*$",
    re.IGNORECASE,
)
# What may stand before it where nothing but the text is asked for.
_ASKS_FOR_IT = re.compile(
    r"^\W*(?:please\s+)?(?:what(?:’s|'s|\s+is|\s+are|\s+was|\s+does|\s+do|\s+did)|quote|cite|read|"
    r"explain|define|show(?:\s+me)?|give(?:\s+me)?|tell me about|"
    r"(?:qu[’']est-ce )?que (?:dit|prévoit|dispose|stipule|contient|énonce|précise|prescrit|"
    r"signifie)|qu[’']est-ce que|quel(?:le)?s? (?:est|sont)|cite[rz]?|expliquez|donnez)\b"
    r"(?:\s+(?:the|in|meant|by|text|content|meaning|provisions?|wording|of|l[ae]s?|texte|teneur|"
    r"contenu|sens|du|des?|dispositions?)\b)*(?:\s+l[’']|\W)*$",
    re.IGNORECASE,
)
_VERB = (
    r"say|state|provide|mean|contain|require|stipulate|read|establish|oblige|regulate|"
    r"govern|cover|concern|address|define|prescribe|prohibit|forbid|ban|permit|allow|"
    r"guarantee|specify|grant|impose|(?:deal|do) with|set out|lay down|set forth|call for|"
    r"apply to|refer to|speak of|entail|include"
)
_SAYS = re.compile(
    rf"\W*\b(?:says|about|for|exactly|{_VERB})\b[\W\s]*(?:exactly|for|about|with)?\W*$",
    re.IGNORECASE,
)
# "What does Article 4 of the Treaty require a party to do?", "Under Article 4 of the Treaty, …"
_NARROWER = re.compile(
    rf"^(?P<said>\W*what\s+(?:does|do|did)\b.*?)\s+(?-i:{_VERB})\s+(?:(?:about|for|on)\s+)?"
    r"(?P<rest>\w.*)$",
    re.IGNORECASE,
)
_HOLDS = (
    r"(?:listed|named|mentioned|enumerated|set out|laid down|provided(?: for)?|given|stated|"
    r"contained|guaranteed|prohibited|required)\s+(?:in|by|under)"
)
_BELOW = re.compile(
    r"^\W*(?:under|according to|by|in)\s+(?P<said>[^,]+),\s*(?P<rest>\w.*)$|"
    rf"^(?P<before>.*\w)\s+(?:under|according to|by|{_HOLDS})\s+(?P<behind>\w.*)$",
    re.IGNORECASE,
)
# "Which means does Article 33 of the Charter list?"
_OF_A_KIND = re.compile(
    rf"^\W*(?:which|what)\s+(?P<rest>\w[^,;]*?)\s+(?:does|do|did)\s+"
    rf"(?P<said>(?:the\s+)?(?:{KINDS})\s+.*?)\s+(?P<verb>(?-i:[a-z]){{3,}})"
    r"(?:\s+(?:out|down|for|up|forth|with|to))?\W*$",
    re.IGNORECASE,
)
# "Article 5 North Atlantic Treaty"
_BARE = re.compile(
    rf"^\W*(?:the\s+)?(?P<kind>{KINDS})\s+(?P<number>(?-i:{NUMBER}))[\s,]+(?:the\s+)?"
    r"(?P<whole>\w[^,;]*?)\W*$",
    re.IGNORECASE,
)
# What the parts of texts are called in French is the same as what the English ones are.
_IN_ENGLISH = {"chapitre": "chapter", "annexe": "annex", "partie": "part", "titre": "title"}
_NOTHING = re.compile(r"\W*(?:the\b|l[’']?)?\W*", re.IGNORECASE)
_JOINS = stems("between regarding concerning must may can should")


@dataclass(frozen=True, slots=True)
class Provision:
    """A numbered part of a text, by its name in lower case.

    `whole` is how the text is named. `rest` are the stems of what is asked of the provision; empty
    where its text is asked for.
    """

    name: tuple[str, str]
    whole: Name
    rest: frozenset[str] = frozenset()


def asked_for(question: str) -> Provision | None:
    """The provision whose text is asked for, or what it says of something."""
    narrower = _NARROWER.match(question)
    texts = [(narrower["said"], narrower["rest"])] if narrower else []
    for said, rest in (*texts, (_SAYS.sub("", question), "")):
        found = _ASKED.search(said)
        if found and found["whole"] and _asks_for_it(said[: found.start()]):
            return _provision(question, found, rest)
    return _asked_without(question) or _asked_below(question)


def _asks_for_it(before: str) -> bool:
    return _NOTHING.fullmatch(before) is not None or _ASKS_FOR_IT.match(before) is not None


def _asked_without(question: str) -> Provision | None:
    """The provision of which a kind of thing is asked, or which is named and no more."""
    of_a_kind = _OF_A_KIND.match(question)
    if of_a_kind and (found := _ASKED.search(of_a_kind["said"])) and found["whole"]:
        return _provision(question, found, of_a_kind["rest"])
    bare = _BARE.match(question)
    return _provision(question, bare) if bare and is_of_a_kind(bare["whole"].capitalize()) else None


def _asked_below(question: str) -> Provision | None:
    """The provision under which something is asked."""
    if below := _BELOW.match(question):
        text, rest = below["said"] or below["behind"], below["rest"] or below["before"]
        found = _ASKED.match(re.sub(r"^\W*the\s+", "", text, flags=re.IGNORECASE))
        return _provision(question, found, rest) if found else None
    return None


def of_no_text(question: str) -> str:
    """The provision that a question asks for without saying of what: "article 5"; else nothing."""
    found = _ASKED.search(_SAYS.sub("", question))
    if found is None or found["whole"]:
        return ""
    before = question[: found.start()]
    alone = not before.strip() or _ASKS_FOR_IT.match(before)
    return f"{found['kind'].lower()} {found['number']}" if alone else ""


def _provision(question: str, found: re.Match[str], rest: str = "") -> Provision | None:
    whole = name_of(found["whole"], question) if found["whole"] else None
    return Provision(name_found(found), whole, stems(rest) - _JOINS) if whole else None


def name_found(found: re.Match[str]) -> tuple[str, str]:
    """Kind and number of what was found, in English and in figures."""
    kind = found["kind"].lower()
    return _IN_ENGLISH.get(kind, kind), in_figures(found["number"].lower())
