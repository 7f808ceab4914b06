"""Which of the reasons against a sentence may be told: those a reader can check in the two texts.

The checks weigh a sentence against a text that was put in its words, and what they find counts
where all of it is weighed. Who reads the reason sees the text as it is: what is said of it there
has to be true word for word, or it is not told.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from assistant.grounding.alignment import align
from assistant.grounding.meanings import akin, may_be_a_verb, may_stand_for, opposite
from assistant.grounding.names import certain_names, stem_of, stems_of
from assistant.grounding.operators import Sense, operators
from assistant.grounding.small import WRITTEN_FOR_ANY
from assistant.grounding.states import is_state
from assistant.grounding.terms import Kind, Term, key_of, terms
from assistant.phrases import Told, phrase, told

_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
# "Not later than" denies nothing.
_BOUND = re.compile(
    r"\b(?:not?|no)\s+(?:later|earlier|more|less|fewer|longer|only|exceeding)\b", re.I
)
_SCALE = re.compile(r"[\s-]+(?:thousand|million|billion|trillion)s?\b")
_WHOSE = re.compile(r"[’']s?$")
# "Naval and Coastal Services" are one name.
_SHARED = re.compile(r"\s+(?:and|of|of the)\s+[A-Z][\w-]+\s+[A-Z]|\s+of\s+(?:the\s+)?[A-Z]")
# A name in capitals alone that is longer is a heading.
_LONG_LETTERS = 6
_LONG_NAME = 3
_CLAUSE_ENDS = re.compile(r"[,;:()—–]|[.!?](?=\s|$)")
_RULED = re.compile(r"\s*shall\b|\s*fail", re.IGNORECASE)
_SHARE = re.compile(r"%|per\s?cent", re.IGNORECASE)

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Texts:
    """A sentence, the span beside it as it is written, and the passage with title and headings."""

    sentence: str
    span: str
    passage: str


def told_truly(problems: Iterable[str], texts: Texts) -> str:
    """The first of the problems that can be told, perhaps with less; empty where none can."""
    return next(filter(None, (_put(one, texts) for one in problems if one)), "")


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
        put[name] = _figure_in_full(put[name], texts_of[name])
    if "name" in put:
        put["name"] = _in_full(put["name"], texts.sentence)
    if one.code == "another-name":
        put["given"] = _in_full(put["given"], texts.span)
        put["said"] = _in_full(put["said"], texts.sentence)
    return put


def _figure_in_full(key: str, text: str) -> str:
    """A figure as a text writes it: "7.5 million"; what is none as it is."""
    figure = _number(text, key)
    scale = _SCALE.match(text, figure.end) if figure else None
    return figure.text + (scale[0] if scale else "") if figure else key


def _in_full(name: str, sentence: str) -> str:
    """The name with those beside it, unless another is a state's: "Panama Canal"."""
    for run in _runs(sentence):
        words = [_WHOSE.sub("", one.text) for one in run]
        if (
            name in words
            and len(words) <= _LONG_NAME
            and not any(is_state(word) for word in words if word != name)
        ):
            return _joined(run, sentence)
    return name


def _says(text: str, words: str) -> bool:
    """Whether a text has words, as they are written or in another form of each."""
    if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE):
        return True
    keys = [one.key for one in terms(words)]
    return bool(keys) and set(keys) <= {one.key for one in terms(text)}


