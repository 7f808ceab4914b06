"""What is asked to be not so, and whether a sentence denies just that."""

import re

from assistant.answers import evidence
from assistant.answers.pool import Pooled
from assistant.answers.question import Expected, QuestionForm
from assistant.answers.words import stems

_NOT = re.compile(
    r"\b(?:not|never|none|neither|refus\w+|declin\w+|n[e’'] ?\w+ pas)\b|n[’']t\b", re.I
)
_ENDS = re.compile(
    r"[;.]|\b(?:but|although|though|while|whereas|mais|alors que|tandis que)\b", re.I
)


def affirms(form: QuestionForm, one: Pooled) -> bool:
    """Whether it tells of whom something is so, or of something else, to who asks of whom not."""
    if not form.asks_denial or not (form.asks_list or form.expected is Expected.NAME):
        return False
    here = f"{one.source.context}\n{one.text}"
    # A movement that failed recognised nobody, and refused nobody recognition.
    plain = form.stems - stems(" ".join(form.names.words))
    speaks = bool(plain & stems(one.text)) or _NOT.search(one.text) is not None
    if not (form.denies(one.text) and speaks) or form.names.missing_from(here):
        return True
    return _denies_another(form, one.text)


def _denies_another(form: QuestionForm, text: str) -> bool:
    """Whether what it denies has other names of the question, and not those that are denied there.

    "They are members of the Hanse and not of the League" answers who is not of the League.
    """
    denied = form.denied
    if not denied.words or denied.words == form.names.words:
        return False
    scopes = [_ENDS.split(text[one.end() :])[0] for one in evidence.DENIAL.finditer(text)]
    if any(not denied.missing_from(scope) for scope in scopes):
        return False
    others = form.names.words - denied.words
    return any(form.names.missing_from(scope) & others != others for scope in scopes)
