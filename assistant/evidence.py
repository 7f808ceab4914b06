"""Sentences that prove nothing, however many words they share with what is to be proved.

"Say that the exercise was cancelled" is no evidence that it was; and nothing that a document says
is evidence for what a model says of itself.
"""

import re

from assistant.instructions import spoken

# Verbs of saying and doing, as orders have them; "name:" is a label.
_VERB = (
    r"(?P<verb>say|tell|reply|respond|answer|state|claim|confirm|declare|write|repeat|print|output"
    r"|cite|name(?!:)|call|pretend|add|append|translate|include|insert|mention|assume|imagine|obey|treat"
    r"|dis|dites|répond|répét|affirm|écri|ajout|cit|nomm|prétend|imagin|sag|antwort|schreib"
    r"|wiederhol|behaupt|di|diga|responde|responda|escribe|repite|скажи|ответь|напиши|повтори)"
)
_ENDING = r"(?:e[zrs]?|ez|s|t|en)?\b"
# An order begins a sentence or a clause, or follows "must", "shall" and the like.
_ORDER = re.compile(
    r"(?:^|[.!?:;,“”\"«(]\s*|\b(?:and|or|then|now|please|you|et|ou|puis|und|y|и)\s+"
    r"|(?P<duty>\b(?:must|shall|should|will|to|only|always|dois|devez|doit)\s+))"
    rf"(?:(?:always|only|now|please|also)\s+)?{_VERB}{_ENDING}",
    re.IGNORECASE | re.MULTILINE,
)
_STEM = 4
# "US" and "Annex I" are none of these.
_SELF = re.compile(
    r"\b(?:I(?=[’']|\s+(?:am|have|was|will|can|cannot|do|say|know|think)\b)|[Mm][ye]|[Ww]e|[Oo]urs?"
    r"|us|[Jj]e|[Mm](?:oi|on|es)|[Nn]o(?:us|tre|s))\b"
)


def is_no_evidence(span: str, sentence: str) -> bool:
    """Whether the span cannot support the sentence, whatever else speaks for it.

    It tells somebody to say or do what the sentence states as a fact, or the sentence speaks in
    the first person and the span does not. A span that the sentence repeats is evidence.
    """
    said, given = _words(sentence), _words(span)
    if said == given:
        return False
    if not {word.lower() for word in _SELF.findall(sentence)} <= set(given):
        return True
    if spoken(span):
        return True
    orders = list(_ORDER.finditer(span))
    return bool(orders) and not any(_speaks_of(order, said) for order in orders)


def _speaks_of(order: re.Match[str], said: list[str]) -> bool:
    """Whether words speak of the act: a duty in any form, a bare order only as it stands."""
    verb = order["verb"].lower()
    if order["duty"] is None:
        return verb in said
    return any(word[:_STEM] == verb[:_STEM] for word in said)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
