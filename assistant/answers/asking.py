"""How questions ask: the patterns that tell what kind of answer is wanted."""

import re

from assistant.retrieval.grammar import ASKS, AUXILIARIES, BE

CAPITAL = r"(?-i:[A-ZÀ-Þ])[\w’'-]*"
# "Who" and "when" ask where they open a question or a part of it; elsewhere they only go on, as in
# "the officer who signed it" and "outside the treaty when it was signed".
ASKING = (
    r"(?:^|[:;—–?!(]|^\W*(?:in|on|under|during|at|for|after|before|within|en|sous)\b[^,?]{1,60},|"
    r"\b(?:and|or|but|so|then|also|just|exactly|know|say|tell|me|us|explain|find out|"
    r"by|to|from|since|until|till|for|with|of|against|under|behind|et|ou|mais|à|de|par|pour|avec|"
    r"depuis|jusqu[’']à|contre|est-ce|c[’']est)\b)[\W_]*"
)
TIME_ASKED = re.compile(
    rf"{ASKING}(?:when|quand)\b|\bwhen\W*$|"
    r"\b(?:(?:what|which) (?:year|date|day|month|century)|en quelle année|à quelle date)\b",
    re.IGNORECASE,
)
OF_A_THING = re.compile(r"^\W*(?:what|which|que|quel\w*|qu[’'])", re.IGNORECASE)
# "What must a prisoner say when questioned?": what is said has been asked for, and not a time.
CLAUSE = re.compile(
    r"(?<=\w)\s+(?:when|quand)\s+(?P<condition>\w+(?:ed|en|ing))(?:\s+(?:by|in|at|on|about|to|for)\b.*)?\W*$|"
    r"(?<=\bsay)\s+when\b(?!\W*$).*$",
    re.IGNORECASE,
)
# "Where was he flying to when he was shot down?": no time is asked for.
TIME_CLAUSE = re.compile(
    r"(?<=\w)\s+(?:when|quand|lorsque)\s+(?!(?:was|were|is|are|did|does|do|will|est|sont|fut|a|ont)\b)"
    r"\w+.*$",
    re.IGNORECASE,
)
TIME_FIRST = re.compile(r"^\W*(?:when|quand)\b", re.IGNORECASE)
QUANTITY_ASKED = re.compile(
    r"\b(how (?:many|much|long|old|far|large|big|often|tall|high|deep|fast|heavy)|"
    r"what (?:number|percentage|share|proportion|amount|size|population)|combien)\b|"
    r"^\W*(?:the\s+)?(?:weight|number|size|population|length|height|width|depth|area|speed|strength)\s+of\b",
    re.IGNORECASE,
)
# How large something is no year tells; how old it is, one does.
SIZE_ASKED = re.compile(
    r"\b(?:how (?:many|much|large|big)|combien|"
    r"what (?:number|percentage|share|proportion|amount|size|population))\b",
    re.IGNORECASE,
)
# "Where does the term come from?" asks for a story, not for a place.
PLACE_ASKED = re.compile(
    r"\b(?:where(?!by|as)(?!.*\b(?:from|originat\w*)\b)|"
    r"(?:what|which) (?:country|city|town|place)|où|quel(?:le)? (?:pays|ville))\b",
    re.IGNORECASE,
)
PLACED = re.compile(
    r"(?<=\S)\s+(?:based|located|situated|headquartered|situé(?:e|s|es)?|basé(?:e|s|es)?)(?=\W*$)",
    re.IGNORECASE,
)
"""What "where" asks already: "Where is it based?"."""
NAMED_AFTER = re.compile(rf"{CAPITAL}\s+(?:of|de)\s+({CAPITAL})")
CAUSE_ASKED = re.compile(r"^\W*(?:and\s+)?(?:why|pourquoi|what caused)\b", re.IGNORECASE)
# "When was it closed, and why?"
CAUSE_ASKED_TOO = re.compile(r"\S,?\s+(?:and|et)\s+(?:why|pourquoi)\W*$", re.IGNORECASE)
PURPOSE_ASKED = re.compile(
    rf"^\W*(?:and\s+)?what\s+(?:{BE})\s+[^,;]{{3,60}}\s(?<!account )for\W*$|"
    rf"^\W*(?:and\s+)?(?:what|which)(?:[’']s|\s+(?:{BE}))\s+(?:the\s+)?(?:(?!\w+est\b)\w+\s+)?"
    r"(?:purpose|aim|goal|objective|intention|point|rationale|motive|reason)s?\s+(?:of|for|behind)\b|"
    r"^\W*quel(?:le)?s?\s+(?:est|sont|était|étaient|fut|furent)\s+(?:l[ea]s?\s+|l[’'])"
    r"(?:but|objectif|objet|raison|motif|finalité|intention)s?\s+d(?:e|u|es|[’'])|"
    r"\b(?:for what|what) purposes?\b(?!-)|\b(?:dans quel but|à quoi ser(?:t|vait|vaient|vent))\b",
    re.IGNORECASE,
)
RESULT_ASKED = re.compile(
    rf"^\W*(?:and\s+)?what\s+(?:{BE})\s+(?:the\s+)?(?:\w+\s+)?(?:result|outcome|"
    r"consequence|effect|impact|achievement|aftermath)s?\s+(?:of|for)\b|"
    r"^\W*(?:and\s+)?what\s+(?:came (?:out )?of|(?:did|does)\b.*\b(?:achieve|accomplish|lead to|"
    r"result in|bring about|decide))\b|"
    r"^\W*quel(?:le)?s?\s+(?:est|sont|était|étaient|fut|furent|ont été)\s+(?:l[ea]s?\s+|l[’'])"
    r"(?:résultat|conséquence|effet|issue|bilan)s?\s+d(?:e|u|es|[’'])",
    re.IGNORECASE,
)
ACRONYM = re.compile(r"\b[A-Z][A-Z0-9&/-]+s?\b")
YES_OR_NO_ASKED = re.compile(
    rf"^\W*(?:{AUXILIARIES}|est-ce qu(?:e|[’'])|peut-on|faut-il)\b(?!.*\bor\b)",
    re.IGNORECASE,
)
# What ought to be is an opinion: facts about the same things do not answer.
ADVICE_ASKED = re.compile(
    r"^\W*(?:should|ought|devrait-\w+|devraient-\w+|faut-il|faudrait-il)\b|"
    r"^\W*est-ce que\b.*\bdevr(?:ait|aient)\b|^\W*[\w’' ]{1,40}\bdevr(?:ait|aient)-\w+\b",
    re.IGNORECASE,
)
# What a definition is asked with is not what is defined.
DEFINING = re.compile(
    r"^\s*define\b|\b(?:means?|meant by|stands? for|signifie)\b|\b(?:definition|meaning) of\b",
    re.IGNORECASE,
)
# "How many members did it have?", "Which countries were members of it?", "its members"
_CLUB = r"(?:(?:the|a|an)\s+)?(?:(?:founding|original|first|current|charter)\s+)?"
_NATIONS = r"(?:countries|states|nations|powers|governments)"
_WHOLE = rf"(?:(?:the|of|on|and|for|in|to|a)\s+|{CAPITAL}\s*|\d{{4}}\s*){{1,12}}"
MEMBERS_ASKED = re.compile(
    rf"^\W*(?:(?:who|what|which\s+{_NATIONS})\s+(?:is|are|was|were)\s+{_CLUB}"
    rf"(?:(?:members?|signator(?:y|ies)|founders?|{_NATIONS})\s+(?:of|to)|in|part of)\s+{_WHOLE}|"
    rf"(?:which|how many)\s+{_NATIONS}\s+(?:signed|formed|founded|made up|are in|were in|"
    rf"(?:are|were)\s+{_CLUB}(?:members|part|signatories)\s+(?:of|to))\s+{_WHOLE}|"
    rf"how many\s+(?:founding\s+|original\s+)?(?:members?|signatories|member states)\s+"
    rf"(?:did|does|do|has|have|had|were there in|are there in|were in|are in)\s+{_WHOLE}(?:have)?|"
    rf"(?:list |name )?(?:the\s+)?{_CLUB}(?:members|signatories)\s+(?:of|to)\s+{_WHOLE}|"
    rf"{CAPITAL}(?:\s+{CAPITAL}){{0,4}}\s+members)\W*$",
    re.IGNORECASE,
)
# "Which countries does it have troops in?"
ELSEWHERE_ASKED = re.compile(
    rf"\b(?:which|what)\s+(?:other\s+)?(?:{_NATIONS}|places|missions|operations)\b.*\b(?:in|to)\W*$|"
    r"\bwhere\b|\b(?:abroad|overseas|deployed)\b|\bdans quels pays\b",
    re.IGNORECASE,
)
# "Which countries have bases in it?": who is told to have something else has not answered.
HELD = re.compile(
    r"^\W*(?:which|what)\s+(?:[\w-]+\s+){1,2}?(?:has|have|had|keeps?|maintains?|operates?|hosts?|"
    r"owns?)\s+(?:an?\s+|any\s+)?(?:[\w-]+\s+){0,2}?(?P<held>[\w-]{3,})\s+(?:in|on|at|near)\s+"
    rf"(?:the\s+)?{CAPITAL}",
    re.IGNORECASE,
)
# "How long did she serve as Ambassador to Norway?"
CAPACITY = re.compile(
    r"\bhow long\b.*\b(?:serv|work|act)\w*\s+as\s+(?P<office>\w.*?)\W*$", re.IGNORECASE
)
COUNTED = re.compile(
    r"\b(?:how many|combien d[e'’])\s*(?:\w+\s+){0,1}?"
    r"(?P<noun>(?!(?:does|was|has|this|its|his)\b)\w{3,}s|personnel|staff|aircraft|police)\b",
    re.IGNORECASE,
)
# "How many boats does Skagen have?"
HOLDING_ASKED = re.compile(
    rf"\bhow many\s+(?:[\w-]+\s+){{1,3}}?(?:does|do|did|has|have)\s+(?:the\s+)?{CAPITAL}"
    rf"(?:\s+(?:(?:of|the|and)\s+)*{CAPITAL})*\s*(?:have|own|possess|operate|field|keep|maintain)?"
    rf"(?:\s+(?:in|at|on)\s+(?:the\s+)?{CAPITAL}(?:\s+(?:(?:of|the|and)\s+)*{CAPITAL})*)?\W*$|"
    r"\bcombien d.*\b(?:possède|détient|a|compte)(?:-t)?-(?:il|elle)\W*$",
    re.IGNORECASE,
)
# A border or a bridge has a length.
_IN_FORCE = (
    r"how long (?:is|are)\b.*\b(?:valid|effective|binding|applicable|deployed|stationed|"
    r"in (?:force|effect|operation|office|power|place))\W*$"
)
DURATION_ASKED = re.compile(
    r"\b(?:how long(?!\s+(?:is|are)\b)|how long (?:is|are) (?:it|they)|combien de temps)\b|"
    rf"\b{_IN_FORCE}",
    re.IGNORECASE,
)
# "How long do they have to answer?": that is a time by which, and no time for which.
DEADLINE_ASKED = re.compile(
    r"\b(?:have|has|had|given|before|after|tak(?:e|es|en|ing)|took|advance|notice|prior|until|wait|"
    r"avant|après|délai)\b",
    re.IGNORECASE,
)
DISTANCE_ASKED = re.compile(
    rf"\bhow far (?:{BE}|away|apart|from)\b|\bwhat (?:is|was) the distance\b|"
    r"\bquelle (?:est|était) la distance\b|\bà quelle distance\b",
    re.IGNORECASE,
)
LENGTH_ASKED = re.compile(
    rf"\bhow (?:(?!{_IN_FORCE.removeprefix('how ')})long (?:is|are)\b(?! (?:it|they)\b)|"
    r"(?:tall|high|deep|wide)\b(?! (?:did|do|does|can|should)\b))|"
    r"\bquelle est la (?:longueur|hauteur|largeur|profondeur)\b",
    re.IGNORECASE,
)
FREQUENCY_ASKED = re.compile(
    r"\bhow (?:often|frequently|regularly|many times)\b|\bcombien de fois\b|\bà quelle fréquence\b",
    re.IGNORECASE,
)
MONEY_ASKED = re.compile(
    r"\bhow much (?:money|funding)\b|"
    r"\bhow much\b.*\b(?:costs?|pay|pays|paid|spend|spent|worth|charged?)\b|"
    r"\bwhat\s+(?:(?:is|was|were)\s+the\s+(?:\w+\s+)?|did\b.*\b)(?:price|costs?|pay(?=\s+for\b|\W*$)|salary|wages?)\b|"
    r"\bcombien\b.*\b(?:coûte|coûté|coûtait|payé|payer|paya|dépensé)|\bprix d",
    re.IGNORECASE,
)
# Who may do something is told by what they are, and hardly ever by a name.
NAME_ASKED = re.compile(
    rf"{ASKING}(?:who|whom|whose|qui|lequel|laquelle)\b(?!\s+(?:may|can|must|shall|should|peut|doit)\b)",
    re.IGNORECASE,
)
# "Who is the current defence attaché in Velm?", "Who now commands the Velm navy?"
OFFICE_ASKED = re.compile(
    rf"{ASKING}(?:who(?:\s+is|[’']s)\s+(?:(?:now|currently|today)\s+)?the\s+(?:[\w-]+\s+){{0,4}}?"
    r"(?P<office>(?-i:[a-zà-ÿ])[\w’']*\w)(?=\s+(?:of|in|at|for|on|from)\b|\s+to\s+(?:the\s+)?(?-i:[A-Z])|\W*$)|"
    r"who\s+(?:(?:now|currently)\s+)?(?:heads|commands|leads|runs|chairs|directs)\s+(?:the\s+)?"
    r"(?:[\w-]+\s+){0,3}?(?P<body>(?-i:[a-zà-ÿ])\w+)(?=\s+(?:of|in|at|for|on)\b|\W*$))",
    re.IGNORECASE,
)
# "Who is the present envoy in Velm?"
NOW_ASKED = re.compile(
    rf"{ASKING}(?:who(?:\s+is|\s+are|[’']s)|qui\s+(?:est|sont))\b.*\b(?:current|present|now|currently|"
    r"presently|today|actuel(?:le)?s?|actuellement|aujourd[’']hui)\b",
    re.IGNORECASE,
)
LIST_ASKED = re.compile(
    r"\b(?:what|which)\s+(?:are\s+(?:the\s+)?)?(?:[\w-]+\s+){0,2}?"
    r"(?P<focus>(?!(?:is|was|does|has|this|its|as)\b)\w{2,}(?<!s)s)\b|"
    r"\b(?:list|name|enumerate)\b|^\W*(?:please\s+)?give (?:me|us) the\b",
    re.IGNORECASE,
)
LIST_ASKED_IN_FRENCH = re.compile(
    r"(?:\bquel(?:le)?s\s+(?:(?:sont|étaient|furent|ont été)\s+)?|"
    r"^\W*(?:énumére[rz]|énumère|liste[rz]?|cite[rz]?|nomme[rz]?|donne[rz]?(?:[- ]moi)?)\s+)"
    r"(?:(?:l[ea]s|leurs|ses)\s+)?"
    r"(?:(?:princip(?:aux|ales)|grande?s|autres|différente?s|diverse?s|premi[eè]re?s)\s+)*"
    r"(?P<focus>\w{2,}[sx])\b",
    re.IGNORECASE,
)
# "Which post did she hold?", "Under which law was it sold?": one thing, told in one sentence. What
# is asked for by "what" is told in several as often as not.
ONE_ASKED = re.compile(
    r"^\W*(?:and\s+)?(?:(?:in|on|under|for|to|from|by|at|with|against)\s+)?"
    r"which\s+(?:[a-z][\w-]*\s+){0,2}?(?P<kind>[a-z]\w+(?<!s))\s+"
    rf"(?:{AUXILIARIES}|of|in|on|for|\w+ed|became|led|gave|made|won|took|set|held|left|began)\b",
    re.IGNORECASE,
)
CONTRAST_ASKED = re.compile(
    r"\b(differ\w*|compar\w*|versus|vs\.?|contrast\w*|distinguish\w*|unlike|diffère\w*|différence\w*)\b",
    re.IGNORECASE,
)
# "What is a STANAG?", but not "what is the capital of France": that asks for a fact.
DEFINITION_ASKED = re.compile(
    r"^\s*(?:(?:what(?:’s|'s| is| are)(?: meant by| the (?:definition|meaning) of)?|define|"
    r"qu[’']est-ce qu(?:e|['’]))(?!\s+(?:the|its|their|his|her|our|your|some|all|any|other)\b)"
    r"(?:\W*\b\w+\b){1,6}|what (?:does|do)(?:\W+\w+){1,6}\W+(?:mean|stand for)|"
    r"que signifie(?:\W+\w+){1,6}|"
    # "Who was George Marshall?" asks what he was, "who is the Secretary General" for a name.
    rf"(?:who(?:’s|'s| is| was)|qui (?:est|était)) {CAPITAL}(?: (?:(?:de|von|van) )?{CAPITAL})*|"
    # "What is the North Atlantic Council?": a name and nothing else.
    rf"what(?:’s|'s| is| are| was| were) the {CAPITAL}(?: (?:(?:of|on|the|for|and|in|to) ){{0,2}}"
    rf"{CAPITAL})*)\W*$",
    re.IGNORECASE,
)
# "What is the capital of France?": one thing of another.
FACT_ASKED = re.compile(
    r"^\s*(?:what|which)\s+(?:is|was)\s+the\s+(?P<fact>(?:\w+\s+){1,3})of\b|"
    r"^\s*quel(?:le)?\s+(?:est|était)\s+l[ea'’]",
    re.IGNORECASE,
)
# "What about the others?" asks what the question before it asked.
ASKS_ITSELF = re.compile(
    rf"^\W*(?:{ASKS}|qui|que|qu[’']|quel\w*|quand|où|pourquoi|comment|combien|{AUXILIARIES})\b"
    rf"(?!\W+(?:about|else|then)\b)|{ASKING}(?:{ASKS})\b(?!\W+(?:about|else|then)\b)",
    re.IGNORECASE,
)
