"""A chat model rewrites the last question of a conversation, as far as it can be trusted to."""

import logging
import re
import secrets
from asyncio import timeout
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage

from assistant.errors import ModelError
from assistant.instructions import spoken
from assistant.models.openai import model_errors
from assistant.retrieval.standalone import telling_words
from assistant.types import Role, Turn
from prompts import Prompt

logger = logging.getLogger(__name__)

LONGEST = 400
"""Characters of a rewrite, and of a question that may need one: a longer one stands by itself."""
_TURNS = 6
_OF_TURN = 600
_BOUNDARY_BYTES = 9
# Models' own marks of turns stand in angle brackets, and are read as such even inside a text.
_ANGLES = str.maketrans({"<": "‹", ">": "›", "＜": "‹", "＞": "›"})
_QUOTES = "\"'“”«»‘’` "
_WORD = re.compile(r"[^\W_]+")
# Where a second sentence begins: an end of a sentence, and a word with a capital after it. "U.S."
# and "No. 5" end none.
_NEXT = re.compile(r"(?<=[^\W\d_]{3}[.!…])\s+(?=[A-ZÀ-Þ])|(?<=\?)\s*(?=\w)")
# Words that open a request, and have a capital only there.
_OPENERS = re.compile(
    r"compare|define|describe|detail|discuss|elaborate|explain|find|give|identify|in|list|name|"
    r"outline|please|provide|regarding|show|state|summari[sz]e|tell|citez|comparez|décri(s|vez)|"
    r"définis(sez)?|donnez?|expliquez?|indiquez?|listez?|présentez?|résumez?",
    re.IGNORECASE,
)
# Letters by which two forms of a word are known as one.
_STEM = 4
_FAILED = (ModelError, TimeoutError, ValueError, TypeError, KeyError, AttributeError)


class Rewriter:
    """Asks a chat model for the question as it would read without the conversation."""

    def __init__(self, name: str, model: BaseChatModel, prompt: Prompt, timeout_s: float) -> None:
        self._name = name
        self._model = model
        self._prompt = prompt
        self._timeout_s = timeout_s

    async def rewrite(self, question: str, history: Sequence[Turn]) -> str:
        """The question in words that need no history; empty where there is none to be used.

        Never raises: a model that is slow, fails or writes something else is passed over, and the
        log says why.
        """
        asked = " ".join(question.split())
        if not history or len(asked) > LONGEST or spoken(asked):
            return ""
        try:
            written = await self._ask(asked, history)
        except _FAILED as error:
            reason = str(error) or f"it took more than {self._timeout_s:g} seconds"
            logger.warning("%s did not rewrite the question: %s", self._name, reason)
            return ""
        rewrite = tidied(written)
        wrong = fault(rewrite, asked, history)
        if wrong:
            logger.warning("What %s made of the question is not used: %s", self._name, wrong)
            return ""
        return rewrite

    async def _ask(self, question: str, history: Sequence[Turn]) -> str:
        message = HumanMessage(rewriting_prompt(self._prompt, question, history))
        stream = self._model.astream([message])
        assert isinstance(stream, AsyncGenerator)
        written = ""
        async with timeout(self._timeout_s), aclosing(stream) as chunks:
            with model_errors():
                async for chunk in chunks:
                    written += str(chunk.text)
                    if len(written) > 2 * LONGEST:
                        break  # this is no question, and the rest is not waited for
        return written


def rewriting_prompt(prompt: Prompt, question: str, history: Sequence[Turn]) -> str:
    """The prompt for a rewrite: what was said, a line for each turn, between marked lines."""
    return prompt.render(
        boundary=f"CONVERSATION-{secrets.token_hex(_BOUNDARY_BYTES)}",
        conversation="\n".join(_line(turn) for turn in history[-_TURNS:]),
        question=question.translate(_ANGLES),
    )


def tidied(written: str) -> str:
    """What a model wrote without the quotation marks that some put around it."""
    return written.strip().strip(_QUOTES).strip()


def fault(rewrite: str, question: str, history: Sequence[Turn]) -> str:
    """Why a rewrite cannot be used, in words for the log; empty where it can."""
    if not rewrite:
        return "it is empty."
    if len(rewrite) > LONGEST or "\n" in rewrite:
        return "it is longer than a question."
    if len(_NEXT.split(rewrite)) > len(_NEXT.split(question)):
        return "it is more than one question."
    if spoken(rewrite):
        return "it speaks to a model."
    new = new_names(rewrite, [question, *(turn.content for turn in history)])
    if new:
        return f"nobody spoke of {', '.join(new)}."
    return "" if _keeps(rewrite, question) else "it asks something else."


def new_names(rewrite: str, said: Sequence[str]) -> list[str]:
    """Names and numbers of the rewrite that stand nowhere in what was said."""
    known = {word.casefold() for text in said for word in _WORD.findall(text)}
    return [
        word
        for i, word in enumerate(_WORD.findall(rewrite))
        if _names(word, first=i == 0) and not _known(word.casefold(), known)
    ]


def _names(word: str, *, first: bool) -> bool:
    """Whether a word is a name or a number; many first words have a capital only there."""
    if any(letter.isdigit() for letter in word) or any(map(str.isupper, word[1:])):
        return True
    if not word[0].isupper() or not telling_words(word):
        return False
    return not (first and _OPENERS.fullmatch(word))


def _known(word: str, known: set[str]) -> bool:
    return word in known or f"{word}s" in known or (word.endswith("s") and word[:-1] in known)


def _keeps(rewrite: str, question: str) -> bool:
    """Whether any of what the question says is left."""
    own = {word[:_STEM] for word in telling_words(question)}
    return not own or bool(own & {word[:_STEM] for word in telling_words(rewrite)})


def _line(turn: Turn) -> str:
    who = "User" if turn.role is Role.USER else "Assistant"
    said = " ".join(turn.content.split())[:_OF_TURN]
    # What speaks to a model is not shown to one.
    return f"{who}: {'(…)' if spoken(said) else said.translate(_ANGLES)}"
