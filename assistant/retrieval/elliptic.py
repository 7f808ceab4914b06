"""What a question in a few words leaves out: "And Togo?" asks of Togo what was asked of Ghana."""

import re

from assistant.retrieval.exchanged import (
    KIND_BEFORE,
    PERSON,
    POSSESSIVE,
    in_another_year,
    is_nation,
    owner_in,
    replaced_in,
)
from assistant.retrieval.french_pronouns import joined_in_french
from assistant.retrieval.grammar import AUXILIARIES, BE, CONJUNCTIONS
from assistant.retrieval.groups import is_whose
from assistant.retrieval.names import (
    NUMBERED,
    PROVISION,
    RUN,
    TEXT,
    is_several,
    kind_of,
    names_in,
)
from assistant.retrieval.plurals import ORDINAL
from assistant.retrieval.said_by_texts import said_by_the_text
from assistant.retrieval.several import chose_among, one_more
from assistant.retrieval.standalone import CARRIES, always_of_something, content_words
from assistant.retrieval.whether import (
    among_those_who,
    asked_whether,
    is_whether,
    is_why_not,
    whether_of,
    why_not,
    with_another,
)

_OPENING = (
    r"^\W*(?:(?:so|and|but)\s+)*(?:(?:what|how) about\s+|and\s+|but\s+|et\s+|mais\s+|"
    r"(?:and\s+|et\s+)?(?:(?:the\s+)?same(?:\s+(?:question|thing))?(?=\s+(?:for|of|with|in)\b)|"
    r"(?:la\s+)?même\s+(?:question|chose)(?=\s+(?:pour|avec|en|au))|idem(?=\s+pour))\s+|"
    r"qu(?:['’])en est-il\s+)"
)
_PREPOSITION = (
    r"(?:(?P<with>for|with|of|in|to|from|by|on|at|under|about|during|after|before|against|avec|pour|"
    r"en|au|aux|du|des|de|à|dans|sous)\s+|d['’])?"
)
_OF_ANOTHER = re.compile(
    rf"{_OPENING}(?:the ones?\s+)?{_PREPOSITION}"
    r"(?:(?:its|their|his|her)\s+[a-z]+\s+(?=(?-i:[A-ZÀ-Þ])))?"
    r"(?:that of\s+|(?:cell?es?|celui|ceux) d[eu]s?\s+)?"
    rf"(?:(?P<the>the)\s+|(?:le|la|les)\s+|l['’])?(?P<name>{PROVISION}|"
    rf"{RUN}(?:\s[a-zà-ÿ]+\s(?:de|du|of|d['’])\s?{RUN}|\s[a-zà-ÿ]+(?:éen|ique|al|ain)n?e?)?|\d{{4}})\W*$",
    re.IGNORECASE,
)
# "No, I meant Montenegro."
_CORRECTS = re.compile(
    r"^\W*(?:(?:no|nope|sorry|oops|pardon|non|actually)\W+)*"
    r"(?:i (?:meant|mean|was asking (?:about|for|of)|am asking (?:about|for|of))|"
    r"je (?:voulais dire|voulais parler d[eu]|parlais d[eu]|parle d[eu]|pensais à))\s+"
    r"(?=(?:the\s|la\s|le\s|les\s|l['’])?(?-i:[A-ZÀ-Þ])|\d|article\s)",
    re.IGNORECASE,
)
_BARE = re.compile(rf"^(?:(?:the|la|le|les)\s+|l['’])?(?:{NUMBERED}|{RUN}|\d{{4}})\s*\?\s*$")
# "Where?", "under which president?" after a question when, where, why or whether.
_ASKS_OTHERWISE = re.compile(
    rf"^\W*(?:(?:{CONJUNCTIONS})\s+)?(?P<wh>when|where|why|how|quand|où|pourquoi|comment|"
    r"(?:since|until|by|depuis)\s+(?:when|quand)|"
    r"(?:by|in|under|with|from|for|to|at|on)\s+(?:which|what|whom)(?:\s\w+){0,2})\W*$",
    re.IGNORECASE,
)
_ASKED_OTHERWISE = re.compile(
    r"^\W*(?:(?:when|where|why|how|quand|où|pourquoi|comment)\s+)?"
    rf"(?P<rest>(?:{AUXILIARIES})\s.+)$",
    re.IGNORECASE,
)
# "By when?" after "How many sanctions must the President impose?"
_HOW_MANY_DID = re.compile(
    rf"^\W*(?:how many|how much)\s+(?P<what>(?:[a-z-]+\s){{0,2}}?[a-z-]+)\s(?P<aux>{AUXILIARIES})\s"
    rf"(?P<who>(?:the\s)?(?:{RUN}|[a-z]+))\s(?P<did>[a-z]+)\W*$",
    re.IGNORECASE,
)
# "When?" after "Who founded the conference?": of these verbs the passive is known.
_DID = re.compile(
    r"^\W*who\s+(?P<done>[a-z]{2,}ed|led|won|held|built|wrote)\s+"
    r"(?P<what>(?:the\s+|an?\s+)?[^?]*(?-i:[A-ZÀ-Þ])[^?,]*?)\s*\?*$",
    re.IGNORECASE,
)
_WHY = re.compile(r"why|pourquoi", re.IGNORECASE)
_PASSIVE = {"wrote": "written"}
# "and the unemployment rate?", "and about customs?"
_OF_ANOTHER_KIND = re.compile(
    rf"{_OPENING}(?P<with>about\s+|for\s+|on\s+)?(?P<the>the\s+|its\s+|their\s+|la\s+|le\s+|les\s+|l['’])?"
    r"(?P<what>[a-zà-ÿ\d-][a-zà-ÿ\d%-]*(?:\s+[a-zà-ÿ-]+){0,3})\W*$",
    re.IGNORECASE,
)
_WHAT_OF = re.compile(
    r"^(?P<ask>\W*(?:what|who|how (?:high|large|big)|quel(?:le)?s?)\s+"
    rf"(?:{BE}|est|sont)\s+"
    r"(?:the|la|le|les|l['’])\s*)(?P<what>[\w’' -]+?)"
    r"(?P<of>\s+(?:of|in|for|at|under|d[eu]s?|de la|au|en)\s+(?:the\s+)?(?-i:[A-ZÀ-Þ]).*)$",
    re.IGNORECASE,
)
_SAID_OF = re.compile(r"^(?P<ask>.*\b(?:say|says|provide|state)\s+(?:about|on|of))\s+[^A-Z]+$")
_THE = re.compile(r"\bthe $", re.IGNORECASE)
_FRENCH = re.compile(
    r"\b(?:du |de la |des |de l['’]|d['’]|au |aux |à la |à l['’]|en |le |la |les |l['’])$",
    re.IGNORECASE,
)
_AMONG_THOSE = re.compile(r"^\W*which\s+of\s+those\b", re.IGNORECASE)
_WHERE = frozenset(["in", "at"])
_AT_A_PLACE = re.compile(r"\b(?:in|at|from|to)\s+(?:the\s+)?[A-ZÀ-Þ]|\b(?:here|there)\b")
_PROVISION = re.compile(NUMBERED, re.IGNORECASE)


