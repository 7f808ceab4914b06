"""Names in questions and answers, told by the form of their words: no list has them."""

import re

from assistant.retrieval.grammar import ASKS, ASKS_IN_FRENCH, AUXILIARIES
from assistant.retrieval.standalone import content_words

CAPITAL = r"(?:d['’])?(?-i:[A-ZÀ-Þ])(?:[\w’'.&/]*\w|-\d\w*|\.(?=\s(?-i:[A-Z])))"
"""A word with a capital."""
_NUMBER = r"(?:\d[\w.]*|(?-i:[IVXL]+))\b"
_JOIN = r"(?:(?:of|on|the|for|and|in|to|de|du|des|la|le|pour|d['’]|l['’]) ?)"
RUN = rf"{CAPITAL}(?:[ -]{_JOIN}{{0,2}}{CAPITAL}|[ -]{_NUMBER}|(?<=[a-z])\ of\ \d{{4}}\b)*"
"""A name: words with capitals, the numbers after them, and the small words between.

The year that tells one of several, too: "War of 1812".
"""
NUMBERED = rf"(?:article|section|chapter|chapitre|annexe?|r[eé]solution)\s{_NUMBER}"
"""A part of a text by its number."""
PROVISION = (
    rf"{NUMBERED}(?:\s(?:of|du|de|des)\s(?:the\s|la\s|l['’])?"
    rf"(?:[a-zà-ÿ]+\s(?:of|de|du)\s)?{RUN})?"
)
"""The same with the text that it is of, where that is named."""
# The word that opens a question is written large for no other reason.
NAME = re.compile(
    rf"(?<=[\s'’(“«-])(?<!^[\"'“«¿(])(?<![.!?] ){RUN}|^(?-i:[A-ZÀ-Þ]){{2,}}(?:[ -]{_NUMBER})?\b|"
    rf"\b{PROVISION}"
)
# "Alma Ata's declaration": of a name that opens a question no word is left out.
_AT_THE_START = re.compile(rf"(?={CAPITAL}[ -]{CAPITAL}){RUN}")
_ASKS_OR_TELLS = re.compile(
    rf"(?:{ASKS}|{AUXILIARIES}|{ASKS_IN_FRENCH}|compare|define|describe|discuss|explain|find|give|"
    r"identify|list|name|outline|provide|regarding|concerning|show|state|summari[sz]e|tell|suppose|"
    r"assuming|according|[a-zà-ÿ]+ly|[a-zà-ÿ]+ez|est-ce)(?:['’]s)?\b",
    re.IGNORECASE,
)
FRAME = re.compile(
    r"(?:United States(?: of America)?|U\.?S\.?A?\.?|America|Washington|United Nations|UN|"
    r"Security Council|Senate|Congress|NATO|Allies|Ally|European Union|EU|OSCE|États-Unis|"
    r"Nations Unies|ONU|OTAN|UE|Alliés)",
    re.IGNORECASE,
)
"""Whose doings are asked about as a rule, and seldom who is exchanged for another."""
OFFICE = re.compile(
    r"(?:secretar|minist|president|ambassador|chief|director|general|chairman|commander|supreme|prime|emperor|king\b|queen|pope\b|senator)",
    re.IGNORECASE,
)
"""An office is not exchanged for who holds it."""
KIN = re.compile(
    r"\b(?:(?:prime )?minister|president|ambassador|secretary(?:[ -]general)?|commander|chief|"
    r"leader|chairman|director|emperor|king|queen|pope|senator|governor|chancellor|founder|author|"
    r"successor|predecessor|deputy|wife|husband|spouse|father|mother|brother|sister|son|daughter|"
    r"opponent|rival|partner|colleague|head of (?:state|government))\b",
    re.IGNORECASE,
)
"""What somebody is to others, or to a state."""
KIND = re.compile(
    r"\b(?:treat(?:y|ies)|pacts?|conventions?|agreements?|charters?|documents?|acts?|protocols?|"
    r"missions?|operations?|exercises?|summits?|conferences?|commands?|forces?|councils?|plans?|"
    r"program(?:me)?s?|projects?|initiatives?|partnerships?|dialogues?|articles?|resolutions?|"
    r"cent(?:re|er)s?|committees?|commissions?|unions?|organi[sz]ations?|alliances?|wars?|cris[ei]s|"
    r"invasions?|embass(?:y|ies)|legations?|consulates?|offices?|courts?|funds?|banks?|declarations?|doctrines?|arrangements?|instructions?|"
    r"academ(?:y|ies)|corps|divisions?|brigades?|battlegroups?|battles?|directives?|decisions?|"
    r"laws?|expeditions?|movements?|campaigns?|experiments?|talks|diseases?|chapters?|sections?|"
    r"annex(?:es)?|presence|affair|purchase|system|"
    r"traités?|pactes?|accords?|chartes?|sommets?|conseils?|partenariats?|guerres?|crises?|"
    r"opérations?|résolutions?|ambassades?|décrets?|lois?)\b",
    re.IGNORECASE,
)
TEXT = re.compile(
    r"treaty|convention|agreement|pact|charter|protocol|constitution|act|law|regulation|directive|"
    r"declaration|document|arrangement|instruction|acronym|traité|accord|charte|loi|pacte"
)
"""Kinds of what says something in articles."""
EVENT = re.compile(
    r"\b(?:treaty|pact|agreement|accords?|summit|conference|war|cris[ei]s|invasion|battle|operation|"
    r"exercise|talks|affair|purchase|declaration|campaign|expedition|revolution|coup|attacks?|"
    r"affaire|airlift|blockade|incident|massacre|revolt|uprising|guerre|crise|sommet|traité|bataille)\b",
    re.IGNORECASE,
)
"""What happens and is over: of its time "then" is said, and of it "when was that?"."""
_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|I)\b[\s\d]*",
)
# "President Ada Lovelace on June 24"
_DAY = re.compile(rf"\s+(?:on|in|of)\s+(?:the\s+)?(?:{_MONTH.pattern}).*$")
_I = re.compile(r"\bI\b(?!\.)")
TITLE = re.compile(
    r"^(?:(?:President|Secretary|General|Admiral|Ambassador|Minister|Prime|Mr|Mrs|Ms|Dr|Sir|Colonel|"
    r"Captain|Chancellor|King|Queen|Senator|of|State|Defen[cs]e|Supreme|Commander)\b\.?\s*)+(?=[A-Z])"
)
# A capital that only opens a sentence.
_OPENS_A_SENTENCE = re.compile(
    r"^(?:(?:One|Two|Three|Some|Many|Most|All|Both|Each|Several|None)\s+of(?:\s+the)?|"
    r"One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Several|Another|Other|The|An?|In|On|At|As|By|For|To|From|With|When|While|Where|After|Before|Since|During|Under|"
    r"If|But|And|Or|So|Although|Though|However|He|She|It|They|This|That|These|There|His|Her|Its|"
    r"Their|Born|No|Yes|Only|Both|Each|All|Some|Many|Most|Le|La|Les|Un|Une|En|Au|Il|Elle|Ce)(?:\s|$)"
)
_PLURAL = re.compile(r"(?:[a-zà-ÿ]{2,}(?<![sui])s|people|forces|personnel)$")
_COMPLEMENT = re.compile(r"\s+(?:of|in|for|under|from|to|with|between|among|on|de|du|des|entre)\s+")


