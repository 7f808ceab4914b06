"""Who the members of something are, told by the sentence that names them one after the other."""

import re
from collections.abc import Sequence

from assistant.answers.counting import QUANTITY
from assistant.answers.features import refers
from assistant.answers.in_turn import named_in_turn
from assistant.answers.pool import Pooled
from assistant.answers.question import Expected, QuestionForm
from assistant.answers.words import exact_words
from assistant.grounding.sentences import sentences

_PEOPLE = re.compile(r"\b[A-Z]\w+(?:an|ish|ese|ern)\b")
_JOINED = re.compile(
    r"\b(?:members?|signator(?:y|ies)|part(?:y|ies) to|signed|signing|form(?:ed|ing)|founded|"
    r"founding|founders|established|created|consist(?:s|ed|ing)? of|compris(?:es|ed|ing)|"
    r"made up of|concluded|between|among|agreed|membres?|signataires?|signé|fondé|formé|créé)\b",
    re.IGNORECASE,
)
# "The founding members were …": of what the document is about.
_OF_THE_WHOLE = re.compile(
    r"^the\s+(?:founding|original|first|charter|initial)\s+(?:members?|signatories|parties)\b",
    re.IGNORECASE,
)
# "From its original 12 members"
_FIRST_OF_ALL = re.compile(
    rf"\b(?:original|founding|initial|charter)\s+(?:{QUANTITY.pattern})\s+"
    r"(?:members?|countries|states|nations|parties|signatories)\b",
    re.IGNORECASE,
)
_ALLIANCES = exact_words("pact treaty alliance organization agreement union league")
# Those who were kept out, or came later, are not all members.
_OTHERS = re.compile(
    r"\b(?:prevent\w*|not|never|exclu\w+|except|outside|refus\w+|declin\w+|non-members?|observers?|"
    r"later|additional\w*|also joined|preferred|wanted)\b",
    re.IGNORECASE,
)


def members(form: QuestionForm, pool: Sequence[Pooled]) -> list[Pooled]:
    """The sentence that names the members in question; nothing where none does."""
    if not form.asks_members or not form.names.words or _are_counted(form, pool):
        return []
    telling = [
        (len(named_in_turn(one.text)), one.chance, -at, one)
        for at, one in enumerate(pool)
        if named_in_turn(one.text) and _is_of_them(form, one)
    ]
    return [max(telling)[-1]] if telling else []


def _are_counted(form: QuestionForm, pool: Sequence[Pooled]) -> bool:
    """Whether a sentence has the number of all that is asked about, to one who asks how many.

    "Three Asian members" are some of them to whom asks for no Asian ones.
    """
    first = form.expected is Expected.QUANTITY

    def counted(text: str) -> bool:
        if first and _FIRST_OF_ALL.search(text):
            return True
        return form.counts(text) and form.counts_all(_PEOPLE.sub("other", text))

    return any(counted(one.text) and not form.names.missing_from(one.text) for one in pool)


def _is_of_them(form: QuestionForm, one: Pooled) -> bool:
    """Whether it says of what is asked about that these joined in it."""
    if not _JOINED.search(one.text) or _OTHERS.search(one.text):
        return False
    before = sentences(one.source.stored.chunk.text[: one.part.start], None)[-1:]
    leaning = refers(one.text) or re.search(r"\b(?:this|the) (?:agreement|treaty|pact)\b", one.text)
    above = [one.source.context] if _OF_THE_WHOLE.match(one.text) else []
    said = "\n".join((*above, *(each.text for each in before if leaning), one.text))
    missing, own = form.names.missing_from(said), form.names.words - _ALLIANCES
    # The Warsaw Pact is the Warsaw Treaty, too, but nothing that Poland is in.
    return not missing or (missing <= _ALLIANCES and bool(own) and own <= exact_words(said))
