"""How well a sentence fits a question's form, beyond its fitted chance."""

import re

from assistant.answers.features import connects
from assistant.answers.lines import NAMES_BACK
from assistant.answers.pool import Pooled
from assistant.answers.question import QuestionForm
from assistant.answers.tongues import is_foreign
from assistant.answers.words import stems, together
from assistant.retrieval.standalone import content_words

_ROW = re.compile(r"^[^:;.]{1,60}: [^;]{1,200}; [^:;.]{1,60}: ")
# "the Montreux Convention, which gave …", "the League of Ports (a body of harbours)"
_CLAUSE = re.compile(
    r"[”\"]?(?:\s*\([^)]*\))?\s*[,(–—]\s*(?:which|an?|the|or|qui|une?)\b", re.IGNORECASE
)
_PARENTHESIS = re.compile(r"\([^)]*\)")
# "The one is an alliance, while the other …": both in one sentence, and set against each other.
_SET_AGAINST = re.compile(
    r"\b(?:while|whereas|unlike|in contrast|by contrast|on the other hand|differs?|different|than|"
    r"both|tandis que|alors que|contrairement|diffère\w*)\b",
    re.IGNORECASE,
)
_CONTRASTING = re.compile(r"differ|compar|versus|\bvs\b|contrast|différ", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|means?|refers? to|denotes?|stands? for|describes?|est|sont|désigne|signifie)\b|"
    # What is over was something: that it was founded then does not say what.
    r"\b(?:was|were|était|served as)(?=\s+(?:an?|the|one|une?|l[ea])\b)"
)
# "The offer, better known as the Gull Plan": what it is stands before.
_NAMED = re.compile(
    r"\b(?:known|called|dubbed|termed|named|characterized|characterised|referred\s+to|connue?s?|"
    r"appelée?s?|dite?s?)\s+(?:as\s+|sous\s+le\s+nom\s+de\s+)?(?:the\s+|an?\s+|l[ae]s?\s+|l[’'])?"
    r"[“\"‘«(]?\s*$",
    re.IGNORECASE,
)
_PURPOSE_OF = re.compile(
    r"\b(?:purposes?|aims?|goals?|objectives?|but|objectif)\s+(?:of|du|de la|de l[’'])\s*"
    r"(?:the\s+)?[“\"‘]?$",
    re.IGNORECASE,
)
_MEANT_TO = re.compile(
    r"[”\"’]?\s+(?:was|were|is|are)\s+(?:\w+ly\s+)?(?:designed|intended|meant|created|established|"
    r"founded|formed|launched|aimed|conceived|proposed)\s+(?:to|at|as|in order|so)\b",
    re.IGNORECASE,
)
_A_THING = re.compile(r"\s+(?:an?|the|any|one|un|une|les?|la)\b|\s+l[’']", re.IGNORECASE)
_FEWEST_LOCATED = 2
# A verb or two, and the place: "moved its seat to the north of Gullport".
_BEHIND = re.compile(r"[”\")]?,?(?:\s+[\w’'-]+){1,6}")
# What the fitted chance cannot know, as shares of it.
_DEFINED = 1.0
_BONUS = 0.35
_PRESENTED = 0.6
_GROUNDS = 0.35
_OPPOSED = 0.7
_DENIED = 0.7
_CONNECTED = 0.6
_TABULAR = 0.6
_FOREIGN = 0.5


def _speaks_of_the_act(form: QuestionForm, one: Pooled) -> bool:
    """Whether a reason is one of what is asked about, and not of something else about the name."""
    plain = form.stems - stems(" ".join(form.names.words))
    return bool(plain & stems(one.text))


def rated(form: QuestionForm, one: Pooled) -> float:
    """The sentence's chance, by what speaks for it or against it by the question's form.

    What fits the form counts by the chance: a sentence about something else that gives a reason is
    no reason for what was asked about.
    """
    rating = one.chance * (1 + _fits(form, one))
    # A row of a table is a good place for a fact and a poor sentence in prose.
    if not form.asks_something and _ROW.match(one.text):
        rating *= _TABULAR
    rating *= _FOREIGN if is_foreign(one.text, form.tongue) else 1.0
    return rating * (_CONNECTED if connects(one.text) else 1.0)