def with_opening(question: str) -> str:
    """A correction, or a name alone with a question mark, as "And Montenegro?"; any other as is."""
    corrected = _CORRECTS.sub("And ", question)
    if corrected != question:
        return f"{corrected.rstrip(' .!?')}?"
    bare = _BARE.match(question) and content_words(question) and not is_whether(question)
    named = bare and not always_of_something(question)
    return f"And {question}" if named else question


def filled_in(question: str, before: str, about: str = "") -> str:
    """The question in full where it only names something else to ask the last one of; else as is.

    `before` is the question before it, as it reads by itself, and `about` what that is about. Where
    it is not plain what the new name takes the place of, the question stays as it is.
    """
    if not before or _OF_ANOTHER.match(before):
        return question
    asked, dash, carried = before.partition(CARRIES)
    full = _filled_in(question, asked, about)
    return f"{full}{CARRIES}{carried}" if dash and full != question else full


def _filled_in(question: str, before: str, about: str) -> str:
    if name := whether_of(question):
        return (
            among_those_who(name, before)
            or with_another(question, before)
            or asked_whether(_filled_in(f"And {name}?", before, about))
            or question
        )
    if found := _OF_ANOTHER.match(question):
        return _of_another(found, before, about) or question
    if not_so := why_not(question, before):
        return not_so
    if wh := _ASKS_OTHERWISE.match(question):
        return _otherwise(wh["wh"].capitalize(), before) or question
    if found := _OF_ANOTHER_KIND.match(question):
        return (
            _of_the_same_noun(found, before, about)
            or _of_another_kind(found, before)
            or _in_small_letters(found, before, about)
            or said_by_the_text(found, before, about)
            or question
        )
    return question


def asks_otherwise(question: str) -> bool:
    """Whether a question only asks when, where or why, or why not."""
    return _ASKS_OTHERWISE.match(question) is not None or is_why_not(question)


def name_given(question: str) -> str:
    """The name that is all that a question gives: "Chad" of "What about Chad?"; else nothing."""
    found = _OF_ANOTHER.match(with_opening(question))
    return found["name"].rstrip(".") if found else whether_of(question)


def place_given(question: str) -> str:
    """The place that is all that a question gives: "Chad" of "And in Chad?"; else nothing."""
    found = _OF_ANOTHER.match(question)
    name = found["name"].rstrip(".") if found and (found["with"] or "").lower() in _WHERE else ""
    return "" if name.isdigit() else name


def _otherwise(asks: str, before: str) -> str:
    """The last question, asked when, where or why."""
    if many := _HOW_MANY_DID.match(before):
        return f"{asks} {many['aux']} {many['who']} {many['did']} {many['what']}?"
    if of := _ASKED_OTHERWISE.match(before):
        rest = of["rest"]
        return f"{asks} {rest[:1].lower()}{rest[1:]}"
    if (did := _DID.match(before)) and not _WHY.match(asks):
        done = did["done"].lower()
        be = "were" if is_several(did["what"]) else "was"
        return f"{asks} {be} {did['what']} {_PASSIVE.get(done, done)}?"
    return ""


