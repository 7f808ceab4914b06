"""Whether a span of a passage carries a sentence that somebody else wrote.

A first check, meant to refuse rather than to trust: every number of the sentence must stand in
the span, the two must agree in negation, and most of the sentence's words must be there.
"""

import re

from assistant.retrieval.standalone import content_words

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|without|cannot|\w+n[’']t|ne|pas|jamais|sans)\b", re.I
)
# Half of the words and the embedder's agreement on the rest; below, a sentence is unsupported.
SUPPORTED = 0.6
_STEM = 5


def support(sentence: str, span: str, cosine: float) -> float:
    """How well the span carries the sentence, in [0, 1]; `SUPPORTED` and above count.

    The mean of the share of the sentence's content words found in the span and of the `cosine`
    of the two; 0 where a number is missing from the span or one is negated and the other is not.
    """
    return 0.0 if _contradicts(sentence, span) else _mean(_share(sentence, span), cosine)


def _contradicts(sentence: str, span: str) -> bool:
    numbers = set(_NUMBER.findall(sentence)) - set(_NUMBER.findall(span))
    return bool(numbers) or bool(_NEGATION.search(sentence)) != bool(_NEGATION.search(span))


def _share(sentence: str, span: str) -> float:
    # Cutting a word is stemming enough to let "exercise" meet "exercises".
    words = {word[:_STEM] for word in content_words(sentence)}
    found = {word[:_STEM] for word in content_words(span)}
    return len(words & found) / len(words) if words else 0.0


def _mean(share: float, cosine: float) -> float:
    return min(1.0, max(0.0, (share + cosine) / 2))