def names_in(text: str) -> list[re.Match[str]]:
    """The names of a question in their order, without offices and months."""
    first = _AT_THE_START.match(text)
    if first and (_ASKS_OR_TELLS.match(text) or not content_words(re.split("[ -]", text)[0])):
        first = None
    found = [first, *NAME.finditer(text, first.end())] if first else NAME.finditer(text)
    return [
        one
        for one in found
        if not (OFFICE.match(one.group()) or _MONTH.fullmatch(one.group()))
        and not _I.search(one.group())
    ]


def kind_of(name: str) -> str:
    """What kind of thing a name is of, as far as its words tell: "treaty", "number", or nothing."""
    if any(map(str.isdigit, name)) or re.search(r" [IVXL]+$", name):
        return name.split()[0].lower()
    found = KIND.findall(name)
    if found:
        # "Treaty of Ghent" and "Vienna Document": the kind stands first or last.
        return str(found[0] if name.startswith(found[0]) else found[-1]).lower()
    return "acronym" if len(name) > 2 and name.isupper() else ""


def is_several(words: str) -> bool:
    """Whether words name more than one thing."""
    bare = _COMPLEMENT.split(words)[0]
    return bool(_PLURAL.search(bare)) or " and " in bare or bare.startswith(("les ", "des "))


def singular(words: str) -> str:
    """One of several: "country" of "countries"."""
    return re.sub(r"ie$", "y", words.removesuffix("s")) if words.endswith("s") else words


def names_said(text: str) -> list[str]:
    """The names of an answer in their order, without months and those that act as a rule."""
    found = (_OPENS_A_SENTENCE.sub("", one.group()) for one in re.finditer(RUN, text))
    return [
        unowned(name.removeprefix("the "))
        for name in found
        if name and not _MONTH.fullmatch(name) and not FRAME.fullmatch(name)
    ]


def without_its_day(name: str) -> str:
    """The name without the day that stands behind it."""
    return _DAY.sub("", name)


def unowned(name: str) -> str:
    """The name without the "’s" of what is its own, and without a full stop."""
    return re.sub(r"['’]s?$", "", name.rstrip("."))
