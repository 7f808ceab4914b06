"""Which of the reasons against a sentence may be told: those a reader can check in the two texts.

The checks weigh a sentence against a text that was put in its words, and what they find counts
where all of it is weighed. Who reads the reason sees the text as it is: what is said of it there
has to be true word for word, or it is not told.
"""

from collections.abc import Callable, Iterable, Mapping

from assistant.grounding import tellable
from assistant.grounding.tellable import Texts, Values
from assistant.grounding.terms import Kind, terms
from assistant.grounding.written import figure_in_full, in_full
from assistant.phrases import Told, phrase, told


def told_truly(problems: Iterable[str], texts: Texts) -> str:
    """The first of the problems that can be told, perhaps with less; empty where none can."""
    return next(filter(None, (_put(one, texts) for one in problems if one)), "")


def is_of_name_beside(problem: str) -> bool:
    """Whether all that is wrong is that a name stands beside the span, as in its title.

    A title names what the whole text is about, so its names say little against a sentence.
    """
    return [one.code for one in told(problem) or ()] == ["name-elsewhere"]


def _put(problem: str, texts: Texts) -> str:
    """The problem where it holds word for word, else what of it does."""
    (one, *more) = told(problem) or (None,)
    if one is None or more:
        return ""
    check = _CHECKS.get(one.code)
    if check is None or check(one.values, texts):
        return phrase(one.code, **_as_written(one, texts))
    less = _LESS.get(one.code)
    return _put(less(one.values), texts) if less else ""


def _as_written(one: Told, texts: Texts) -> dict[str, str]:
    """The values with figures and names as they are written in the two texts, in full."""
    put = dict(one.values)
    texts_of = {"said": texts.sentence, "number": texts.sentence, "given": texts.span}
    for name in put.keys() & texts_of.keys():
        put[name] = figure_in_full(put[name], texts_of[name])
    if "name" in put:
        put["name"] = in_full(put["name"], texts.sentence)
    if one.code == "another-name":
        put["given"] = in_full(put["given"], texts.span)
        put["said"] = in_full(put["said"], texts.sentence)
    return put


_CHECKS: Mapping[str, Callable[[Values, Texts], bool]] = {
    "number-nowhere": tellable.number_is_nowhere,
    "another-number": tellable.numbers_for_each_other,
    "name-nowhere": tellable.name_is_nowhere,
    "name-elsewhere": tellable.name_is_not_here,
    "another-name": tellable.names_for_each_other,
    "another-word": tellable.words_for_each_other,
    "names-exchanged": tellable.stand_the_other_way_round,
    "words-nowhere": tellable.said_nowhere,
    "word-added": tellable.added,
    "denial-added": tellable.added,
    "word-dropped": tellable.left_out,
    "held-certain": tellable.stated,
    "to-come": tellable.to_come,
    "limited": tellable.has("condition"),
    "said-by-somebody": tellable.has("frame"),
    "not-done": tellable.has("frame"),
    "failed": tellable.has("frame"),
    "done-by-theirs": tellable.has("whose"),
    "percent-nowhere": tellable.no_share,
    "month-nowhere": tellable.no_month,
}
# What is still true where nothing stands in its place.
_LESS: Mapping[str, Callable[[Values], str]] = {
    "another-number": lambda values: _figure_is_nowhere(values["said"]),
    "another-name": lambda values: phrase("name-elsewhere", name=values["said"]),
    "name-nowhere": lambda values: phrase("name-elsewhere", name=values["name"]),
}


def _figure_is_nowhere(said: str) -> str:
    if any(one.kind is Kind.MONTH for one in terms(f"1 {said}")):
        return phrase("month-nowhere", month=said)
    return phrase("number-nowhere", number=said)
