"""What somebody did in what happened that is spoken of: "What did the British demand?"."""

import re
from collections.abc import Sequence

from assistant.retrieval.grammar import ASKS
from assistant.retrieval.names import EVENT, FRAME, TEXT, kind_of, names_in, names_said, unowned
from assistant.retrieval.standalone import telling_words

_OF_THE_PAST = re.compile(
    rf"^\W*(?:(?:and|but|so)\s+)?(?:(?:{ASKS})\s+(?:\w+\s+){{0,2}}?)?(?:did|was|were|had)\s",
    re.IGNORECASE,
)
_SAYS_WHERE = re.compile(
    r"\b(?:in|at|during|after|before|under|on|about|since|until|by|to|for|with|from|of|against)\s+\S|"
    r"\b\d{4}\b|\b(?:then|there)\b|\b(?:born|die|study|marry|educated|buried|retire)\b",
    re.IGNORECASE,
)
_MEETING = re.compile(r"\b(?:conference|summit|congress|talks)$", re.IGNORECASE)
_THE_MEETING = re.compile(
    rf"\bthe\s+(?P<noun>{EVENT.pattern}|{TEXT.pattern})\b(?!\s+(?:of|on|in|between|with|at|to)\b)",
    re.IGNORECASE,
)
# Words beside the names: more say by themselves of what they are.
_MOST = 2


def event_of(*things: str) -> str:
    """The first of what was spoken of that happened; a treaty did not."""
    return next((one for one in things if EVENT.search(one) and not TEXT.search(one.lower())), "")


def joint_of(thing: str) -> str:
    """How a thing or a place is joined: under a treaty, at a conference, in a war or a country."""
    if TEXT.search(kind_of(thing.removeprefix("the "))):
        return "under"
    return "at" if _MEETING.search(thing) else "in"


def in_what_happened(question: str, event: str, said: str) -> str:
    """The question with what happened, where it asks what one who was named in that did.

    `said` is all that was said; whoever it does not name may have nothing to do with it.
    """
    if not event or not _OF_THE_PAST.match(question) or _SAYS_WHERE.search(question):
        return question
    names = [unowned(one.group()) for one in names_in(question)]
    acting = [name for name in names if not FRAME.fullmatch(name)]
    if not names or any(name not in said for name in acting) or event in question:
        return question
    named = set(" ".join(names).lower().split())
    if len([word for word in telling_words(question) if word not in named]) > _MOST:
        return question
    bare = question.rstrip(" ?.!")
    return f"{bare} {joint_of(event)} {event}{question[len(bare) :]}"


def by_its_name(question: str, answers: Sequence[str]) -> str:
    """The question with the name that the latest answer gave to "the summit"; else as it is."""
    found = _THE_MEETING.search(question)
    if found is None or names_in(question):
        return question
    noun = found["noun"].lower()
    for answer in reversed(answers):
        names = {name for name in names_said(answer) if " " in name and name.lower().endswith(noun)}
        if names:
            break
    else:
        return question
    name = names.pop() if len(names) == 1 else ""
    if not name or kind_of(name) != noun:
        return question
    return f"{question[: found.start()]}the {name}{question[found.end() :]}"
