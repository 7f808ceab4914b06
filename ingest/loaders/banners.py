"""Lines that are a marking, and nothing but one: in use here, or plainly somebody's."""

import re
from collections.abc import Iterable, Iterator

from assistant.access.ladders import DEFAULT, Ladders
from assistant.access.spellings import parted, spelled

_USUAL = Ladders.read(DEFAULT)
_MARKING = re.compile(
    r"(?:[A-Z][A-Z/ ]{1,30}\s)?(?:UNCLASSIFIED|RESTRICTED|CONFIDENTIAL|SECRET|TOP SECRET|"
    r"COSMIC TOP SECRET|RESTREINT(?: UE)?|CONFIDENTIEL(?: UE)?|SECRET UE|DIFFUSION RESTREINTE|"
    r"NON CLASSIFIE|OFFICIAL(?:[- ]SENSITIVE)?|CUI|FOR OFFICIAL USE ONLY)"
    r"(?:\s?(?://?|[-–])\s?[A-Z][A-Z /,-]{0,60})?"
)
_TAIL = r"(?: ?(?://?|[-–]) ?[A-Z][A-Z /,+-]{0,60})?"
_OTHERS = (
    r"(?:"
    # English, as other authorities than those of the alliance have it
    r"FOUO|FOR OFFICIAL USE ONLY|OFFICIAL[- ]SENSITIVE|SBU|NOFORN|LIMDIS|PROTECTED(?: [ABC])?"
    r"|SENSITIVE BUT UNCLASSIFIED|(?:US|UK|EU) EYES ONLY"
    r"|LAW ENFORCEMENT SENSITIVE|CONTROLLED UNCLASSIFIED INFORMATION"
    r"|(?:TOP )?SECRET (?:EU|OF SERVICE)|(?:STRICT )?SECRET DE SERVICIU"
    # French, German, Dutch
    r"|(?:TRES )?SECRET[- ](?:DEFENSE|UE)|(?:TRES )?SECRET|DIFFUSION (?:RESTREINTE|LIMITEE)"
    r"|CONFIDENTIEL[- ]DEFENSE|NON PROTEGE|SPECIAL FRANCE"
    r"|(?:STRENG )?GEHEIM|VERSCHLUSSSACHE|(?:STG\. |ZEER )?GEHEIM"
    r"|(?:DEPARTEMENTAAL )?VERTROUWELIJK"
    # Italian, Spanish, Portuguese, Romanian
    r"|SEGRETO|SEGRETISSIMO|RISERVATO|RISERVATISSIMO|(?:MUITO |ALTO )?SECRETO"
    r"|RESERVADO|CONFIDENCIAL|DIFUSION LIMITADA|STRICT SECRET"
    # the North and the Baltic
    r"|(?:STRENGT |YDERST |KVALIFICERAT |BEGRANSAT )?(?:HEMMELIGT?|HEMLIG)|FORTROLIGT?|BEGRENSET"
    r"|TIL TJENESTEBRUG|(?:ERITTAIN )?SALAINEN|(?:TAIESTI )?SALAJANE|SLEPENI|SLAPTAI"
    # Polish, Czech, Slovak, Hungarian, Turkish, of the South-East
    r"|(?:SCISLE |PRISNE )?TAJNE|POUFNE|ZASTRZEZONE|DUVERNE|VYHRAZENE|(?:SZIGORUAN )?TITKOS"
    r"|BIZALMAS|(?:COK )?GIZLI|HIZMETE OZEL|(?:STROGO )?(?:POVERLJIVO|TAJNO)"
    r"|(?:ΑΚΡΩΣ )?ΑΠΟΡΡΗΤΟ|ΕΜΠΙΣΤΕΥΤΙΚΟ|ΠΕΡΙΟΡΙΣΜΕΝΗΣ ΧΡΗΣΗΣ"
    r"|(?:СОВЕРШЕННО |СТРОГО )?СЕКРЕТНО|ДЛЯ СЛУЖЕБНОГО ПОЛЬЗОВАНИЯ|(?:ЦІЛКОМ )?ТАЕМНО"
    rf"|ДЛЯ СЛУЖБОВОГО КОРИСТУВАННЯ){_TAIL}"
)
ELSEWHERE = re.compile(_OTHERS)
_ELSEWHERE = re.compile(rf"(?:[A-Z]{{2,3}} )?{_OTHERS}")
"""Markings on no ladder by default, as `spelled` has them. Who uses one names it in a setting."""
_ANY_CASE = re.compile(
    r"TLP ?[:-]? ?(?:RED|AMBER(?: ?\+ ?STRICT)?|GREEN|CLEAR|WHITE)"
    r"|VS ?[-–]? ?(?:NFD|NUR FUR DEN DIENSTGEBRAUCH|VERTRAULICH)" + _TAIL
)
"""Those that are told by their form, though it be in small letters."""
_PORTION = re.compile(
    r"\((?:NU|NR|NC|NS|CTS|(?:U|R|C|S|TS)//[A-Z][A-Z /,-]{1,30}|TS)\)",
)
_PORTIONS = re.compile(
    rf"(?:^(?:[•*–-] +)?(?:\(?(?:\d+(?:\.\d+)*|[a-z])[.)] +)?|(?<=: )|(?<=\| ))"
    rf"({_PORTION.pattern})(?=\s)",
    re.MULTILINE,
)
_PORTIONS_LAST = re.compile(r"(?<=[.!?] )(\((?:NU|NR|NC|NS|CTS)\))(?=\s*$)", re.MULTILINE)
_WORDS = re.compile(
    r"\b(?:UNCLASSIFIED|CLASSIFIED|RESTRICTED|CONFIDENTIAL|SECRET|RESTREINTE?|CONFIDENTIEL"
    r"|OFFICIAL|SENSITIVE|CUI|TLP|VS|GEHEIM|VERTRAULICH|SEGRETO|SECRETO|RESERVADO|HEMMELIG|HEMLIG"
    r"|TAJNE|POUFNE|GIZLI|PROTECTED|СЕКРЕТНО|ΑΠΟΡΡΗΤΟ)\b"
)
_AROUND = " *_#[]{}<>|=~•·–—-\t"
_LONGEST_BANNER = 160
_LONGEST_NAMED = 6
"""Words of what a line may name as its classification."""
_COMMENT = re.compile(r"\s#.*$")
_QUOTES = "\"'+ "
_SPACED = re.compile(r"(?:\S )+\S")
_APART = re.compile(r"[ \t]{2,}")
_LEAD = re.compile(
    r"^(?:(?:overall|security|protective|document) )?"
    r"(?:classification(?: de sécurité)?|marking|marquage|einstufung)\s*[:=]\s*",
    re.IGNORECASE,
)
_NUMBER = r"(?:page )?\d{1,4}(?: ?(?:of|/|sur|de) ?\d{1,4})?"
_NUMBERS = re.compile(
    rf"^[-–— ]*{_NUMBER}[-–—| ]+(?=[A-Z])|[-–—| ]+{_NUMBER}[-–— ]*$", re.IGNORECASE
)
"""The number of a page before or after what else its edge says."""


