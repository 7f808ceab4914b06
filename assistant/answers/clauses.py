"""What treaties settle at their end: how it is asked for, and how they tell it and go on."""

import re
from dataclasses import dataclass

# What else is asked with it is another question.
WHOLE = r"(?:the\s+)?(?P<whole>\S.*?)(?:,?\s+and\s+(?:how|when|what|who|where|which)\b.*)?\W*$"
# Who may do what, not who did it once.
_MAY = (
    r"(?:how|when|who|which\s+\w+|in what way|"
    r"(?:under|on) what (?:conditions|circumstances|terms))?"
    r"\s*(?:can|could|may|might|do|does|is it possible|must|should)\b"
)
_LEAVE = (
    r"(?:withdraw(?:ing|s)?\s+from|leav(?:e|es|ing)|quit(?:s|ting)?|denounc(?:e|es|ing)|"
    r"exit(?:s|ing)?|(?:pull|get|step|opt)\s+out\s+of|terminat(?:e|es|ing)|"
    r"end(?:s|ing)?|cancel(?:l?ing)?|"
    r"cease(?:s)?\s+to\s+be\s+(?:an?\s+)?(?:part(?:y|ies)|members?)\s+(?:to|of))"
)
_LEAVE_NATO = re.compile(rf"\b({_LEAVE})\s+NATO\b(?!\s+[A-Z])", re.IGNORECASE)
_LEAVING = r"(?:withdrawal|denunciation|exit|termination)"
_FORCE = (
    r"(?:(?:enter|come|be(?:\s+brought)?|go)\s+into\s+(?:force|effect)|take\s+effect|"
    r"enters?\s+into\s+force|took\s+effect|become\s+effective)"
)
_DISPUTES = r"(?:disputes?|differences?|disagreements?|conflicts?\s+of\s+interpretation)"
_SETTLED = r"(?:settled?|resolved?|dealt\s+with|decided|adjudicated|arbitrated|submitted|referred)"
TEXT_KIND = (
    r"(?:treaty|convention|agreement|protocol|covenant|statute|charter|pact|memorandum|arrangement)"
)
"""What a text that lays something down is by its name."""
_ISSUED = rf"(?:{TEXT_KIND}|instruction|directive|manual|regulation|order|publication)"
_REPLACE = r"(?:replace|supersede|cancel|repeal|rescind|supplant|reissue)"


@dataclass(frozen=True, slots=True)
class Clause:
    """What treaties settle at their end: how it is asked for, how they tell it and go on.

    `most` is how many sentences of it are told. `by_others` is how others tell of it that
    name the text, where they have other words for it.
    """

    asked: tuple[re.Pattern[str], ...]
    told: re.Pattern[str]
    goes_on: re.Pattern[str]
    most: int = 6
    by_others: re.Pattern[str] | None = None


