"""What is asked who did it, or when: a sentence that does not speak of it tells neither."""

import re
from dataclasses import dataclass

from assistant.answers.akin import act_key, begin_alike, is_akin, is_the_same
from assistant.answers.asking import CAPITAL
from assistant.answers.doers import did_it_himself, leaves_doer_unnamed
from assistant.answers.subjects import subject_of
from assistant.answers.words import Names, exact_words, stems
from assistant.retrieval.standalone import content_words

# So many letters before an act its doer stands, and behind it what it was done to.
_NEAR, _BEHIND = 30, 60
_WORD = re.compile(r"\w[\w’'-]*")
_DONE_TO = re.compile(
    r"\b(?:is|are|was|were|be|been|being|est|sont|était|étaient|été)\s+(?:\w+ly\s+|first\s+)?$",
    re.IGNORECASE,
)
# "Invited to join", "would become a member", "had not constituted recognition": not done then.
_NOT_YET = re.compile(
    r"\b(?:to|will|would|may|might|could|can|should|shall|must)\s+(?:\w+ly\s+)?"
    r"(?:(?:be|become)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?)?$|"
    r"\b(?:not|never|n[’']t)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
# "Travelled to Velm to sign it", "met to sign it": it was signed.
_CAME_TO = re.compile(
    r"\b(?:travel\w*|went|came|flew|sailed|met|gathered|assembled|convened|returned|arrived|sat)\b"
    r"[^.;,]{0,40}\bto\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
# "Never joined", "did not join", "refused to join": that answers when, too.
_NEVER = re.compile(
    r"\b(?:never|not|n[’']t|(?:refus|declin|fail)\w+\s+to)\s+(?:\w+ly\s+)?"
    r"(?:(?:be|become|became)\s+(?:an?\s+|the\s+)?)?$",
    re.IGNORECASE,
)
_LEADS_TO = re.compile(r"le(?:ads?|d|ading)\s+(?:\w+\s+)?to\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:]\s")
# "Was reopened with Ada Lovelace as consul": by whom is told so, too.
_BY = re.compile(
    rf"^[^.;]{{0,80}}?\b(?:by|par)\b|^[^.;]{{0,60}}?\bwith\s+(?-i:{CAPITAL})[^.;]{{0,40}}?\bas\b",
    re.IGNORECASE,
)
_OF_SOMEBODY = re.compile(rf"^\s+(?:of\s+(?:the\s+)?\w+\s+)?(?P<whose>{CAPITAL})")


@dataclass(frozen=True, slots=True)
class Act:
    """What is asked to have been done, by the keys of its words.

    `by_whom` says that it is asked who did it; else it is asked when those `of` the `name` did.
    `titled` says that it is what somebody became, `rest` are the stems of what else is asked.
    `whom` are the names of what it is asked who did it to, `said` is the word for it there.
    `done_to` are the keys of the words for what it is asked who did it to, that is no name.
    What is `intended` need not have been done: "his first act was to submit the treaty".
    """

    keys: frozenset[str]
    by_whom: bool
    of: Names | None = None
    titled: bool = False
    rest: frozenset[str] = frozenset()
    name: str = ""
    whom: Names | None = None
    said: str = ""
    intended: bool = False
    done_to: frozenset[str] = frozenset()

    def told_by(self, text: str, title: str, heading: str, *, leans: bool) -> bool:
        """Whether the text, under this title and heading, speaks of it as done by somebody.

        What `leans` on the sentence before it may have the name there.
        """
        if self.of and not leans:
            # A document of two countries does not say which of them it was.
            whose = f"{title}\n{text}" if subject_of(title, self.name) else text
            missing = self.of.missing_from(whose)
            # Of "Secretary of State Elihu Root" the last word tells who it was.
            if missing and (missing == self.of.words or missing & exact_words(_last(self.name))):
                return False
        if self.by_whom and any(is_akin(word, self.keys) for word in content_words(heading)):
            return True
        if self.done_in(text):
            return self.said_in(text) or self._is_done_to_it(text)
        return not self.by_whom and bool(self.rest) and self.rest <= stems(text)

    def done_in(self, text: str) -> bool:
        """Whether a word of the text tells it as done."""
        return any(self._is_done(text, one) for one in _WORD.finditer(text))

    def _is_done_to_it(self, text: str) -> bool:
        """Whether the text speaks of what it was done to: another word may tell another deed."""
        return not self.done_to or any(is_akin(one, self.done_to) for one in content_words(text))

    def said_in(self, text: str) -> bool:
        """Whether the text has the very word for it, or one that begins as it does."""
        found = {act_key(word) for word in content_words(text)}
        return any(begin_alike(one, key) for one in found for key in self.keys)

    def says_just_that(self, text: str, names: Names) -> bool:
        """Whether the doer, the act and the other names stand in a row: "Ribe recognized Lund"."""
        if self.by_whom or self.of is None or self.titled:
            return False
        doer = Names(exact_words(_last(self.name)), frozenset(), self.of.initials)
        others = Names(names.words - self.of.words, frozenset(), frozenset())
        return any(
            act_key(one.group()) in self.keys
            and not _is_still_to_come(text[: one.start()])
            and doer.missing_from(text[: one.start()][-_NEAR:]) != doer.words
            and not others.missing_from(text[one.end() :][:_BEHIND])
            for one in _WORD.finditer(text)
        )

    def denied_by(self, text: str) -> bool:
        """Whether the text says of those it is asked of that they never did it.

        The name has to stand in front in the same clause, "the United States never joined".
        """
        if self.by_whom or self.of is None:
            return False
        denials = (
            _CLAUSE.split(text[: one.start()])[-1]
            for one in _WORD.finditer(text)
            if self._tells(text, one) and _NEVER.search(text[: one.start()])
        )
        return any(not self.of.missing_from(before) for before in denials)

    def _tells(self, text: str, word: re.Match[str]) -> bool:
        """Whether a word is one for the act; in a name, as in "United States", it tells nothing."""
        said = word.group()
        named = said[0].isupper() and bool(text[: word.start()].strip())
        if _LEADS_TO.match(text, word.start()):
            return False  # a blockade that led to a crisis commanded nobody
        if named and not (self.by_whom or self.titled) and act_key(said) not in self.keys:
            return False
        return is_akin(said, self.keys) and (not self.titled or is_the_same(said, self.keys))

    def _is_done(self, text: str, word: re.Match[str]) -> bool:
        behind = text[word.end() :]
        if not self._tells(text, word):
            return False
        if self.titled:
            # In "President Ada Lovelace" another is President.
            held = _OF_SOMEBODY.match(behind)
            own = self.of.words if self.of else frozenset()
            return held is None or bool(exact_words(held["whose"]) & own)
        if not self.by_whom:
            return self.intended or not _is_still_to_come(text[: word.start()])
        if self._turned_by(text, word) or leaves_doer_unnamed(text, word, self.said, self.whom):
            return False
        return not _DONE_TO.search(text[: word.start()]) or _BY.match(behind) is not None

    def turns_round(self, text: str) -> bool:
        """Whether he to whom it is asked who did it does it there to another."""
        return any(
            self._tells(text, one) and self._turned_by(text, one) for one in _WORD.finditer(text)
        )

    def _turned_by(self, text: str, word: re.Match[str]) -> bool:
        """Whether a word of the text says that he did it himself."""
        return self.whom is not None and did_it_himself(text, word, self.whom)


def _is_still_to_come(before: str) -> bool:
    return _NOT_YET.search(before) is not None and _CAME_TO.search(before) is None


def _last(name: str) -> str:
    return name.split()[-1] if name.split() else ""