def banner(lines: Iterable[str]) -> str | None:
    """The marking that one of a document's first lines is, standing alone."""
    return next(banners(lines), None)


def banners(lines: Iterable[str], ladders: Ladders = _USUAL) -> Iterator[str]:
    """The markings that lines are, in capitals and standing alone.

    One of the ladders may also be spaced out letter by letter, stand beside a page's number, and,
    where it is of several words, begin each of them with a capital. One that is on no ladder is
    given as it is written.
    """
    compact = {name.replace(" ", ""): ladders.named(name) for name in ladders.spellings}
    for line in lines:
        marking = _marking(line, ladders, compact)
        if marking is not None:
            yield marking


def portions(text: str) -> Iterator[str]:
    """The markings before paragraphs, and behind their last sentences: `(NS) It begins in May.`"""
    return (found.group(1) for form in (_PORTIONS, _PORTIONS_LAST) for found in form.finditer(text))


def without_number(line: str) -> str:
    """The line without what is drawn around it and the number of its page."""
    return _NUMBERS.sub("", " ".join(line.strip(_AROUND).split()))


def says_a_level(text: str) -> bool:
    """Whether a text has a word that markings are made of."""
    return _WORDS.search(spelled(text)) is not None


def _marking(line: str, ladders: Ladders, compact: dict[str, str]) -> str | None:
    words = without_number(line)
    named = _LEAD.sub("", words).strip(_AROUND)
    if not named or len(named) > _LONGEST_BANNER:
        return None
    if _SPACED.fullmatch(named):
        joined = " ".join(word.replace(" ", "") for word in _APART.split(line.strip(_AROUND)))
        return compact.get(named.replace(" ", "")) or _alone(joined, ladders)
    if named != words.strip(_AROUND):
        own = _COMMENT.sub("", named).strip(_QUOTES)
        return own.upper() if is_property(own, ladders) else None
    return _alone(named, ladders)


def is_property(named: str, ladders: Ladders) -> bool:
    """Whether what is named as a classification is a marking, in whatever letters."""
    short = len(named.split()) <= _LONGEST_NAMED and named[-1:] != "."
    return (bool(named) and ladders.knows(named)) or (
        short and says_a_level(named) and (":" not in named or named.upper().startswith("TLP"))
    )


def _alone(words: str, ladders: Ladders) -> str | None:
    """The marking that a line is: by its own name, with who else may have it, or as written."""
    portion = _PORTION.fullmatch(words) is not None
    words = words if portion else words.strip("() ")
    own, released = parted(words)
    # A sentence that is about a marking is not one: `NATO restricted`, and `Secret` as a heading.
    shown = own.isupper() or (" " in own and all(word[:1].isupper() for word in own.split()))
    if shown and own.strip() and ladders.knows(own):
        return ladders.named(own) + released.upper()
    bare = spelled(words)
    if portion or _ANY_CASE.fullmatch(bare):
        return bare
    plain = words.isupper() and (_MARKING.fullmatch(bare) or _ELSEWHERE.fullmatch(bare))
    return words if plain else None