def _of_another(found: re.Match[str], before: str, about: str) -> str:
    name = POSSESSIVE.sub("", found["name"].rstrip("."))
    if name.isdigit():
        return in_another_year(name, found["with"] or "in", before)
    if _PROVISION.match(name) and not _PROVISION.search(before):
        return _of_the_text(name, about)
    with_article = f"{found['the'] or ''} {name}".strip()
    if of_those := one_more(with_article, before) or _one_of_those(found, before):
        return of_those
    replaced = replaced_in(name, before, found["with"] or "", about)
    person = PERSON.search(before)
    if owner := owner_in(before) if name != found["name"].rstrip(".") else None:
        replaced, person = owner, None  # "What about Chad's army, how large is it?", "And Mali's?"
    if replaced is None and person is None and all(map(is_whose, names_in(before))):
        return _there_too(found, before)
    if (replaced is None) is (person is None):
        return ""
    start, end = replaced or (person or found).span()
    opening, article = before[:start], "the " if found["the"] else ""
    if french := _FRENCH.search(found.string[: found.start("name")]):
        opening, article = joined_in_french(opening, french.group())
    full = f"{_THE.sub('', opening)}{article}{name}{before[end:]}"
    return f"{full[:1].upper()}{full[1:]}" if before[:1].isupper() else full


def _there_too(found: re.Match[str], before: str) -> str:
    """The last question, which named no place, of a place: "And in Chad?"."""
    there = (found["with"] or "").lower() in _WHERE
    if _AT_A_PLACE.search(before) or not (there or (names_in(before) and not found["with"])):
        return ""
    bare = before.rstrip(" ?.!")
    where = f"{found['with'] or 'in'} {found['the'] or ''} {found['name'].rstrip('.')}"
    return f"{bare} {' '.join(where.split())}{before[len(bare) :]}"


def _one_of_those(found: re.Match[str], before: str) -> str:
    """Whether another is among those that did what was asked: "What about France?".

    Where it was asked of some by their names, or of all that a text is of: a country takes the
    place of no treaty.
    """
    name = f"{found['the'] or ''} {found['name']}".strip()
    if chose_among(before) or _AMONG_THOSE.match(before):
        return among_those_who(name, before)
    kin = [kind_of(one.group()) for one in names_in(before)]
    texts = kin and all(kind and TEXT.fullmatch(kind) and kind != "acronym" for kind in kin)
    by_place = any(KIND_BEFORE.match(one.group()) for one in names_in(before))
    if found["with"] or not texts or by_place or not is_nation(found["name"]):
        return ""
    return among_those_who(name, before)


def _of_the_text(provision: str, about: str) -> str:
    """What an article says of the text that was spoken of: "And Article VII?"."""
    own = _PROVISION.sub("", provision)
    whole = re.sub(r"^(?:of|du|de)\s+", "", (own or _PROVISION.sub("", about)).strip())
    provision = provision.removesuffix(own)
    kind = kind_of(whole.removeprefix("the "))
    if not whole or not TEXT.fullmatch(kind):
        return ""
    return f"What does {provision[:1].upper()}{provision[1:]} of {whole} say?"


def _of_the_same_noun(found: re.Match[str], before: str, about: str) -> str:
    """Another of what was asked of: "the western command" in place of "the northern command"."""
    what = found["what"].strip()
    said = re.search(re.escape(about), before, re.IGNORECASE) if " " in about else None
    if said is None or not found["the"] or about.split()[-1] != what.split()[-1]:
        return ""
    return f"{before[: said.start()]}{found['the']}{what}{before[said.end() :]}"


def _of_another_kind(found: re.Match[str], before: str) -> str:
    """Another thing to tell of the same name: "the unemployment rate" of Ghana."""
    what = found["what"].strip()
    if ORDINAL.fullmatch(what):
        return ""
    if (said := _SAID_OF.match(before)) and found["with"]:
        return f"{said['ask']} {what}?"
    frame = _WHAT_OF.match(before)
    if frame is None or found["with"] or not found["the"]:
        return ""
    ask = frame["ask"]
    if is_several(what):
        ask = re.sub(r"\bis\b", "are", ask)
    return f"{ask}{what}{frame['of']}"


def _in_small_letters(found: re.Match[str], before: str, about: str) -> str:
    """The same where everything is written small: "and sweden?" after "when did finland join?"."""
    named = re.search(rf"\b{re.escape(about)}\b", before, re.IGNORECASE) if about else None
    if named is None or found["the"] or found["with"] or about == about.lower():
        return ""
    if names_in(before) or " " in found["what"].strip():
        return ""
    return f"{before[: named.start()]}{found['what'].strip()}{before[named.end() :]}"