CLAUSES = (
    Clause(
        asked=tuple(
            re.compile(rf"^\W*{pattern}", re.IGNORECASE)
            for pattern in (
                rf"{_MAY}.*?\b{_LEAVE}\s+{WHOLE}",
                rf"(?:how|what)\b.*\b{_LEAVING}\s+(?:from|of)\s+{WHOLE}",
                rf"(?:how\s+much|what)\s+(?:advance\s+)?notice\b.*?\b{_LEAVE}\s+{WHOLE}",
                r"(?:how|when)\s+(?:can|could|may)\s+(?:the\s+)?(?P<whole>\S.*?)\s+be\s+"
                r"(?:denounced|terminated|left|ended|cancelled|brought to an end)\W*$",
            )
        ),
        told=re.compile(
            rf"\bwithdraw(?:al)?\s+from\s+(?:this|the|the present)\s+{TEXT_KIND}|"
            rf"\bdenounce\s+(?:this|the|the present)\s+{TEXT_KIND}|"
            rf"\b{TEXT_KIND}\s+(?:may|can)\s+be\s+(?:denounced|terminated)\b|"
            rf"\bcease\s+to\s+be\s+a\s+party\b|"
            rf"\bterminate\s+(?:this|the|the present)\s+{TEXT_KIND}|"
            rf"\b{TEXT_KIND}\s+shall\s+(?:terminate|cease|expire)\b|"
            rf"\bwithdraw\s+from\s+the\s+(?:agency|organi[sz]ation|union)\b|\bnotice\s+of\s+"
            r"(?:denunciation|termination|withdrawal)\b|\bright\s+to\s+withdraw(?:\s+from\b|(?!\s+\w))|"
            rf"\b(?:{TEXT_KIND}|it)\b[^.;]{{0,60}}\b(?:may|can|shall|will)\b[^.;]{{0,60}}"
            r"\bterminated\b|\b(?:until|unless)\s+(?:\w+\s+){0,4}terminated\b|"
            r"\bterminated\s+by\s+(?:either|any)",
            re.IGNORECASE,
        ),
        goes_on=re.compile(
            r"\b(?:denunciations?|withdrawals?|termination)\b(?!\s+of)", re.IGNORECASE
        ),
    ),
    Clause(
        asked=(
            re.compile(
                r"^\W*(?:how|when|by whom|who|under what conditions)\s+(?:can|could|may|is|are)\s+"
                r"(?:the\s+)?(?P<whole>\S.*?)\s+(?:be\s+)?(?:amended|revised|modified)\W*$",
                re.IGNORECASE,
            ),
            re.compile(
                rf"^\W*(?:who|how|{_MAY}).*?\b(?:amend|revise|modify|propose (?:an )?amendments? "
                rf"to)\s+{WHOLE}",
                re.IGNORECASE,
            ),
        ),
        told=re.compile(
            r"\bamendments?\s+to\s+(?:this|the|the present)\s+|\bmay\s+(?:propose|be)\s+"
            r"(?:amend|revis|modif)\w*|\bbe\s+(?:amended|revised)\b|\bpropose\s+amendments?",
            re.IGNORECASE,
        ),
        goes_on=re.compile(r"\b(?:amendments?|modifications?|revisions?)\b", re.IGNORECASE),
    ),
    Clause(
        asked=(
            re.compile(
                r"^\W*(?:when|how(?:\s+soon|\s+many\s+\w+)?|what|which|under what|on what)\b.*?"
                r"\b(?:does|do|did|will|would|shall|must|may|can|before|for)\s+(?:the\s+)?"
                rf"(?P<whole>(?!be\s)\S[^?]*?)\s+(?:(?:needs?|requires?|ha(?:s|ve))\s+)?(?:to\s+)?{_FORCE}\W*$",
                re.IGNORECASE,
            ),
            re.compile(rf"\b(?:entry|coming)\s+into\s+force\s+of\s+{WHOLE}", re.IGNORECASE),
        ),
        told=re.compile(
            rf"\b(?:this|the|the present)\s+{_ISSUED}\s+(?:shall|will)\s+{_FORCE}|"
            rf"\bconstitutes?\b[^.;]*\b{TEXT_KIND}\b[^.;]*\b(?:shall|will)\s+{_FORCE}|"
            rf"\bthis\s+{_ISSUED}\s+(?:is|becomes|shall\s+be)\s+effective\b",
            re.IGNORECASE,
        ),
        goes_on=re.compile(
            r"\binto\s+force\b|\binstruments?\s+of\s+(?:ratif|accept|approv)", re.IGNORECASE
        ),
        by_others=re.compile(
            r"\b(?:entered|came|went|entry|entering)\s+in(?:to)?\s+(?:force|effect)\b|"
            r"\b(?:took\s+effect|became\s+effective)\b",
            re.IGNORECASE,
        ),
    ),
    Clause(
        asked=(
            re.compile(
                r"^\W*(?:who|which\s+\w+)\s+(?:is|are|acts?\s+as|serves?\s+as)\s+(?:the\s+)?"
                rf"(?:depositar(?:y|ies)|depository)\s+(?:of|for)\s+{WHOLE}",
                re.IGNORECASE,
            ),
            re.compile(
                r"^\W*(?:with\s+whom|where)\s+(?:is|are|must|do(?:es)?)\b.*\bdeposit\w*\b.*?\b"
                rf"(?:of|to|under|for)\s+{WHOLE}",
                re.IGNORECASE,
            ),
        ),
        told=re.compile(
            r"\bdeposited\s+(?:\w+\s+){0,5}?(?:with|in\s+the\s+archives)\b|\bdepositar(?:y|ies)\b",
            re.IGNORECASE,
        ),
        goes_on=re.compile(r"\bdepositar", re.IGNORECASE),
        most=1,
    ),
    Clause(
        asked=(
            re.compile(
                r"^\W*(?:who|how|where|what|which|by\s+(?:whom|what))\b[^?]*?\b"
                rf"{_DISPUTES}\b[^?]*?\b(?:under|about|concerning|over|(?:arising|resulting)\s+"
                rf"(?:from|out\s+of)|of|on|in)\s+(?:the\s+)?(?P<whole>\S.*?)"
                rf"(?:\s+(?:be\s+|to\s+be\s+)?{_SETTLED})?\W*$",
                re.IGNORECASE,
            ),
        ),
        told=re.compile(
            rf"\b{_DISPUTES}\b[^.;]*\b{_SETTLED}\b|"
            rf"\b(?:settle|resolve)\s+(?:\w+\s+){{0,4}}{_DISPUTES}\b",
            re.IGNORECASE,
        ),
        goes_on=re.compile(
            rf"\b(?:{_DISPUTES}|arbitra\w+|tribunal|negotiations?|International\s+Court)\b",
            re.IGNORECASE,
        ),
    ),
    Clause(
        asked=(
            re.compile(
                r"^\W*(?:for\s+)?how\s+long\s+(?:is|are|does|do|will|shall|may|can)\s+(?:the\s+)?"
                r"(?P<whole>\S.*?)\s+(?:(?:remain|stay|be|continue)\s+(?:to\s+be\s+)?)?(?:in\s+"
                r"(?:force|effect)|valid|last|binding|run|apply)\W*$",
                re.IGNORECASE,
            ),
            re.compile(rf"^\W*what\s+is\s+the\s+duration\s+of\s+{WHOLE}", re.IGNORECASE),
            re.compile(
                r"^\W*when\s+(?:does|will)\s+(?:the\s+)?(?P<whole>\S.*?)\s+(?:expire|end|lapse)\W*$",
                re.IGNORECASE,
            ),
        ),
        told=re.compile(
            r"\b(?:remain|continue|stay)s?\s+in\s+(?:force|effect)\b|\bunlimited\s+duration\b|"
            r"\b(?:will|shall)\s+expire\b|\bconcluded\s+for\b|\bvalid\s+(?:for|until)\b|"
            r"\b(?:in|into)\s+(?:force|effect)\s+(?:\w+\s+){0,6}?(?:for\s+(?:a|an)\s+|until\b)|"
            r"\bindefinite\s+(?:period|duration)\b",
            re.IGNORECASE,
        ),
        goes_on=re.compile(
            r"\b(?:renew|extend|extension|prolong|tacit|terminat)\w*\b", re.IGNORECASE
        ),
    ),
    Clause(
        asked=(
            re.compile(
                r"^\W*(?:to\s+)?(?:which|what)\s+(?:area|territor(?:y|ies)|region|zone|part\s+of\s+the\s+"
                r"world)s?\s+(?:does|do|is|are)\s+(?:the\s+)?(?P<whole>\S.*?)\s+(?:covers?|"
                r"appl(?:y|ies|icable)(?:\s+to)?|extends?\s+to|concerns?|protects?)\W*$",
                re.IGNORECASE,
            ),
            re.compile(
                r"^\W*where\s+(?:does|do|is|are)\s+(?:the\s+)?(?P<whole>\S.*?)\s+"
                r"appl(?:y|ies|icable)\W*$",
                re.IGNORECASE,
            ),
            re.compile(
                r"^\W*what\s+is\s+the\s+(?:territorial|geographical?)\s+(?:scope|area|reach)\s+of\s+"
                rf"{WHOLE}",
                re.IGNORECASE,
            ),
        ),
        told=re.compile(
            rf"\b{TEXT_KIND}\s+(?:shall|will)\s+(?:only\s+)?(?:apply|extend)\s+(?:only\s+)?"
            r"(?:to|in|within|throughout)\s+(?:all\s+)?(?:the\s+)?"
            r"(?:areas?|(?:\w+\s+){0,2}territor(?:y|ies)|region|zone|high\s+seas)\b",
            re.IGNORECASE,
        ),
        goes_on=re.compile(r"\b(?:areas?|territor(?:y|ies)|zones?|regions?)\b", re.IGNORECASE),
        most=3,
    ),
    Clause(
        asked=(
            re.compile(
                r"^\W*(?:when|where|(?:on|in)\s+(?:what|which)\s+(?:day|date|year|town|city|place))"
                r"(?:\s+and\s+(?:when|where))?\s+(?:was|were)\s+(?:the\s+)?(?P<whole>\S.*?)\s+"
                r"(?:done|signed|concluded|made)\W*$",
                re.IGNORECASE,
            ),
        ),
        told=re.compile(
            r"(?:\bDONE|(?:^|[.;:]\s*|\n)\W*Done)\b(?=[^.;]{0,60}\b(?:at|in|on|this)\s)|"
            r"\bopened\s+for\s+signature\s+(?:at|in)\s"
        ),
        goes_on=re.compile(r"^\W*(?:DONE|Done)\s"),
        most=1,
        by_others=re.compile(r"\bsign(?:ed|ing|ature)\b|\bconcluded\b", re.IGNORECASE),
    ),
    Clause(
        asked=(
            re.compile(
                r"^\W*(?:which|what)\s+(?:[\w-]+\s+){0,4}?(?:does|do|did)\s+(?:the\s+)?"
                rf"(?P<whole>\S.*?)\s+{_REPLACE}\W*$",
                re.IGNORECASE,
            ),
            re.compile(
                rf"^\W*(?:which|what)\s+(?:[\w-]+\s+){{0,4}}?(?:is|are|was|were)\s+{_REPLACE}l?e?d\s+"
                rf"by\s+{WHOLE}",
                re.IGNORECASE,
            ),
        ),
        told=re.compile(
            rf"\b(?:shall|will)\s+(?:replace|supersede)\b|"
            r"\bhereby\s+(?:cancel|replac|supersed|repeal|rescind)\w*|"
            r"\b(?:is|are)\s+hereby\s+terminated\b|"
            rf"\b(?:this|the\s+present)\s+{_ISSUED}\s+(?:also\s+)?{_REPLACE}s\b",
            re.IGNORECASE,
        ),
        goes_on=re.compile(r"\bhereby\s+(?:cancel|replac|supersed|terminat)\w*", re.IGNORECASE),
        most=1,
    ),
)


def by_its_treaty(question: str) -> str:
    """The question with an organization that is left by its treaty: one leaves NATO so."""
    return _LEAVE_NATO.sub(r"\g<1> the North Atlantic Treaty", question)
