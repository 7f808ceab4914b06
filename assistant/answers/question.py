"""What kind of answer a question asks for, read from its words."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.answers.counting import MONTHS, QUANTITY, counts_others
from assistant.answers.kinds import same_kind
from assistant.answers.tongues import tongue_of
from assistant.answers.words import Names, read_names, stems
from assistant.retrieval.translation import translated


class Expected(StrEnum):
    """What a sentence must hold to answer: a point in time, a quantity, a name, or anything."""

    TIME = "time"
    QUANTITY = "quantity"
    NAME = "name"
    ANYTHING = "anything"


# "Who" and "when" ask where they open a question or a part of it; elsewhere they only go on, as in
# "the officer who signed it" and "outside the treaty when it was signed".
_ASKING = (
    r"(?:^|[:;—–?!(]|^\W*(?:in|on|under|during|at|for|after|before|within|en|sous)\b[^,?]{1,60},|"
    r"\b(?:and|or|but|so|then|also|just|exactly|know|say|tell|me|us|explain|find out|"
    r"by|to|from|since|until|till|for|with|of|against|under|behind|et|ou|mais|à|de|par|pour|avec|"
    r"depuis|jusqu[’']à|contre|est-ce|c[’']est)\b)[\W_]*"
)
_TIME_ASKED = re.compile(
    rf"{_ASKING}(?:when|quand)\b|\bwhen\W*$|"
    r"\b(?:(?:what|which) (?:year|date|day|month|century)|en quelle année|à quelle date)\b",
    re.IGNORECASE,
)
_QUANTITY_ASKED = re.compile(
    r"\b(how (?:many|much|long|old|far|large|big|often|tall|high|deep|fast)|"
    r"what (?:number|percentage|share|proportion|amount|size|population)|combien)\b",
    re.IGNORECASE,
)
# "Where does the term come from?" asks for a story, not for a place.
_PLACE_ASKED = re.compile(
    r"\b(?:where(?!by|as)(?!.*\b(?:from|originat\w*)\b)|"
    r"(?:what|which) (?:country|city|town|place)|où|quel(?:le)? (?:pays|ville))\b",
    re.IGNORECASE,
)
_CAUSE_ASKED = re.compile(r"^\W*(?:and\s+)?(?:why|pourquoi|what caused)\b", re.IGNORECASE)
_CAUSE = re.compile(
    r"\b(?:because|since|due to|owing to|as a result of|in response to|in order to|so that|"
    r"so as to|to (?:avoid|prevent|ensure|protect)|caus(?:e|es|ed)|reasons?|motivated|prompted|"
    r"fear(?:ed|s|ing)?|led to|failed|failure|parce que|afin de|en raison de|à cause de)\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9&/-]+s?\b")
_YES_OR_NO_ASKED = re.compile(
    r"^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|should|shall|will|"
    r"would|est-ce qu(?:e|[’'])|peut-on|faut-il)\b(?!.*\bor\b)",
    re.IGNORECASE,
)
# What a definition is asked with is not what is defined.
_DEFINING = re.compile(
    r"^\s*define\b|\b(?:means?|meant by|stands? for|signifie)\b|\b(?:definition|meaning) of\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:how many|combien d[e'’])\s*(?:\w+\s+){0,1}?"
    r"(?P<noun>(?!(?:does|was|has|this|its|his)\b)\w{3,}s)\b",
    re.IGNORECASE,
)
_DURATION_ASKED = re.compile(r"\b(?:how long|combien de temps)\b", re.IGNORECASE)
_DURATION = re.compile(
    r"(?:\d|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|few|"
    r"\w+teen|\w+ty|hundred|thousand|un|une|deux|trois|quatre|cinq)\b)\W+(?:\w+\W+)?"
    r"(?:minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|heures?|jours?|"
    r"semaines?|mois|ans?|années?)\b|"
    r"\b1\d{3}\b.*\b(?:to|until|till|through|–|-|and|jusqu\w+)\W*(?:\w+\W+){0,3}?(?:1\d|20)\d{2}\b|"
    r"\b(?:until|since|jusqu\w+|depuis)\b",
    re.IGNORECASE,
)
_NAME_ASKED = re.compile(rf"{_ASKING}(?:who|whom|whose|qui|lequel|laquelle)\b", re.IGNORECASE)
_LIST_ASKED = re.compile(
    r"\b(?:what|which)\s+(?:are\s+(?:the\s+)?)?(?:[\w-]+\s+){0,2}?"
    r"(?P<focus>(?!(?:is|was|does|has|this|its|as)\b)\w{2,}(?<!s)s)\b|"
    r"\b(?:list|name|enumerate)\b|^\W*(?:please\s+)?give (?:me|us) the\b",
    re.IGNORECASE,
)
_LIST_ASKED_IN_FRENCH = re.compile(
    r"(?:\bquel(?:le)?s\s+(?:(?:sont|étaient|furent|ont été)\s+)?|"
    r"\b(?:énumére[rz]|énumère|liste[rz]?|cite[rz]?|nomme[rz]?|donne[rz]?(?:[- ]moi)?)\s+)"
    r"(?:(?:l[ea]s|leurs|ses)\s+)?"
    r"(?:(?:princip(?:aux|ales)|grande?s|autres|différente?s|diverse?s|premi[eè]re?s)\s+)*"
    r"(?P<focus>\w{2,}[sx])\b",
    re.IGNORECASE,
)
_CONTRAST_ASKED = re.compile(
    r"\b(differ\w*|compar\w*|versus|vs\.?|contrast\w*|distinguish\w*|unlike|diffère\w*|différence\w*)\b",
    re.IGNORECASE,
)
_CAPITAL = r"(?-i:[A-ZÀ-Þ])[\w’'-]*"
_OF_NAMED = rf"\s+of\s+(?:the\s+)?{_CAPITAL}(?:\s+(?:of\s+|the\s+|and\s+)*{_CAPITAL})*"
# "What is a STANAG?", but not "what is the capital of France": that asks for a fact.
_DEFINITION_ASKED = re.compile(
    r"^\s*(?:(?:what(?:’s|'s| is| are)(?: meant by| the (?:definition|meaning) of)?|define|"
    r"qu[’']est-ce qu(?:e|['’]))(?!\s+(?:the|its|their|his|her|our|your|some|all|any|other)\b)"
    r"(?:\W*\b\w+\b){1,6}|what (?:does|do)(?:\W+\w+){1,6}\W+(?:mean|stand for)|"
    r"que signifie(?:\W+\w+){1,6}|"
    # "What is the North Atlantic Council?": a name and nothing else.
    rf"what(?:’s|'s| is| are| was| were) the {_CAPITAL}(?: (?:(?:of|on|the|for|and|in|to) ){{0,2}}"
    rf"{_CAPITAL})*)\W*$",
    re.IGNORECASE,
)

# "What is the capital of France?": one thing of another.
_FACT_ASKED = re.compile(
    r"^\s*(?:what|which)\s+(?:is|was)\s+the\s+(?:\w+\s+){1,3}of\b|"
    r"^\s*quel(?:le)?\s+(?:est|était)\s+l[ea'’]",
    re.IGNORECASE,
)

# "What about the others?" asks what the question before it asked.
_ASKS_ITSELF = re.compile(
    rf"^\W*(?:who|whom|whose|what|which|when|where|why|how|qui|que|qu[’']|quel\w*|quand|où|pourquoi|"
    rf"comment|combien|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b"
    rf"(?!\W+(?:about|else|then)\b)|{_ASKING}(?:who|whom|whose|what|which|when|where|why|how)\b"
    rf"(?!\W+(?:about|else|then)\b)",
    re.IGNORECASE,
)

# "Which have not joined?" is answered by who "refused" or "stayed outside" too.
_DENIAL = re.compile(
    r"\b(?:not|never|none|neither|nor|cannot|without|except|outside|refus\w+|reject\w+|declin\w+|"
    r"exclu\w+|oppos\w+|fail\w*|lack\w*|absent|n[e’'] ?\w+ (?:pas|jamais)|"
    r"aucune?s?|sauf)\b|n[’']t\b",
    re.IGNORECASE,
)

_TIME = re.compile(
    rf"\b(?:1\d{{3}}|20\d{{2}})s?\b|\b\d{{1,2}}(?:st|nd|rd|th|er)?\s+(?:{MONTHS})\b|"
    rf"\b(?:{MONTHS})\s+\d|\bcentur(?:y|ies)\b|\bsiècles?\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<=[\w,;’'\")] )[A-ZÀ-Þ][\w’'-]+|\b[A-ZÀ-Þ]{2,}\b|\b[A-ZÀ-Þ][a-zà-ÿ]+ [A-ZÀ-Þ][a-zà-ÿ]+"
)
_PLACE = re.compile(
    r"\b(?:in|into|at|to|near|from|outside|à|au|aux|en|dans|près de)\s+(?:the\s+|l[ae]s?\s+)?"
    r"(?:\w+ern\s+)?[A-ZÀ-Þ]\w+|"
    # a column of a table
    r"\b(?:Location|Place|Seat|City|Town|Country|Lieu|Siège|Ville|Pays): [A-ZÀ-Þ]\w+"
)
_EVIDENCE = {Expected.TIME: _TIME, Expected.QUANTITY: QUANTITY, Expected.NAME: _NAME}


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """A question's words, stemmed, and the form of the answer it asks for.

    `focus` is the noun that a list question is after, `counted` the one it asks the number of,
    `alike` are the stems of nouns that name the same kind of thing as the focus; `acronym` is the
    one whose meaning is asked for, without the "s" of several.
    `tongue` is the language that it is asked in, where its small words tell.
    `own` are the stems that a follow-up adds to the question it follows.
    """

    stems: frozenset[str]
    names: Names
    expected: Expected
    asks_list: bool
    focus: frozenset[str]
    alike: frozenset[str]
    asks_contrast: bool
    asks_definition: bool
    asks_fact: bool
    asks_place: bool
    asks_yes_or_no: bool
    asks_duration: bool
    asks_cause: bool
    asks_denial: bool
    counted: str | None
    acronym: str | None
    own: frozenset[str]
    tongue: str | None

    @property
    def asks_something(self) -> bool:
        """Whether a certain kind of thing is asked for."""
        return self.expected is not Expected.ANYTHING

    @property
    def asks_little(self) -> bool:
        """Whether one thing is asked for, which one sentence can tell."""
        return not self.asks_list and (self.asks_something or self.asks_fact or self.asks_place)

    def heard_in(self, found: frozenset[str]) -> frozenset[str]:
        """The stems, and the focus where they name it in another word ("obstacles")."""
        return found | self.focus if self.alike & found else found

    def places(self, text: str) -> bool:
        """Whether the text says where, beyond the question's own words, to one who asks it."""
        return self.asks_place and any(
            not stems(found.group()) <= self.stems for found in _PLACE.finditer(text)
        )

    def explains(self, text: str) -> bool:
        """Whether the text gives a reason, to one who asks why."""
        return self.asks_cause and _CAUSE.search(text) is not None

    def denies(self, text: str) -> bool:
        """Whether the text denies something, to one who asks what is not so."""
        return self.asks_denial and _DENIAL.search(text) is not None

    def spells_out(self, text: str) -> bool:
        """Whether the text has the acronym in question behind its name: "Agreement (STANAG)"."""
        if self.acronym is None:
            return False
        return re.search(rf"\w\s*\(\s*{re.escape(self.acronym)}s?\s*[),;]", text) is not None

    def counts(self, text: str) -> bool:
        """Whether the text gives a number of what is counted, as in "eight of the units"."""
        if self.counted is None:
            return False
        return re.search(self._number_of_them(), text, re.IGNORECASE) is not None

    def _counts_for_others(self, text: str) -> bool:
        """Whether all numbers it gives are of others: "members of the Army", asked of NATO's."""
        if self.counted is None or not self.names.words:
            return False
        given = rf"{self._number_of_them()}(?P<owner>{_OF_NAMED})?"
        owners = [found["owner"] for found in re.finditer(given, text, re.IGNORECASE)]
        return bool(owners) and all(
            owner and self.names.missing_from(owner) == self.names.words for owner in owners
        )

    def counts_another(self, text: str) -> bool:
        """Whether it gives no number that may be of them: "three objectives" are no members.

        What speaks of the rest of the question counts, whatever it calls them.
        """
        if self.counted is None:
            return False
        if self._counts_for_others(text):
            return True
        rest = self.stems - stems(self.counted) - stems(" ".join(self.names.words))
        if rest and len(rest & stems(text)) >= len(rest) / 2:
            return False
        return counts_others(self.counted, text)

    def _number_of_them(self) -> str:
        assert self.counted is not None
        return rf"(?:{QUANTITY.pattern})\W+(?:\w+\W+){{0,2}}?{re.escape(self.counted)}\b"

    def met_by(self, text: str) -> bool:
        """Whether the text holds the kind of thing that is asked for, beyond the question's own."""
        evidence = _DURATION if self.asks_duration else _EVIDENCE.get(self.expected)
        if evidence is None:
            return True
        if self._counts_for_others(text):
            return False
        return any(not stems(found.group()) <= self.stems for found in evidence.finditer(text))


