"""Whether a span of a passage carries a sentence that somebody else wrote.

Meant to refuse rather than to trust: most of the sentence's words must be there, and nothing of it
may be said otherwise (`assistant.grounding.faults`).
"""

from assistant.grounding.faults import fault
from assistant.retrieval.standalone import content_words

# Half of the words and the embedder's agreement on the rest; below, a sentence is unsupported.
SUPPORTED = 0.6
NOWHERE = "No passage says this."
_STEM = 5


def likeness(sentence: str, span: str, cosine: float) -> float:
    """How much the span is like the sentence, in [0, 1]; from `SUPPORTED` on it may carry it.

    The mean of the share of the sentence's content words found in the span and of the `cosine`
    of the two.
    """
    return min(1.0, max(0.0, (_share(sentence, span) + cosine) / 2))


def support(sentence: str, span: str, cosine: float, around: str = "") -> tuple[float, str]:
    """How well the span carries the sentence, in [0, 1], and what is wrong where it does not.

    `around` is what the span stands in, with its title and headings. The first is 0 where the two
    say anything otherwise; below `SUPPORTED`, the sentence is not carried.
    """
    like = likeness(sentence, span, cosine)
    if like < SUPPORTED:
        return like, fault(sentence, span, around) or NOWHERE
    wrong = fault(sentence, span, around)
    return (0.0, wrong) if wrong else (like, "")


def _share(sentence: str, span: str) -> float:
    # Cutting a word is stemming enough to let "exercise" meet "exercises".
    words = {word[:_STEM] for word in content_words(sentence)}
    found = {word[:_STEM] for word in content_words(span)}
    return len(words & found) / len(words) if words else 0.0
