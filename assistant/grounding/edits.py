"""What a sentence changes between words that it has in common with its span.

Who writes a sentence anew changes it everywhere. Where all but one word is the same, that word is
either another for the same thing or another claim.
"""

from collections.abc import Iterator

from assistant.grounding.alignment import Exchange, align
from assistant.grounding.meanings import akin
from assistant.grounding.operators import is_operator
from assistant.grounding.small import BETWEEN, HARMLESS, LIGHT, UNTOLD
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase

# Longer pieces are other wordings, not other words.
_LONGEST = 4
_LONGEST_SMALL = 2
# Those that can say the same.
_ALIKE_LIST = (
    "because since as due for|although though while despite but|until to till through|"
    "into in to inside within|by with through via using|among between of|"
    "during in within over throughout|for of to from by|towards toward to|if when whether|"
    "on over about for|under in by|after since following|before prior|above over than|"
    "below under than|through across throughout|per a each|but except|as of|while with|for in to|"
    "with between|sur dans en|pendant durant dans|depuis dès|vers à"
)
_ALIKE = tuple(frozenset(one.split()) for one in _ALIKE_LIST.split("|"))
_APART = frozenset({frozenset({"from", "to"}), frozenset({"by", "to"})})


def word_exchanged(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong where another word stands in the same place, between the same words."""
    found: list[str] = []
    for one in _pieces(sentence, span):
        given = [term for term in one.given if _says(term)]
        others = [
            term
            for term in one.said
            if term.kind is Kind.WORD
            and _says(term)
            and term.key not in HARMLESS
            and not any(akin(term.key, each.key) for each in given)
        ]
        if given and others:
            found.append(phrase("another-word", given=given[0].text, said=others[0].text))
    return found


def kind_exchanged(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong where a telling word stands for a small one, or the reverse."""
    found: list[str] = []
    for one in _pieces(sentence, span):
        said, given = _told(one.said), _told(one.given)
        if len(said) == len(given) == 1 and _of_two_kinds(said[0], given[0]):
            found.append(phrase("another-word", given=given[0].text, said=said[0].text))
    return found


def _of_two_kinds(one: Term, other: Term) -> bool:
    telling = [term for term in (one, other) if _says(term)]
    small = [term for term in (one, other) if _relates(term) or is_operator(term)]
    return len(telling) == len(small) == 1 and not akin(one.key, other.key)


def _told(found: tuple[Term, ...]) -> list[Term]:
    return [one for one in found if one.text.lower() not in UNTOLD]


def put_between(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong with each word put between two that stand side by side in the span."""
    known = [one.key for one in terms(span)]
    return [
        phrase("word-added", said=term.text)
        for one in align(sentence, span).inner
        if not one.given
        for term in one.said
        if _says(term)
        and term.key not in HARMLESS | LIGHT
        and not any(akin(term.key, key) for key in known)
    ]


def relation_exchanged(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong where another small word relates the same words: "from" for "to"."""
    found: list[str] = []
    for one in _pieces(sentence, span):
        # "Failed to" says what "did not" says: of such words others tell.
        if any(is_operator(term) and not _relates(term) for term in one.said + one.given):
            continue
        said, given = _small(one.said), _small(one.given)
        few = 0 < len(said) <= _LONGEST_SMALL and 0 < len(given) <= _LONGEST_SMALL
        if (
            few
            and BETWEEN.intersection(said + given)
            and not any(_alike(mine, theirs) for mine in said for theirs in given)
        ):
            found.append(phrase("another-word", given=given[0], said=said[0]))
    return found


def _pieces(sentence: str, span: str) -> Iterator[Exchange]:
    found = align(sentence, span)
    for one in (*found.inner, *([found.last] if found.last else [])):
        if one.said and one.given and max(len(one.said), len(one.given)) <= _LONGEST:
            yield one


def _says(term: Term) -> bool:
    return (
        term.kind is not Kind.COMMON and not is_operator(term) and term.text.lower() not in BETWEEN
    )


def _relates(term: Term) -> bool:
    return term.text.lower() in BETWEEN


def _small(found: tuple[Term, ...]) -> list[str]:
    words = [(one, one.text.lower()) for one in found]
    return [
        word
        for one, word in words
        if word.isalpha() and (one.kind is Kind.COMMON or word in BETWEEN) and word not in UNTOLD
    ]


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    both = {one, other}
    return both not in _APART and any(both <= each for each in _ALIKE)
