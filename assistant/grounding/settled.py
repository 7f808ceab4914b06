"""What settles that a span does not carry a sentence, however alike the two are.

Each of these was counted over sentences that people wrote from a passage, and tells of hardly any.
"""

from assistant.grounding.absence import absent
from assistant.grounding.agents import done_by_him
from assistant.grounding.appositions import without_appositions
from assistant.grounding.belonging import of_another_people
from assistant.grounding.borrowed import borrowed, speaker
from assistant.grounding.bounds import bounded_otherwise
from assistant.grounding.clauses import lacking_in, unheard_of_few
from assistant.grounding.dated import dated_by_another
from assistant.grounding.deeds import done_otherwise
from assistant.grounding.denied_there import (
    denied_by_prefix,
    denied_name,
    exempt_nowhere,
    left_aside,
    never_came,
    stated_beside,
)
from assistant.grounding.doers import done_by_another, done_to_doer, held_by_another
from assistant.grounding.features import Beside
from assistant.grounding.figures import (
    counted_of_another,
    counted_otherwise,
    dated_otherwise,
    one_for_both,
    unquoted,
)
from assistant.grounding.limits import limit, unfounded
from assistant.grounding.mixing import mixed
from assistant.grounding.objects import done_to_another
from assistant.grounding.pairs import paired_otherwise
from assistant.grounding.permitted import governed_otherwise
from assistant.grounding.possessors import done_by_theirs
from assistant.grounding.qualified import unqualified
from assistant.grounding.relations import related_otherwise
from assistant.grounding.rivals import of_a_rival
from assistant.grounding.roles import turned_round
from assistant.grounding.rules import ruled_otherwise
from assistant.grounding.seated import placed_in_another
from assistant.grounding.subjects import unnamed_subject
from assistant.grounding.undone import undone
from assistant.grounding.wording import claimed_nowhere, compelled_nowhere

_COUNTS = (
    bounded_otherwise,
    counted_otherwise,
    counted_of_another,
    dated_otherwise,
    one_for_both,
)


def settled(words: str, beside: Beside, before: str = "") -> bool:
    """Whether the span limits what the words say, or says it of another or the other way round."""
    # The words of a row stand in no order that tells who does it.
    turned = not beside.row and bool(turned_round(words, beside.span))
    turned = turned and not lacking_in(words, beside.span)
    return bool(
        turned
        or unquoted(words, beside.around if beside.row else beside.span)
        or limited(words, beside, before)
        or of_another(words, beside)
        or unfounded(words, beside.span)
        or unheard_of_few(words, beside.span, beside.around, row=beside.row)
    )


def limited(words: str, beside: Beside, before: str) -> str:
    """What is wrong where the span says less, or `before` names nobody for whom "it" stands."""
    return (
        limit(words, beside.span)
        or undone(words, beside.span)
        or unnamed_subject(words, before, beside.span)
        or claimed_nowhere(words, beside.span, beside.around)
        or unqualified(words, beside.span, beside.around)
        or compelled_nowhere(words, beside.span)
        or speaker(words, beside.span)
        or denied_name(words, beside.span)
        or denied_by_prefix(words, beside.span)
        or left_aside(words, beside.span)
        or never_came(words, beside.span)
        or stated_beside(words, beside.span)
        or exempt_nowhere(words, beside.span)
        or absent(words, beside.span)
    )


def of_another(words: str, beside: Beside) -> str:
    """What is wrong where the span tells it of something else, or tells of another deed."""
    done = governed_otherwise(words, beside.span) or done_otherwise(words, beside.span, beside.near)
    told = done or next(filter(None, (check(words, beside.span) for check in _COUNTS)), "")
    # The cells of a row are no clauses, and its surroundings are the heads of its columns.
    if told or beside.row:
        return told
    return (
        done_by_another(words, beside.span, beside.around)
        or _turned_beside(words, beside.span)
        or of_a_rival(words, beside.span)
        or done_to_doer(words, beside.span)
        or done_to_another(words, beside.span)
        or held_by_another(words, beside.span, beside.around)
        or done_by_him(words, beside.span)
        or done_by_theirs(words, beside.span)
        or of_another_people(words, beside.span)
        or related_otherwise(words, beside.span)
        or dated_by_another(words, beside.span)
        or placed_in_another(words, beside.span)
        or ruled_otherwise(words, beside.span)
        or paired_otherwise(words, beside.span)
        or mixed(words, beside.span, beside.around)
        or borrowed(words, beside.span, beside.around)
    )


def _turned_beside(words: str, span: str) -> str:
    """What is wrong where the span has it the other way round but for what stands by its names."""
    bare = without_appositions(span)
    return "" if bare == span else next(iter(turned_round(words, bare)), "")
