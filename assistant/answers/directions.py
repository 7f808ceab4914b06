"""Which way it goes: the envoy of one to another is not that of the other to the one."""

import re
from collections.abc import Collection, Iterator

from assistant.answers.asking import CAPITAL
from assistant.answers.words import stems

_NAMED = rf"(?:the\s+)?(?P<name>{CAPITAL}(?:\s+(?:of\s+|the\s+|and\s+)*{CAPITAL})*)"
_TOWARDS = re.compile(rf"\b(?:to|in|into|at|au|aux|en)\s+{_NAMED}")
_FROM = re.compile(rf"\bfrom\s+{_NAMED}")


def towards(question: str) -> tuple[str, ...]:
    """The names that a question leads to: Norway, of an envoy "to Norway"."""
    return tuple(_names(_TOWARDS, question))


def goes_otherwise(asked: Collection[str], subject: frozenset[str], label: str) -> bool:
    """Whether a label of the subject leads to or from another where the question does not.

    Who asks for the envoy to Skagen is not told of Skagen's "mission in Norway", and who asks for
    its envoy to Norway not of the "mission from Norway". `asked` are the names that the question
    leads to, `subject` the stems of what the label is of.
    """
    if not asked:
        return False
    away = _TOWARDS if any(_is(subject, name) for name in asked) else _FROM
    return any(not _is(subject, name) for name in _names(away, label))


def _names(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    return (found["name"] for found in pattern.finditer(text))


def _is(subject: frozenset[str], name: str) -> bool:
    named = stems(name)
    return bool(named) and named <= subject
