"""The date of issue that a text bears itself: in its head, or where a treaty says it was done.

Meant to be sure rather than complete: a date that a sentence, a caption, a reference or a row of
a chronology names is not the document's, and a wrong date is worse than none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.loaders.blocks import is_list_item
from ingest.loaders.written_dates import Written, dates_in, months_in

HEAD = 900  # characters
_CHRONICLE = 3000  # characters in which a third line that is only a date makes a chronology
_MOST_ALONE = 2
_SENTENCE = 8  # words that make a line with a full stop a sentence
_PROSE = 160  # characters: a longer line is no line of a head
_LONGEST = 110  # characters of a line or of what stands before its date

_PUBLISHED = (
    "date(?: of (?:issue|publication)| published| issued)?|dated|publication date|published"
    "(?: online)?|issued|released|posted|(?:last )?(?:updated|modified|revised|reviewed)"
    "|last (?:update|revision)|publiée? le|mise? à jour le|date de publication|datum|stand"
    "|veröffentlicht am|aktualisiert am|gepubliceerd op|bijgewerkt op|fecha|publicado el"
    "|actualizado el|data|pubblicato il|aggiornato il|publicado em"
)
_LABELLED = re.compile(rf"(?:^|[;(|·•–—])\s*(?:{_PUBLISHED})(?: on)?\s*:?\s*$", re.IGNORECASE)
_OPEN_END = re.compile(r"^\s*(?:$|[.;)|·•(])")
_WEEKDAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche",
    re.IGNORECASE,
)
_NOT_ISSUED = re.compile(
    r"effective|expir|valid|deadline|until|in force|born|cancel|supersede|due\b|remarks|page\b",
    re.IGNORECASE,
)
_JOINING = r"(?:of|the|and|for|to|in|on|de|du|des|la|le|les|et|van|het|der|den|und|für|del|y)"
_NAMED = re.compile(rf"(?:{_JOINING} |[^\W\d_a-zß-ÿ][^\s]*[ ]?|[\d(&–—-]\S* ?)*", re.UNICODE)
_NUMBERED = re.compile(
    r"\b[A-Z]{1,8}[/-](?:[A-Z]+[/-]?)*\d|\b[A-Z]{2,9} \d[\d.]*|\b(?:Distr|DISTRIBUTION|Original)\b"
)
_CAPITALS = re.compile(r"[^a-zß-ÿ\])]*")  # a bracket that closes behind a date closes a reference
_PLACE = re.compile(r"(?:^|[\s.])[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,2},? ?$")
_SALUTED = re.compile(
    r"[\s.,]*(?:Your Excellenc|Excellenc|Exzellenz|Excellenti|Dear\b|Sir\b|Madam|Monsieur|Madame"
    r"|Mijnheer|Sehr geehrt|Señor)"
)
_REFERRED = re.compile(r"\s*(?:No\b|Nr\b|N°|Ref\b|To:|SUBJECT|Subject|[–—]\s|[A-Z]{2,}[\w.-]*\d)")
_SENDER = re.compile(r"\b(?:EMBASSY|MINIST|AMBASSADE|DEPARTMENT|REPRESENTATION|OFFICE|AUSWÄRTIG)")
_TREATY_LIST = (
    "agreement treaty convention protocol covenant charter statute memorandum accord traité pacte "
    "charte verdrag overeenkomst handvest statuut abkommen vertrag übereinkommen tratado acuerdo "
    "convenio accordo trattato"
)
_TREATY = _TREATY_LIST.split()
# Notes exchanged are dated themselves, and may enclose a treaty of long before.
_LETTERS = re.compile(
    r"exchange of|wisseling|échange de|wechsel|canje de|scambio di", re.IGNORECASE
)
_TITLED = 700  # characters in which a treaty says that it is one
_CLOSED = (
    ("Done", "at"),
    ("Done", "in"),
    ("Signed", "at"),
    ("Gedaan", "te"),
    ("Ondertekend", "te"),
    ("Fait", "à"),
    ("Geschehen", "zu"),
    ("Hecho", "en"),
    ("Fatto", "a"),
    ("Feito", "em"),
)
_CLOSINGS = (
    *(f"{form} {place}" for verb, place in _CLOSED for form in (verb, verb.upper())),
    "adopts this",
)
_CLOSING = 150  # characters in which a closing formula names its day


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a text is read by.

    `apart` are lines that are no part of a letterhead though they stand there, such as its title.
    `marked_up` says that its headings are known to be headings. `top` are its first lines as they
    stand on the page, where the text has made paragraphs of them.
    """

    text: str
    apart: frozenset[str] = frozenset()
    marked_up: bool = False
    top: tuple[str, ...] = ()


