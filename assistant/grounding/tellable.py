"""Whether a reason against a sentence is true of both texts word for word, by the reason."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.grounding.alignment import align
from assistant.grounding.meanings import akin, may_be_a_verb, may_stand_for, opposite
from assistant.grounding.names import certain_names, stem_of, stems_of
from assistant.grounding.operators import Sense, operators
from assistant.grounding.small import WRITTEN_FOR_ANY
from assistant.grounding.states import is_state
from assistant.grounding.terms import Kind, key_of, terms
from assistant.grounding.written import (
    CLAUSE_ENDS,
    YEAR,
    counted_behind,
    figure_of,
    in_full,
    is_whole,
    is_written,
    kind_of,
    number_of,
    runs,
    says,
)

# "Not later than" denies nothing.
_BOUND = re.compile(
    r"\b(?:not?|no)\s+(?:later|earlier|more|less|fewer|longer|only|exceeding)\b", re.I
)
# A name in capitals alone that is longer is a heading.
_LONG_LETTERS = 6
_RULED = re.compile(r"\s*shall\b|\s*fail", re.IGNORECASE)
_SHARE = re.compile(r"%|per\s?cent", re.IGNORECASE)
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Texts:
    """A sentence, the span beside it as it is written, and the passage with title and headings."""

    sentence: str
    span: str
    passage: str


def number_is_nowhere(values: Values, texts: Texts) -> bool:
    """Whether only the sentence has the number, and no title above the span."""
    number = values["number"]
    given = (texts.span, texts.passage.partition("\n")[0])
    said = number_of(texts.sentence, number) is not None
    return said and all(number_of(text, number) is None for text in given)


def numbers_for_each_other(values: Values, texts: Texts) -> bool:
    """Whether both count or measure the same, or both are the only year or month of their text."""
    given, said = values["given"], values["said"]
    if " " in given or " " in said:
        return is_written(texts.span, given) and is_written(texts.sentence, said)
    mine, theirs = figure_of(texts.sentence, said), figure_of(texts.span, given)
    if mine is None or theirs is None:
        return False
    if counted_behind(texts.sentence, mine) & counted_behind(texts.span, theirs):
        return True
    # Where the span has both, it has been found which of them is of what is said.
    if figure_of(texts.span, said) is not None:
        return kind_of(mine) == kind_of(theirs) != "number"
    kind = kind_of(theirs)
    alike = {one.key for one in terms(texts.span) if kind_of(one) == kind}
    return kind == kind_of(mine) and (kind != "number") and len(alike) == 1


def name_is_nowhere(values: Values, texts: Texts) -> bool:
    """Whether it is a name, and the passage has nothing of it."""
    name = values["name"]
    is_name = any(
        one.text == name and one.kind is Kind.NAME for one in terms(texts.sentence)
    ) or stem_of(name) in certain_names(texts.passage) | certain_names(texts.sentence)
    is_name = is_name or is_state(name)
    return is_name and stem_of(name) not in stems_of(texts.passage)


def name_is_not_here(values: Values, texts: Texts) -> bool:
    """Whether it is a name, and the span has not all of it."""
    name = values["name"]
    first = name.split()[0]
    is_name = any(
        one.text.startswith(first) and one.kind is Kind.NAME for one in terms(texts.sentence)
    )
    known = stems_of(texts.span)
    gone = not all(stem_of(one) in known for one in name.split())
    return (is_name or is_state(name)) and gone


def names_for_each_other(values: Values, texts: Texts) -> bool:
    """Whether both are names as they stand, and no parts of longer ones."""
    given, said = values["given"], values["said"]
    if _is_word(given, texts.span) and _is_word(said, texts.sentence):
        return key_of(given) not in _keys(texts.sentence)
    given, said = in_full(given, texts.span), in_full(said, texts.sentence)
    if not is_whole(given, texts.span) or not is_whole(said, texts.sentence):
        return False
    if stem_of(given) in stems_of(texts.sentence):
        return False
    names = certain_names(texts.passage) | certain_names(texts.sentence)
    opens = said[0].isupper() and not re.search(rf"\b{re.escape(said.lower())}\b", texts.passage)
    both = stem_of(given.split()[-1]) in names and (stem_of(said.split()[-1]) in names or opens)
    return both and not (given.isupper() and len(given) > _LONG_LETTERS)


def _is_word(words: str, text: str) -> bool:
    return any(one.text == words and one.kind is Kind.WORD for one in terms(text))


def words_for_each_other(values: Values, texts: Texts) -> bool:
    """Whether the one stands for the other, and says something else."""
    given, said = values["given"], values["said"]
    if not is_written(texts.span, given) or not is_written(texts.sentence, said):
        return False
    if " " in given:
        return not is_written(texts.span, said) and not is_written(texts.sentence, given)
    # "The Limited Test Ban Treaty" says of nothing that it is limited.
    if any(term.text.lower() == given.lower() for run in runs(texts.span) for term in run):
        return False
    one, other = key_of(given), key_of(said)
    if one in _keys(texts.sentence) or other in _keys(texts.span):
        years = YEAR.fullmatch(given) is not None and YEAR.fullmatch(said) is not None
        return opposite(one, other) or years
    if opposite(one, other):
        return True
    says = other not in WRITTEN_FOR_ANY and may_be_a_verb(one) == may_be_a_verb(other)
    tells = {one, other} <= _keys(f"{texts.sentence} {texts.span}")
    verbs = may_be_a_verb(one) and may_be_a_verb(other)
    alike = verbs or _stand_alike(given, said, texts)
    return says and tells and alike and not may_stand_for(one, other)


def _stand_alike(given: str, said: str, texts: Texts) -> bool:
    """Whether the two stand between the same words."""
    return any(
        any(term.text.lower() == said.lower() for term in one.said)
        and any(term.text.lower() == given.lower() for term in one.given)
        for one in align(texts.sentence, texts.span).exchanges
    )


def stand_the_other_way_round(values: Values, texts: Texts) -> bool:
    """Whether the two stand in both texts, in one the other way round."""
    places = [
        [text.lower().find(values[one].lower()) for one in ("given", "said")]
        for text in (texts.sentence, texts.span)
    ]
    if any(place < 0 for each in places for place in each):
        return False
    # "Envoy Auk" is one, and stands no way round.
    both = {values["given"], values["said"]}
    if any(both <= {one.text for one in run} for run in runs(texts.sentence)):
        return False
    (first, second), (third, fourth) = places
    return (first < second) != (third < fourth)


def said_nowhere(values: Values, texts: Texts) -> bool:
    """Whether no form of the words is in the passage, nor a word for any of them in the span."""
    said = [one for one in terms(values["said"]) if one.kind is not Kind.COMMON]
    given = _keys(texts.span)
    anywhere = _keys(texts.passage) | given
    return bool(said) and not any(
        one.key in anywhere or any(akin(one.key, key) for key in given) for one in said
    )


def added(values: Values, texts: Texts) -> bool:
    """Whether the sentence has the words and the span does not say them."""
    said = values["said"]
    return is_written(texts.sentence, said) and not says(texts.span, said)


def _dropped(values: Values, texts: Texts) -> bool:
    given = values["given"]
    plain = _BOUND.sub(" ", texts.span)
    return is_written(plain, given) and not says(texts.sentence, given)


def left_out(values: Values, texts: Texts) -> bool:
    """Whether the span denies with that word what the sentence says without any denial."""
    denies = any(one.sense is Sense.NOT for one in operators(texts.sentence))
    return not denies and _dropped(values, texts)


def stated(values: Values, texts: Texts) -> bool:
    """Whether the word stands in a clause that has most of what the sentence says."""
    said = {one.key for one in terms(texts.sentence) if one.kind is not Kind.COMMON}
    for clause in CLAUSE_ENDS.split(texts.span):
        if is_written(clause, values["given"]):
            return 2 * len(said & _keys(clause)) >= len(said) and not says(
                texts.sentence, values["given"]
            )
    return False


def to_come(values: Values, texts: Texts) -> bool:
    """Whether the span has the deed, and not as a rule."""
    return not _RULED.match(values["deed"]) and is_written(texts.span, values["deed"])


def has(name: str) -> Callable[[Values, Texts], bool]:
    """Whether the span has that value, as a check."""
    return lambda values, texts: is_written(" ".join(texts.span.split()), values[name])


def no_share(_: Values, texts: Texts) -> bool:
    """Whether the sentence alone has a share in it."""
    return bool(_SHARE.search(texts.sentence)) and not _SHARE.search(texts.span)


def no_month(values: Values, texts: Texts) -> bool:
    """Whether the passage has nothing of the month."""
    return not says(texts.passage, values["month"])


def _keys(text: str) -> frozenset[str]:
    return frozenset(one.key for one in terms(text) if one.kind is not Kind.COMMON)