def _fits(form: QuestionForm, one: Pooled) -> float:
    """By what share of its chance a sentence gains, as it has the form that is asked for."""
    gain = 0.0
    if form.asks_definition:
        gain += _DEFINED * defines(form, one) + _BONUS * _describes(form, one)
        gain += _PRESENTED * presents(form, one)
    if form.asks_contrast:
        gain += _contrasts(form, one)
    if form.names.words and (form.asks_something or form.asks_contrast):
        gain += _BONUS * form.names.share_in(one.text)
    if form.own:
        gain += _BONUS * len(form.own & stems(one.text)) / len(form.own)
    if form.counts(one.text) or form.places(one.text):
        gain += _BONUS
    if form.denies(one.text):
        gain += _DENIED
    if form.explains(one.text):
        gain += _BONUS + _GROUNDS * _speaks_of_the_act(form, one)
    return gain


def _contrasts(form: QuestionForm, one: Pooled) -> float:
    opposed = _SET_AGAINST.search(one.text) is not None and form.names.share_in(one.text) == 1
    return _BONUS * _is_headed_so(one) + _OPPOSED * opposed


def sets_against(one: Pooled) -> bool:
    """Whether it sets things against each other, or stands where that is done."""
    return _SET_AGAINST.search(one.text) is not None or _is_headed_so(one)


def _is_headed_so(one: Pooled) -> bool:
    return _CONTRASTING.search(" ".join(one.source.stored.chunk.headings[-1:])) is not None


def defines(form: QuestionForm, one: Pooled) -> bool:
    """Whether it says what the thing is or stands for: "Interoperability is the ability …"."""
    if form.spells_out(one.text) or _is_named(form, one):
        return True
    verb = _VERB.search(one.text)
    return verb is not None and stems(" ".join(_subject(one.text, verb))) == form.stems


def _is_named(form: QuestionForm, one: Pooled) -> bool:
    """Whether it gives something the name that is asked about."""
    if NAMES_BACK.match(one.text):
        return False  # what it names stands in the sentence before
    return any(_NAMED.search(one.text[:start]) for start, _ in form.names_whole(one.text))


def defines_outright(form: QuestionForm, one: Pooled) -> bool:
    """Whether it says of nothing else that it is a thing of a kind, or opens on the person."""
    if form.asks_person:
        return presents(form, one)
    return form.asks_definition and defines(form, one) and _describes(form, one)


def _describes(form: QuestionForm, one: Pooled) -> bool:
    """Whether it says what a thing of that kind is: of an attaché, "A defence attaché is an …"."""
    verb = _VERB.search(one.text)
    if verb is None or not _A_THING.match(one.text, verb.end()):
        return False
    subject = _subject(one.text, verb)
    few = 0 < len(subject) <= len(form.stems) + 1
    return few and form.stems <= stems(" ".join(subject))


def presents(form: QuestionForm, one: Pooled) -> bool:
    """Whether the sentence is of the thing, or has a clause of it: "the Pact, which"."""
    for start, end in form.names_whole(one.text):
        if not content_words(one.text[:start]) or _CLAUSE.match(one.text, end):
            return True
    return False


def states(form: QuestionForm, one: Pooled) -> bool:
    """Whether it has, side by side, the purpose and that whose purpose is asked for."""
    return form.asks_purpose and len(form.stems) > 1 and bool(together(form.stems, one.text))


def tells_purpose(form: QuestionForm, one: Pooled) -> bool:
    """Whether it says what a thing that has a name was for: "The purpose of the Gull Plan was"."""
    named = stems(" ".join(form.names.words))
    if not form.asks_cause or not named:
        return False
    return any(
        _PURPOSE_OF.search(one.text[:start]) or _MEANT_TO.match(one.text, end)
        for start, end in together(named, one.text)
    )


def locates(form: QuestionForm, one: Pooled) -> bool:
    """Whether a place stands right behind what is looked for: "the Council's seat in Gullport"."""
    # Of what has a short name there, the rest of the long one stands elsewhere.
    wanted = form.stems - (stems(" ".join(one.source.called)) - stems(one.text))
    if not form.asks_place or len(wanted) < _FEWEST_LOCATED:
        return False
    return any(
        form.places(near[0])
        for _, end in together(wanted, one.text)
        if (near := _BEHIND.match(one.text, end))
    )


def _subject(text: str, verb: re.Match[str]) -> list[str]:
    return content_words(_PARENTHESIS.sub("", text[: verb.start()]))