def issued_on(head: Head) -> Written | None:
    """The date that stands in the head by itself, after a label, or as in a letterhead."""
    labelled: list[Written] = []
    standing: list[Written] = []
    begun = False
    for line in _lines(head):
        for one in (*dates_in(line), *months_in(line)):
            if _is_labelled(line, one):
                labelled.append(one)
            elif not begun and _stands(line, one, head):
                standing.append(one)
        begun = begun or _is_prose(line)
    if not (labelled or standing) or _is_chronology(head.text):
        return None
    return max(labelled, key=lambda one: one.on) if labelled else standing[0]


def done_on(text: str, title: str) -> date | None:
    """The day on which a treaty was done or signed, as the formula that closes it says."""
    opening = f"{title}\n{text[:_TITLED]}".lower()
    if _LETTERS.search(title) or not any(word in opening for word in _TREATY):
        return None
    places = sorted(place for words in _CLOSINGS for place in _places(text, words))
    days = (dates_in(text[place : place + _CLOSING]) for place in places)
    return next((found[0].on for found in days if found), None)


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _lines(head: Head) -> Iterator[str]:
    for line in head.text[:HEAD].split("\n"):
        if line.strip() and line.strip() not in head.apart:
            yield line


def _is_prose(line: str) -> bool:
    """Whether the text itself has begun: what stands alone behind it heads one part of it."""
    # "25. September 1990" begins as an item does.
    sentence = line.rstrip().endswith((".", ":", ";")) and len(line.split()) >= _SENTENCE
    return sentence or len(line) > _PROSE or (is_list_item(line) and not _only_date(line))


def _is_chronology(text: str) -> bool:
    lines = (line.strip() for line in text[:_CHRONICLE].split("\n"))
    alone = sum(1 for line in lines if len(line) < _LONGEST and _only_date(line))
    return alone > _MOST_ALONE


def _only_date(line: str) -> bool:
    return any(_is_alone(line, one) for one in dates_in(line))


def _is_labelled(line: str, one: Written) -> bool:
    before, after = line[: one.start], line[one.end :]
    return bool(_LABELLED.search(before) and _OPEN_END.match(after))


def _is_alone(line: str, one: Written) -> bool:
    rest = _WEEKDAY.sub("", line[: one.start] + line[one.end :])
    return not any(character.isalnum() for character in rest)


def _stands(line: str, one: Written, head: Head) -> bool:
    before, after = line[: one.start].strip(), line[one.end :]
    if is_list_item(line) and not _only_date(line):
        return False
    if _is_alone(line, one):
        return True
    if not one.whole or len(before) > _LONGEST or _NOT_ISSUED.search(before):
        return False
    if before and not _NAMED.fullmatch(f"{before} "):
        return False
    return _is_letter(before, after) or (not head.marked_up and _is_numbered(before, after))


def _is_letter(before: str, after: str) -> bool:
    """`The Hague, 10 February 2015 Treaties Division`, as a letter begins."""
    if not before or not _PLACE.search(before):
        return not before and _SALUTED.match(after) is not None
    written = before.endswith(",") and _SENDER.search(before.upper())
    return bool(_SALUTED.match(after) or _REFERRED.match(after) or written)


def _is_numbered(before: str, after: str) -> bool:
    """`A/L.632 29 September 1971 ORIGINAL: ENGLISH`, as an official document is headed."""
    fits = len(before) + len(after) <= _LONGEST and _CAPITALS.fullmatch(after)
    return bool(fits and _NUMBERED.search(before))
