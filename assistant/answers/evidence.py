"""What sentences must hold to answer: dates, names, places, durations, reasons, denials."""

import re

from assistant.answers.asking import CAPITAL
from assistant.answers.counting import QUANTITY
from assistant.retrieval.grammar import MONTHS

CAUSE = re.compile(
    r"\b(?:because|since|due to|owing to|as a result of|in response to|in order to|so that|"
    r"so as to|to (?:avoid|prevent|ensure|protect)|caus(?:e|es|ed)|reasons?|motivated|prompted|"
    r"fear(?:ed|s|ing)?|afraid|worr(?:y|ied)|concerns?|concerned (?:that|about|over)|"
    r"reluctan(?:t|ce)|the fact that|given that|in (?:view|light) of|on the grounds? that|lest|"
    r"led (?:\S+ ){0,3}?to|contribut\w+ to|in (?:the )?hopes?|hop(?:ed|ing)|"
    r"in (?:retaliation|protest)|for the sake of|sought to|intended to|"
    r"designed to|aim(?:ed|s|ing) (?:to|at)|as an? (?:counter\w+|bulwark|deterrent)|purposes?|"
    r"parce que|afin (?:de|que)|en raison de|à cause de|pour que|dans le but|vise(?:nt)? à)\b",
    re.IGNORECASE,
)
RESULT = re.compile(
    r"\b(?:result(?:s|ed)?|outcomes?|consequen(?:ces?|tly)|achiev\w+|accomplish\w*|contributed to|"
    r"led to|agree(?:d|s|ment)|decid(?:ed|es)|decisions?|resol(?:ved|ves)|conced(?:ed|es)|"
    r"concessions?|committed|secured|gained|adopted|approved|created|establish(?:ed|es)|"
    r"produced|brought about|paved the way|helped (?:to )?\w+|prompted|strengthened|weakened|"
    r"aboutit?|abouti|entraîn\w+|conséquences?|décid\w+|convenu\w*|adopt[aé]\w*)\b",
    re.IGNORECASE,
)
TIME_SPAN = re.compile(
    r"(?:\d|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|few|"
    r"\w+teen|\w+ty|hundred|thousand|un|une|deux|trois|quatre|cinq)\b)\W+(?:\w+\W+)?"
    r"(?:minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|heures?|jours?|"
    r"semaines?|mois|ans?|années?)\b",
    re.IGNORECASE,
)
DURATION = re.compile(
    rf"{TIME_SPAN.pattern}|"
    r"\b(?:1\d|20)\d{2}\b(?:.*\b(?:to|until|till|through|and|jusqu\w+)\W+|\s*[–-]\s*)"
    r"(?:\w+\W+){0,3}?(?:1\d|20)\d{2}\b|"
    r"\b(?:in perpetuity|perpetually|permanently|indefinite(?:ly)?|for ?ever|for life|"
    r"for an? (?:unlimited|indefinite) \w+|unlimited (?:duration|period|time)|à perpétuité|"
    r"durée (?:illimitée|indéterminée)|à vie)\b|"
    # "September 5–17", "from 5 to 17 September"
    rf"\b(?:{MONTHS})\W+\d{{1,2}}\s*[–-]\s*(?:(?:{MONTHS})\W+)?\d{{1,2}}\b|"
    rf"\b\d{{1,2}}(?:\s+(?:{MONTHS}))?\s*(?:[–-]|to|until|au)\s*\d{{1,2}}\s+(?:{MONTHS})\b|"
    r"\b(?:until|till|since|jusqu\w+|depuis)\W+(?:\w+\W+){0,4}?(?:1\d|20)\d{2}\b",
    re.IGNORECASE,
)
# "Within three days", "a year after it": so long nothing lasts.
DEADLINE = re.compile(
    rf"\bwithin\s+(?:\w+\s+){{0,4}}?{TIME_SPAN.pattern}|"
    rf"(?<!\bfor )(?:{TIME_SPAN.pattern})\s+(?:after|before|prior\s+to|following|ago|earlier|later|"
    r"in\s+advance)\b",
    re.IGNORECASE,
)
FREQUENCY = re.compile(
    r"\b(?:once|twice|thrice|times?(?= (?:an?|per|each|since|in)\b)|every|"
    r"each (?:year|month|week|day)|"
    r"annual(?:ly)?|yearly|month(?:ly)?|weekly|daily|quarterly|biennial(?:ly)?|biannual(?:ly)?|"
    r"regular(?:ly)?|frequent(?:ly)?|often|seldom|rarely|never|always|periodic(?:ally)?|"
    r"occasional(?:ly)?|repeatedly|(?:an?|per) (?:year|month|week|day)|"
    r"chaque|tous les|toutes les|annuel\w*|mensuel\w*|régulièrement|souvent|jamais|toujours)\b|"
    rf"(?:{QUANTITY.pattern})\W+(?:\w+\W+)?(?:times|occasions|instances|fois|reprises)\b",
    re.IGNORECASE,
)
# A place within ten miles of a road is no length of it.
LENGTH = re.compile(
    r"(?<!within )\b\d[\d.,/]*[\s-]*(?:km|cm|mm|m|mi|ft|(?:nautical |statute )?miles?|"
    r"(?:kilo|centi|milli)?met(?:er|re)s?|feet|foot|yards?|inch(?:es)?|fathoms?|leagues?|"
    r"light[- ]years?|(?:kilo)?mètres?|milles?)\b(?!\s+(?:of|from|away|off)\b)|"
    r"\b(?:miles?|met(?:er|re)s?|feet|yards?|kilomet(?:er|re)s?|kilomètres?|mètres?)\s+"
    r"(?:long|wide|deep|high|tall|in length|across)\b",
    re.IGNORECASE,
)
# "1,639 km from the coast"
DISTANCE = re.compile(
    r"\b\d[\d.,/]*[\s-]*(?:km|m|mi|(?:nautical |statute )?miles?|kilomet(?:er|re)s?|met(?:er|re)s?|"
    r"yards?|leagues?|feet|(?:kilo)?mètres?|milles?)\b",
    re.IGNORECASE,
)
MONEY = re.compile(
    r"[$€£¥]\s?\d|\b\d[\d.,]*\s+(?:(?:million|billion|thousand|trillion)s?\s+)?(?:U\.?S\.? |gold )?"
    r"(?:dollars?|euros?|pounds|francs?|marks|pesos|rubles|roubles|yen|yuan|guilders|cents)\b",
    re.IGNORECASE,
)
OF_NAMED = rf"\s+of\s+(?:the\s+)?{CAPITAL}(?:\s+(?:of\s+|the\s+|and\s+)*{CAPITAL})*"
# "Which have not joined?" is answered by who "refused" or "stayed outside" too.
DENIAL = re.compile(
    r"\b(?:not|never|none|neither|nor|cannot|without|except|outside|refus\w+|reject\w+|declin\w+|"
    r"exclu\w+|oppos\w+|fail\w*|lack\w*|absent|n[e’'] ?\w+ (?:pas|jamais)|"
    r"aucune?s?|sauf)\b|n[’']t\b",
    re.IGNORECASE,
)
DUTY = re.compile(
    r"\b(?:should|ought|must|shall|may not|needs? to|needed to|ha(?:s|ve|d) to|oblig\w+|requir\w+|"
    r"recommend(?:s|ed)?|advis(?:e|es|ed|able)|urg(?:e|es|ed)|call(?:s|ed)? (?:for|on)|"
    r"argu(?:e|es|ed)|"
    r"necessary|essential|better to|forbid\w*|prohibit\w*|propos\w+|favou?r(?:s|ed)?|"
    r"devrai\w*|doi(?:t|vent)|faut|convient de|recommand(?:e|ent|é|ée)|nécessaires?|"
    r"obligatoires?)\b",
    re.IGNORECASE,
)
TIME = re.compile(
    rf"\b(?:1\d{{3}}|20\d{{2}})s?\b|\b\d{{1,2}}(?:st|nd|rd|th|er)?\s+(?:{MONTHS})\b|"
    rf"\b(?:{MONTHS})\s+\d|\bcentur(?:y|ies)\b|\bsiècles?\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
NAME = re.compile(
    r"(?<=[\w,;’'\")] )[A-ZÀ-Þ][\w’'-]+|\b[A-ZÀ-Þ]{2,}\b|\b[A-ZÀ-Þ][a-zà-ÿ]+ [A-ZÀ-Þ][a-zà-ÿ]+"
)
_BODY = (
    r"(?:governments?|authorit(?:y|ies)|states?|part(?:y|ies)|commission|committee|council|"
    r"secretariat|court|tribunal|organi[sz]ation|agency|institute|police|commander|contractor)"
)
# "The competent authorities shall protect the premises": who has to, by what it is.
OBLIGED = re.compile(
    rf"\b[Tt]he\s+(?:[a-z]+\s+){{0,2}}{_BODY}\b(?=[^.;]*\bshall\b)|"
    rf"(?<=\bby )the\s+(?:[a-z]+\s+){{0,2}}{_BODY}\b"
)
PLACE = re.compile(
    r"\b(?:in|into|at|to|near|from|outside|à|au|aux|en|dans|près de)\s+(?:[Tt]he\s+|l[ae]s?\s+)?"
    r"(?:\w+ern\s+)?[A-ZÀ-Þ]\w+|"
    # "near the town of Velm", "on the island of Holm"
    r"\b(?:town|city|village|port|island|islands|province|county|district|valley|region|capital|"
    r"ville|île|village|région)\s+(?:of|de|d[’'])\s*[A-ZÀ-Þ]\w+|"
    # a column of a table
    r"\b(?:Location|Place|Seat|City|Town|Country|Lieu|Siège|Ville|Pays): [A-ZÀ-Þ]\w+"
)
