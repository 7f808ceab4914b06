"""What is asked in French of a text that is named, as it is asked in English."""

import re

from assistant.answers.clauses import TEXT_KIND
from assistant.retrieval.translation import is_french, translated

_KIND = re.compile(rf"\b{TEXT_KIND}\b", re.IGNORECASE)
_WHOLE = r"(?:l[ea]s?\s+|l[’']|du\s+|de\s+la\s+|de\s+l[’'])?(?P<whole>\S.*?)"
_IT = r"(?:-t)?-(?:il|elle)s?"
_ABOUT = re.compile(
    r"^\W*(?:que|qu[’']est-ce que)\s+(?:dit|dis(?:pos)?ent?|prévoi(?:t|ent)|dispose|stipule|"
    r"précise|prescrit|exige|énonce)\s+(?P<whole>(?:l[ea]s?\s+|l[’'])\S.*)\s+(?:sur|"
    r"au sujet d[eu]s?|concernant|à propos d[eu]s?|quant (?:à|aux?)|en matière d[e’']|"
    r"pour)\s+(?P<matter>\S.*?)\W*$",
    re.IGNORECASE,
)
_FORCE = r"en\s+vigueur"
_SIGNED = r"été\s+(?:signée?|conclue?)"
_CLAUSES = {
    english: tuple(re.compile(rf"^\W*{one}\W*$", re.IGNORECASE) for one in asked)
    for english, asked in {
        "When did the {} enter into force?": (
            rf"(?:quand|à quelle date)\s+{_WHOLE}\s+(?:est|sont){_IT}\s+entrée?s?\s+{_FORCE}",
            rf"(?:quand|à quelle date)\s+(?:est|sont)\s+entrée?s?\s+{_FORCE}\s+{_WHOLE}",
            rf"quelle est la date d[’']entrée\s+{_FORCE}\s+{_WHOLE}",
        ),
        "When does the {} enter into force?": (
            rf"quand\s+{_WHOLE}\s+entre(?:ra)?{_IT}\s+{_FORCE}",
            rf"quand\s+entre(?:ra)?\s+{_FORCE}\s+{_WHOLE}",
        ),
        "When was the {} signed?": (
            rf"quand\s+{_WHOLE}\s+a{_IT}\s+{_SIGNED}",
            rf"quand\s+a\s+{_SIGNED}\s+{_WHOLE}",
        ),
        "Where was the {} signed?": (
            rf"où\s+{_WHOLE}\s+a{_IT}\s+{_SIGNED}",
            rf"où\s+a\s+{_SIGNED}\s+{_WHOLE}",
        ),
        "How can a state denounce the {}?": (
            r"comment\s+(?:peut-on|un\s+état\s+peut-il)\s+(?:dénoncer|quitter|se\s+retirer)\s+"
            rf"{_WHOLE}",
            rf"comment\s+{_WHOLE}\s+peut{_IT}\s+être\s+dénoncée?",
        ),
        "How long does the {} remain in force?": (
            rf"(?:pendant\s+)?combien\s+de\s+temps\s+{_WHOLE}\s+(?:reste|dure|demeure){_IT}"
            rf"(?:\s+{_FORCE})?",
        ),
        "Who is the depositary of the {}?": (rf"(?:qui|quel)\s+est\s+le\s+dépositaire\s+{_WHOLE}",),
        "What does the {} replace?": (rf"(?:que|qu[’']est-ce\s+que)\s+remplace\s+{_WHOLE}",),
    }.items()
}


def in_english(question: str) -> str:
    """A French question what a text says about something or settles, in English words."""
    if not is_french(question):
        return question
    for english, asked in _CLAUSES.items():
        if found := next(filter(None, (one.match(question) for one in asked)), None):
            return english.format(_of_its_kind(found["whole"]))
    if found := _ABOUT.match(question):
        whole = _of_its_kind(found["whole"])
        return f"What does the {whole} say about {translated(found['matter'])}?"
    return question


def _of_its_kind(whole: str) -> str:
    """A name in English words, with what the text is of: "agreement of Lund Ribe pilot"."""
    whole = translated(whole)
    kind = _KIND.match(whole)
    return f"{kind.group()} of {whole[kind.end() :].strip()}" if kind else whole