def read_form(question: str, follow_up: str = "", *, words: str = "") -> QuestionForm:
    """The form of a standalone question; `follow_up` is the part of it that was asked last.

    A follow-up that asks in words of its own has the form of these: "Why was that?" after "Who
    signed it?" asks for no name. `words` are those of a question in another language, in which the
    texts put what it asks for: it has its form, and their stems and names.
    """
    asking = follow_up if _ASKS_ITSELF.search(follow_up) else question
    listing, counting = _listing(asking), _COUNTED.search(asking)
    defining = bool(_DEFINITION_ASKED.match(asking))
    said = words or question
    focus = _focus(listing, in_words=bool(words))
    return QuestionForm(
        stems=stems(_DEFINING.sub(" ", said) if defining else said),
        names=read_names(said),
        expected=_expected(asking),
        asks_list=listing is not None,
        focus=focus,
        alike=same_kind(focus),
        asks_contrast=bool(_CONTRAST_ASKED.search(asking)),
        asks_definition=defining,
        asks_fact=bool(_FACT_ASKED.match(asking)) and not defining,
        asks_place=bool(_PLACE_ASKED.search(asking)),
        asks_duration=bool(_DURATION_ASKED.search(asking)),
        asks_cause=bool(_CAUSE_ASKED.search(asking)),
        asks_yes_or_no=bool(_YES_OR_NO_ASKED.match(asking)),
        asks_denial=bool(_DENIAL.search(asking)),
        counted=counting.group("noun").lower() if counting and not words else None,
        acronym=_acronym(words or asking) if defining else None,
        own=frozenset() if words else stems(follow_up),
        tongue="en" if words else tongue_of(question),
    )


def _listing(asking: str) -> re.Match[str] | None:
    return _LIST_ASKED.search(asking) or _LIST_ASKED_IN_FRENCH.search(asking)


def _focus(listing: re.Match[str] | None, *, in_words: bool) -> frozenset[str]:
    noun = (listing.group("focus") or "") if listing else ""
    return stems(translated(noun) if in_words else noun)


def _acronym(question: str) -> str | None:
    found = _ACRONYM.findall(question)
    return str(found[0]).removesuffix("s") if len(found) == 1 else None


def _expected(question: str) -> Expected:
    for expected, asked in (
        (Expected.TIME, _TIME_ASKED),
        (Expected.QUANTITY, _QUANTITY_ASKED),
        (Expected.NAME, _NAME_ASKED),
    ):
        if asked.search(question):
            return expected
    return Expected.ANYTHING