def _written(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


def _number(text: str, key: str) -> Term | None:
    return next((one for one in terms(text) if one.kind is Kind.NUMBER and one.key == key), None)


def _number_is_nowhere(values: Values, texts: Texts) -> bool:
    number = values["number"]
    return _number(texts.sentence, number) is not None and _number(texts.span, number) is None


def _numbers_for_each_other(values: Values, texts: Texts) -> bool:
    """Whether both count or measure the same, or both are the only year or month of their text."""
    given, said = values["given"], values["said"]
    if " " in given or " " in said:
        return _written(texts.span, given) and _written(texts.sentence, said)
    mine, theirs = _figure(texts.sentence, said), _figure(texts.span, given)
    if mine is None or theirs is None:
        return False
    if _counted(texts.sentence, mine) & _counted(texts.span, theirs):
        return True
    # Where the span has both, it has been found which of them is of what is said.
    if _figure(texts.span, said) is not None:
        return _kind(mine) == _kind(theirs) != "number"
    kind = _kind(theirs)
    alike = {one.key for one in terms(texts.span) if _kind(one) == kind}
    return kind == _kind(mine) and (kind != "number") and len(alike) == 1


def _figure(text: str, words: str) -> Term | None:
    keys = {words.lower(), words, *(one.key for one in terms(words))}
    figures = (one for one in terms(text) if one.kind in {Kind.NUMBER, Kind.MONTH})
    return next((one for one in figures if one.key in keys or one.text == words), None)


def _kind(one: Term) -> str:
    return "year" if _YEAR.fullmatch(one.key) else str(one.kind)


def _counted(text: str, figure: Term) -> frozenset[str]:
    """The keys of what stands directly behind a figure."""
    found = terms(text)
    i = found.index(figure)
    behind = [one for one in found[i + 1 : i + 4] if one.kind in {Kind.WORD, Kind.NAME}]
    signs = [one.key for one in found[max(0, i - 1) : i + 2] if one.key in {"percent", "$", "€"}]
    joined = [one for one in behind if not _CLAUSE_ENDS.search(text, figure.end, one.start)]
    return frozenset((*(one.key for one in joined[:1]), *signs))


def _name_is_nowhere(values: Values, texts: Texts) -> bool:
    name = values["name"]
    is_name = any(
        one.text == name and one.kind is Kind.NAME for one in terms(texts.sentence)
    ) or stem_of(name) in certain_names(texts.passage) | certain_names(texts.sentence)
    is_name = is_name or is_state(name)
    return is_name and stem_of(name) not in stems_of(texts.passage)


def _name_is_not_here(values: Values, texts: Texts) -> bool:
    name = values["name"]
    first = name.split()[0]
    is_name = any(
        one.text.startswith(first) and one.kind is Kind.NAME for one in terms(texts.sentence)
    )
    known = stems_of(texts.span)
    gone = not all(stem_of(one) in known for one in name.split())
    return (is_name or is_state(name)) and gone


def _names_for_each_other(values: Values, texts: Texts) -> bool:
    """Whether both are names as they stand, and no parts of longer ones."""
    given, said = values["given"], values["said"]
    if _is_word(given, texts.span) and _is_word(said, texts.sentence):
        return key_of(given) not in _keys(texts.sentence)
    given, said = _in_full(given, texts.span), _in_full(said, texts.sentence)
    if not _is_whole(given, texts.span) or not _is_whole(said, texts.sentence):
        return False
    if stem_of(given) in stems_of(texts.sentence):
        return False
    names = certain_names(texts.passage) | certain_names(texts.sentence)
    opens = said[0].isupper() and not re.search(rf"\b{re.escape(said.lower())}\b", texts.passage)
    both = stem_of(given.split()[-1]) in names and (stem_of(said.split()[-1]) in names or opens)
    return both and not (given.isupper() and len(given) > _LONG_LETTERS)


def _is_word(words: str, text: str) -> bool:
    return any(one.text == words and one.kind is Kind.WORD for one in terms(text))


def _is_whole(name: str, text: str) -> bool:
    """Whether a name stands in a text, and not within another: "Great" in "Great Britain"."""
    found = [one for one in _runs(text) if _joined(one, text) == name]
    if not found:
        first = terms(text)[:1]
        return [one.text for one in first] == name.split() and first[0].text[0].isupper()
    return not all(_SHARED.match(text, one[-1].end) for one in found)


def _runs(text: str) -> list[list[Term]]:
    """The names of a text, each with the words that belong to it."""
    found: list[list[Term]] = []
    for one in terms(text):
        if one.kind is not Kind.NAME:
            continue
        if found and not text[found[-1][-1].end : one.start].strip():
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _joined(run: list[Term], text: str) -> str:
    return _WHOSE.sub("", text[run[0].start : run[-1].end])


def _words_for_each_other(values: Values, texts: Texts) -> bool:
    given, said = values["given"], values["said"]
    if not _written(texts.span, given) or not _written(texts.sentence, said):
        return False
    if " " in given:
        return not _written(texts.span, said) and not _written(texts.sentence, given)
    # "The Limited Test Ban Treaty" says of nothing that it is limited.
    if any(term.text.lower() == given.lower() for run in _runs(texts.span) for term in run):
        return False
    one, other = key_of(given), key_of(said)
    if one in _keys(texts.sentence) or other in _keys(texts.span):
        return opposite(one, other) or _YEAR.fullmatch(given) is not None
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


def _stand_the_other_way_round(values: Values, texts: Texts) -> bool:
    places = [
        [text.lower().find(values[one].lower()) for one in ("given", "said")]
        for text in (texts.sentence, texts.span)
    ]
    if any(place < 0 for each in places for place in each):
        return False
    # "Envoy Auk" is one, and stands no way round.
    both = {values["given"], values["said"]}
    if any(both <= {one.text for one in run} for run in _runs(texts.sentence)):
        return False
    (first, second), (third, fourth) = places
    return (first < second) != (third < fourth)


def _said_nowhere(values: Values, texts: Texts) -> bool:
    """Whether no form of the words is in the passage, nor a word for any of them in the span."""
    said = [one for one in terms(values["said"]) if one.kind is not Kind.COMMON]
    given = _keys(texts.span)
    anywhere = _keys(texts.passage) | given
    return bool(said) and not any(
        one.key in anywhere or any(akin(one.key, key) for key in given) for one in said
    )


def _added(values: Values, texts: Texts) -> bool:
    said = values["said"]
    return _written(texts.sentence, said) and not _says(texts.span, said)


def _dropped(values: Values, texts: Texts) -> bool:
    given = values["given"]
    plain = _BOUND.sub(" ", texts.span)
    return _written(plain, given) and not _says(texts.sentence, given)


def _left_out(values: Values, texts: Texts) -> bool:
    """Whether the span denies with that word what the sentence says without any denial."""
    denies = any(one.sense is Sense.NOT for one in operators(texts.sentence))
    return not denies and _dropped(values, texts)


def _stated(values: Values, texts: Texts) -> bool:
    """Whether the word stands in a clause that has most of what the sentence says."""
    said = {one.key for one in terms(texts.sentence) if one.kind is not Kind.COMMON}
    for clause in _CLAUSE_ENDS.split(texts.span):
        if _written(clause, values["given"]):
            return 2 * len(said & _keys(clause)) >= len(said) and not _says(
                texts.sentence, values["given"]
            )
    return False


def _to_come(values: Values, texts: Texts) -> bool:
    return not _RULED.match(values["deed"]) and _written(texts.span, values["deed"])


def _has(name: str) -> Callable[[Values, Texts], bool]:
    return lambda values, texts: _written(" ".join(texts.span.split()), values[name])


def _no_share(_: Values, texts: Texts) -> bool:
    return bool(_SHARE.search(texts.sentence)) and not _SHARE.search(texts.span)


def _no_month(values: Values, texts: Texts) -> bool:
    return not _says(texts.passage, values["month"])


def _keys(text: str) -> frozenset[str]:
    return frozenset(one.key for one in terms(text) if one.kind is not Kind.COMMON)


_CHECKS: Mapping[str, Callable[[Values, Texts], bool]] = {
    "number-nowhere": _number_is_nowhere,
    "another-number": _numbers_for_each_other,
    "name-nowhere": _name_is_nowhere,
    "name-elsewhere": _name_is_not_here,
    "another-name": _names_for_each_other,
    "another-word": _words_for_each_other,
    "names-exchanged": _stand_the_other_way_round,
    "words-nowhere": _said_nowhere,
    "word-added": _added,
    "denial-added": _added,
    "word-dropped": _left_out,
    "held-certain": _stated,
    "to-come": _to_come,
    "limited": _has("condition"),
    "said-by-somebody": _has("frame"),
    "not-done": _has("frame"),
    "percent-nowhere": _no_share,
    "month-nowhere": _no_month,
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
