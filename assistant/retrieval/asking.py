"""A question as it is searched: its vectors, its terms, and what it carries of what was said."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.ports import LexicalSearch, QuestionVectors, TextEncoder, TokenEncoder
from assistant.retrieval.designations import Designation, designations
from assistant.retrieval.features import Asked, Floats
from assistant.retrieval.standalone import needs_context
from assistant.types import StandaloneQuestion

_CARRIED = 8
# A question that was asked says more than an answer to it, and each turn back less.
_OF_QUESTIONS, _OF_ANSWERS, _FADES = 0.6, 0.4, 0.6
_RARE_COUNTS_MORE = 1.5
_OF_A_STOP_WORD = 0.3
_OF_CONTEXT = 0.3
_NO_SIGNS = np.empty((0, 8), np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Asking:
    """A question made ready. `signs` are those of its tokens, `weights` how much each counts."""

    asked: Asked
    signs: NDArray[np.uint8]
    weights: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """A question's words as the index spells them; as those of `Asked`."""

    terms: tuple[str, ...]
    rarity: Floats
    carried: dict[str, float]
    carried_rarity: Floats
    said: frozenset[str]
    named: tuple[Designation, ...] = ()
    naming: float = 1.0


def ask(
    question: StandaloneQuestion,
    encoder: TextEncoder,
    lexical: LexicalSearch,
) -> Asking:
    """Reads the question with the embedder and with the index that will be searched."""
    return asked(question, read_terms(question, lexical), read_vectors(question, encoder), lexical)


def read_terms(question: StandaloneQuestion, lexical: LexicalSearch) -> Terms:
    """Reads the question with the index that will be searched."""
    terms = tuple(dict.fromkeys(lexical.question_terms(question.asked)))
    carried = carry(question, set(terms), lexical)
    named = designations(question.asked, lexical.terms)
    before = designations(_followed(question), lexical.terms)
    return Terms(
        terms=terms,
        rarity=np.array(lexical.rarity(terms), np.float32),
        carried=carried,
        carried_rarity=np.array(lexical.rarity([*carried]), np.float32),
        said=_said(question, lexical),
        named=named or before,
        naming=1.0 if named else _OF_CONTEXT,
    )


def _followed(question: StandaloneQuestion) -> str:
    """The question before one that says too little by itself."""
    return question.context or "" if needs_context(question.asked) else ""


def read_vectors(question: StandaloneQuestion, encoder: TextEncoder) -> QuestionVectors:
    """Reads the question with the embedder."""
    if isinstance(encoder, TokenEncoder):
        return encoder.embed_question(question.asked, question.background)
    own = np.asarray(encoder.embed_query(question.asked), np.float32)
    within = own
    if question.background:
        joined = f"{question.background} {question.asked}"
        within = unit(own + np.asarray(encoder.embed_query(joined), np.float32))
    return QuestionVectors(own, within, _NO_SIGNS, ())


def nearness(read: QuestionVectors) -> Floats:
    """The vector that passages are searched by, of unit length: halfway between both readings."""
    return unit(read.own + read.within)


def asked(
    question: StandaloneQuestion, words: Terms, read: QuestionVectors, lexical: LexicalSearch
) -> Asking:
    """The question made ready, from what both made of it."""
    ready = Asked(
        own=read.own,
        within=read.within,
        near=nearness(read),
        terms=words.terms,
        rarity=words.rarity,
        carried=words.carried,
        carried_rarity=words.carried_rarity,
        said=words.said,
        turn=len(question.earlier) + 1,
        named=words.named,
        naming=words.naming,
    )
    rarity = dict(zip(words.terms, words.rarity.tolist(), strict=True))
    return Asking(ready, read.signs, _weights(read.words, rarity, lexical))


def carry(question: StandaloneQuestion, own: set[str], lexical: LexicalSearch) -> dict[str, float]:
    """The terms of what was said before that matter most, by their weight in (0, 1].

    A term matters by how often and how lately it was said, and by how rare it is.
    """
    said: defaultdict[str, float] = defaultdict(float)
    for texts, weight in ((question.earlier, _OF_QUESTIONS), (question.answers, _OF_ANSWERS)):
        for back, text in enumerate(reversed(texts)):
            for term in dict.fromkeys(lexical.question_terms(text)):
                said[term] += weight * _FADES**back
    terms = [term for term in said if term not in own]
    rarity = dict(zip(terms, lexical.rarity(terms), strict=True))
    best = sorted(terms, key=lambda t: (-said[t] * rarity[t] ** _RARE_COUNTS_MORE, t))[:_CARRIED]
    most = max((said[term] for term in best), default=1.0)
    return {term: said[term] / most for term in best}


def unit(vector: Floats) -> Floats:
    """The vector at unit length; one of zeros stays."""
    found: Floats = vector / (float(np.linalg.norm(vector)) or 1.0)
    return found


def _said(question: StandaloneQuestion, lexical: LexicalSearch) -> frozenset[str]:
    texts = (*question.earlier, *question.answers[-1:])
    return frozenset(term for text in texts for term in lexical.question_terms(text))


def _weights(words: Sequence[str], rarity: dict[str, float], lexical: LexicalSearch) -> Floats:
    weight: dict[str, float] = {}
    for word in dict.fromkeys(words):
        found = [rarity[term] for term in lexical.terms(word) if term in rarity]
        weight[word] = max(found, default=_OF_A_STOP_WORD)
    return np.array([weight[word] for word in words], np.float32)
