"""Why something was done, told by the sentence beside the one that tells that it was."""

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.answers.evidence import CAUSE
from assistant.answers.features import refers
from assistant.answers.pool import Pooled
from assistant.answers.question import QuestionForm
from assistant.answers.rating import rated
from assistant.answers.said import spoken_of

# What led to something: what came before it, what somebody was blamed for, what had been done.
_LED_TO = re.compile(
    rf"{CAUSE.pattern}|"
    r"\b(?:after|following|in the wake of|in response|in protest|in reaction|reacting|citing|amid|"
    r"on account of|accus\w+|alleg\w+|denounc\w+|condemn\w+|protest\w+|blam\w+|"
    r"(?:held|holds|holding)\b[^.;]{2,60}\bresponsible|"
    r"provok\w+|trigger\w+|spark\w+|deteriorat\w+|worsen\w+|"
    r"had\s+(?:\w+ly\s+)?(?!been\b)\w{2,}(?:ed|en|un|ought)|"
    r"too \w+ (?:and (?:too )?\w+ )?to|(?:looking|searching) for (?:\w+ )?ways? to|seeking to|"
    r"après|à la suite|suite à|accus\w+)\b",
    re.IGNORECASE,
)
# What somebody thought, wanted or could not do may be why he did something, or did not.
_MOVED = re.compile(
    r"\b(?:believ\w+|thought|want(?:s|ed)?|wish(?:es|ed)?|need(?:s|ed)?|threat\w*|refus\w+|fail\w+|"
    r"lack\w*|could not|unable|unwilling|would|oppos\w+|desir\w+|considered|regarded|viewed|felt|"
    r"in exchange|basis|ground(?:s|ed)|justif\w+|explain\w*|argu\w+|ensur\w+|allow\w*|enabl\w+|"
    r"result\w*|led|leading|forced|fallout|brought about|in favou?r|therefore|thus|"
    r"hence|consequently|as a consequence)\b",
    re.IGNORECASE,
)
# What is told so has its reason in the sentence before.
_FOR_THIS = re.compile(
    r"(?:for (?:this|that|these|those|such) reasons?|therefore|thus|hence|consequently|accordingly|"
    r"as a (?:result|consequence)|because of this|pour (?:cette|ces) raisons?|c.est pourquoi)\b",
    re.IGNORECASE,
)
# A sentence beside, that leans on nothing, is likely to be of the same from this chance on.
_LIKELY = 0.1
# What is told is told by the likeliest sentence, or one that is so to this share.
_AS_LIKELY = 0.9
# Keys of words that go with a verb and are said otherwise: "hold back", "waver over".
_LITTLE = frozenset({"not", "over", "out", "up", "down", "off", "back", "away"})
# A sentence that gives a reason is of what is asked when it is as likely as the best to this share.
_REASON_SHARE = 0.5
_NEAR = 2  # characters between sentences of a paragraph


def may_give_reason(text: str) -> bool:
    """Whether it has anything that could be why."""
    return _LED_TO.search(text) is not None or _MOVED.search(text) is not None


def giving_reason(form: QuestionForm, fit: Sequence[Pooled]) -> list[Pooled]:
    """Those that give a reason, to who asks why and no more; all where no likely one does.

    The likeliest stays where it has all that is asked about: why may be told in words of its own.
    """
    if not (form.asks_cause and form.asks_why) or not fit:
        return list(fit)
    enough = _REASON_SHARE * max(one.chance for one in fit)
    likely = [one for one in fit if one.chance >= enough]
    told = [one for one in likely if may_give_reason(one.text)]
    if not told:
        return list(fit)
    whole = all(spoken_of(word, fit[0].text) for word in form.plain - _LITTLE)
    return [one for one in fit if one in told or (whole and one is fit[0])]


def with_reason(
    form: QuestionForm, chosen: Sequence[Pooled], pool: Sequence[Pooled]
) -> list[Pooled]:
    """The chosen, to who asks why and to whom none gives a reason with the one beside that does.

    What is told beside a reason is only that which it is the reason of, unless more was asked.
    """
    if not form.asks_why or not chosen:
        return list(chosen)
    likeliest = sorted(chosen, key=lambda each: -rated(form, each))
    if any(_FOR_THIS.match(one.text) for one in chosen):
        told = [each for one in chosen for each in (*_for_this(one, pool), one)]
        return list({one.place: one for one in told}.values())
    if _LED_TO.search(likeliest[0].text) or any(CAUSE.search(one.text) for one in chosen):
        return list(chosen)
    best = rated(form, likeliest[0])
    # Who wanted something has told why already, unless a cause is named beside.
    cause = CAUSE if form.asks_cause and _MOVED.search(likeliest[0].text) else _LED_TO
    for one in (each for each in likeliest if rated(form, each) >= _AS_LIKELY * best):
        beside = [o for o in _beside(one, pool) if cause.search(o.text) and _is_of_it(o, one)]
        if beside:
            told = [*([one] if form.asks_cause else chosen), max(beside, key=_chance)]
            return sorted(told, key=lambda each: each.place)
    return list(chosen)


def _for_this(one: Pooled, pool: Sequence[Pooled]) -> list[Pooled]:
    """The sentence before, of one that says "For these reasons"."""
    leans = _FOR_THIS.match(one.text) is not None
    return [each for each in _beside(one, pool) if leans and each.place < one.place]


def _beside(one: Pooled, pool: Sequence[Pooled]) -> list[Pooled]:
    """The sentences right before and right behind it, in its paragraph."""
    pairs = pairwise(sorted(pool, key=lambda each: each.place))
    near = [pair for pair in pairs if one in pair and _are_together(*pair)]
    return [each for pair in near for each in pair if each is not one]


def _are_together(first: Pooled, second: Pooled) -> bool:
    apart = second.place[2] - first.place[2] - len(first.text)
    return first.place[:2] == second.place[:2] and 0 <= apart <= _NEAR


def _is_of_it(reason: Pooled, one: Pooled) -> bool:
    """Whether what stands beside tells of the same: it leans on it, or is likely by itself."""
    behind = reason.place > one.place
    return reason.chance >= _LIKELY or (behind and refers(reason.text))


def _chance(one: Pooled) -> float:
    return one.chance
