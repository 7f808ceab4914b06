"""What a text that was asked what it says, says of something else: "And taxes?"."""

import re

from assistant.retrieval.names import TEXT, kind_of, names_in
from assistant.retrieval.plurals import ORDINAL, UNFIT
from assistant.retrieval.series import whole_of
from assistant.retrieval.standalone import content_words

_SAYS = re.compile(r"\b(?:say|provide|state|lay down|stipulate|require)s?\b")
_IN_FRENCH = re.compile(r"^\W*(?:et|mais|qu)\b", re.IGNORECASE)


def said_by_the_text(found: re.Match[str], before: str, about: str) -> str:
    """What the text that was spoken of says of something else that is `found` in a question.

    Empty where the last question did not ask what a text says.
    """
    text, what = whole_of(about) or about, found["what"].strip()
    kind = kind_of(text.removeprefix("the "))
    known = TEXT.fullmatch(kind) and kind != "acronym" and names_in(f"– {text}")
    if not known or UNFIT.search(what) or ORDINAL.fullmatch(what) or not content_words(what):
        return ""
    if _IN_FRENCH.match(found.string) or not _SAYS.search(before):
        return ""
    article = "" if text[:4].lower() == "the " else "the "
    return f"What does {article}{text} say about {found['the'] or ''}{what}?"
